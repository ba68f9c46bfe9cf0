/** 要的东西不存在；边界上答 404。 */
export class NotFound extends Error {
  override name = 'NotFound'
  readonly what: string
  constructor(what: string) {
    super(`没有找到：${what}`)
    this.what = what
  }
}

/** 无权做此事；边界上答 403。 */
export class Forbidden extends Error {
  override name = 'Forbidden'
  readonly action: string
  constructor(action: string) {
    super(`无权办理：${action}`)
    this.action = action
  }
}

/** 版本相撞：他人已先行改动；边界上答 409，请对方看过最新情形再办。 */
export class Conflict extends Error {
  override name = 'Conflict'
  readonly expected: number
  readonly actual: number
  constructor(expected: number, actual: number) {
    super(`他人已先行办理：所见为第 ${expected} 版，现为第 ${actual} 版`)
    this.expected = expected
    this.actual = actual
  }
}
