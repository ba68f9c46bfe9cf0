/** 写给电子表格的文字：以 `= + - @`（连同全角的、其前有空白的）或制表、回车、换行开头的前面加单引号，免得被当作公式执行。 */
export const safeCell = (text: string): string => (/^(?:\s*[=+\-@＝＋－＠]|[\t\r\n])/.test(text) ? `'${text}` : text)

/** 一行 CSV，含换行；字段按需加引号，公式已拦住。 */
export const toCsvLine = (values: readonly string[]): string =>
  `${values.map((value) => quote(safeCell(value))).join(',')}\r\n`

const quote = (value: string): string => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)
