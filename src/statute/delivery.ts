import { workingDaysLate } from './reply-clock.ts'
import type { Calendar } from './calendar.ts'
import type { PlainDate } from './plain-date.ts'

/** 送达方式；`timely` 说明按哪一日判断是否按期（国办公开办函〔2016〕235号）。 */
export const DELIVERY_METHODS = {
  DIRECT: { label: '直接送达', timely: 'served' },
  ENTRUSTED: { label: '委托送达', timely: 'served' },
  POST: { label: '邮寄送达', timely: 'dispatched' },
  ELECTRONIC: { label: '电子送达', timely: 'served' },
} as const satisfies Record<string, { label: string; timely: 'served' | 'dispatched' }>

export type DeliveryMethod = keyof typeof DELIVERY_METHODS

export interface Delivery {
  method: DeliveryMethod
  /** 承运者，邮寄必填 */
  carrier: string | null
  /** 交邮、发出之日 */
  dispatchedOn: PlainDate
  /** 申请人签收、到达其系统之日，救济期限由此起算；尚无则 null */
  servedOn: PlainDate | null
}

/** 邮寄只能经邮政企业；其余快递不行。 */
export const isPostalEnterprise = (carrier: string): boolean => {
  const name = carrier.normalize('NFKC').replace(/\s+/g, '').toUpperCase()
  return /^(中国)?邮政|^EMS|邮政(特快|挂号|速递|企业|公司)|^挂号信$/.test(name)
}

/** 判断是否按期的日子；还没有则 null。 */
export const timelyOn = (delivery: Delivery): PlainDate | null =>
  DELIVERY_METHODS[delivery.method].timely === 'dispatched' ? delivery.dispatchedOn : delivery.servedOn

/** 迟了几个工作日，按期为 0；尚不能判断则 null。 */
export function lateness(delivery: Delivery, dueOn: PlainDate, calendar: Calendar): number | null {
  const on = timelyOn(delivery)
  return on === null ? null : workingDaysLate(on, dueOn, calendar)
}
