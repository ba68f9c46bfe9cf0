/** 请求本身不成立：格式不对、字段太多；边界上答 400。 */
export class Malformed extends Error {
  override name = 'Malformed'
}

/** 请求体太大；边界上答 413，写明上限。 */
export class TooLarge extends Error {
  override name = 'TooLarge'
  readonly maxBytes: number
  constructor(maxBytes: number) {
    super(`超过上限 ${sizeText(maxBytes)}`)
    this.maxBytes = maxBytes
  }
}

/** 太频繁；边界上答 429，写明多少秒后再来。 */
export class TooOften extends Error {
  override name = 'TooOften'
  readonly retrySeconds: number
  constructor(retrySeconds: number) {
    super(`操作太频繁，请 ${retrySeconds} 秒后再试`)
    this.retrySeconds = retrySeconds
  }
}

/** 此刻办不了，稍后可以再来；边界上答 503，写明多少秒后。 */
export class Busy extends Error {
  override name = 'Busy'
  readonly retrySeconds = 30
}

/** 不是本站页面发出的修改；边界上答 403。 */
export class ForeignOrigin extends Error {
  override name = 'ForeignOrigin'
}

/** 字节数的写法：`20 MB`、`512 KB`。 */
export function sizeText(bytes: number): string {
  if (bytes >= 1 << 20) return `${Number((bytes / (1 << 20)).toFixed(1))} MB`
  return bytes >= 1024 ? `${Math.round(bytes / 1024)} KB` : `${bytes} 字节`
}
