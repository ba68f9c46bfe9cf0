const MB = 1024 * 1024

/** 读取的各种上限；超过的一律拒绝，不截断。 */
export const LIMITS = {
  fileBytes: 20 * MB,
  zip: { entries: 2000, unpackedBytes: 50 * MB, ratio: 100 },
  /** 年报不过十几页 */
  pdfPages: 200,
  pdfItems: 200_000,
  lines: 50_000,
  lineLength: 200_000,
  /** 全文的字数；年报多在两万字上下。读出之后的核查不在子进程里，故在此限住 */
  textLength: 500_000,
  gridCells: 200_000,
  /** 一张表内当作候选的行数 */
  tableRows: 400,
} as const
