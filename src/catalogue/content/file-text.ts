/** 从一个文件读出的文字；`no-text` 为没有文字可读（图片、扫描件），`unreadable` 为读不出，`note` 说明。 */
export interface FileText {
  state: 'read' | 'no-text' | 'unreadable'
  text: string
  note: string | null
}

/** 不能收、不能读的文件；消息给承办人看。 */
export class RefusedFile extends Error {
  override name = 'RefusedFile'
}

/** 读出的文字；一个字也没有的写明缘故。 */
export function toFileText(text: string, whyEmpty: string): FileText {
  const tidy = text.toWellFormed().replaceAll(/(?![\t\n])\p{Cc}|[\ufffe\uffff]/gu, '').replaceAll(/[ \u00a0]+\n/g, '\n').replaceAll(/\n{3,}/g, '\n\n').trim()
  return tidy === '' ? { state: 'no-text', text: '', note: whyEmpty } : { state: 'read', text: tidy, note: null }
}
