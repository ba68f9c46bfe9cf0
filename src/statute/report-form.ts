/** 报告格式的版次：2019 版用于 2019、2020 年度，2021 版用于 2021 年度起。 */
export type Edition = '2019' | '2021'
/** 格的代码，如 `T2.norm.valid`、`R3.3.4.N`、`T4.rv.upheld`。 */
export type CellCode = string
/** 各格的值；空格或认不出为 null。 */
export type Cells = Readonly<Record<CellCode, number | null>>
