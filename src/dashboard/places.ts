import { yearOf, type PlainDate } from '../statute/plain-date.ts'

export const DASHBOARD = '/desk/dashboard'
export const OF_BODY = `${DASHBOARD}/bodies/:code`
/** 一个机关的各页；看自己机关的，地址里不写代码。 */
export const baseOf = (code: string | null): string => (code === null ? DASHBOARD : `${DASHBOARD}/bodies/${code}`)

export interface RecordsAsked {
  what: string
  from: PlainDate
  to: PlainDate
  /** 统计到哪一日：其后撤回的信息仍计 */
  asOf?: PlainDate
  /** 照哪一年的机关：并入的前身算在谁名下；不写则照 `to` 那年 */
  year?: number
}

/** 一个数所计的记录。 */
export const recordsPath = (base: string, { what, from, to, asOf, year }: RecordsAsked): string =>
  `${base}/records?what=${what}&from=${from}&to=${to}${asOf === undefined || asOf === to ? '' : `&asOf=${asOf}`}${year === undefined || year === yearOf(to) ? '' : `&year=${year}`}`
