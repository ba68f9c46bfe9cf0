const MB = 1024 * 1024

/** 各种上限；超过的一律拒绝，不截断。 */
export const LIMITS = {
  fileBytes: 20 * MB,
  pages: 200,
  /** 每英寸像素：正文五号字约合二十二像素高，清楚而不过大 */
  dpi: 150,
  /** 一页至多多少像素，超过的缩小；A3 在 150 dpi 约四百四十万 */
  pagePixels: 16_000_000,
  /** 图片解码之前先看其宽高 */
  imagePixels: 60_000_000,
  /** 一页至多多少个词，全文至多多少 */
  pageWords: 50_000,
  words: 400_000,
  marks: 5_000,
  zip: { entries: 2_000, unpackedBytes: 80 * MB, ratio: 200 },
  /** Office 文件至多多少段、格，多少字，嵌套几层 */
  blocks: 20_000,
  textLength: 2_000_000,
  xmlDepth: 200,
  /** 结果 */
  resultBytes: 100 * MB,
} as const
