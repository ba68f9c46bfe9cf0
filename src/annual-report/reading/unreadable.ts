import { LIMITS } from './limits.ts'

export type UnreadableCode =
  | 'empty'
  | 'too-large'
  | 'wrong-type'
  | 'old-word'
  | 'encrypted'
  | 'scanned'
  | 'bomb'
  | 'damaged'
  | 'too-many-pages'
  | 'encoding'
  | 'not-a-report'
  | 'too-slow'
  | 'busy'

/** 文件读不出；消息为中文，可直接给使用者看。 */
export class UnreadableReport extends Error {
  override name = 'UnreadableReport'
  readonly code: UnreadableCode
  constructor(code: UnreadableCode, message: string) {
    super(message)
    this.code = code
  }
}

export const tooLarge = (bytes: number): UnreadableReport =>
  new UnreadableReport('too-large', `文件有 ${Math.ceil(bytes / 1024 / 1024)} MB，超过 ${LIMITS.fileBytes / 1024 / 1024} MB，不予读取`)
