export type UnredactableCode = 'too-large' | 'too-many-pages' | 'wrong-type' | 'encrypted' | 'damaged' | 'bomb' | 'bad-mark' | 'too-slow' | 'busy'

/** 文件打不开或遮不成；消息为中文，可直接给使用者看。 */
export class Unredactable extends Error {
  override name = 'Unredactable'
  readonly code: UnredactableCode
  constructor(code: UnredactableCode, message: string) {
    super(message)
    this.code = code
  }
}

export const damaged = (what: string): Unredactable => new Unredactable('damaged', `${what}已损坏，请重新导出一份`)
