const MB = 1024 * 1024

/** 一封信的上限；超过的附件不收，其余的照登。 */
export const MAIL_LIMITS = { bytes: 25 * MB, depth: 20, headerBytes: 256 * 1024, raw: 2 * MB, text: 4500, files: 5, fileBytes: 10 * MB } as const

/** 从一封信里读出的。 */
export interface ReadMail {
  messageId: string
  inReplyTo: string
  from: { name: string; address: string }
  subject: string
  text: string
  /** 机器发的：自动回复、退信、群发 */
  robot: boolean
  /** 附件；过大的内容为 null */
  files: readonly { name: string; bytes: Uint8Array | null }[]
  /** 超过份数没有读的 */
  moreFiles: number
}
