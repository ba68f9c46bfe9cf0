const MB = 1024 * 1024

/** 附件与读文字的上限。 */
export const FILE_LIMITS = {
  /** 一个附件 */
  bytes: 50 * MB,
  /** 一张图片 */
  pictureBytes: 10 * MB,
  /** 一条信息的附件、图片各至多几个 */
  files: 60,
  /** 一次上传 */
  perUpload: 10,
  uploadBytes: 80 * MB,
  /** 读出的文字，字；多的不收，说明里写明 */
  text: 400_000,
  zip: { entries: 5000, unpackedBytes: 200 * MB, ratio: 200 },
  pdfPages: 2000,
  rows: 20_000,
} as const
