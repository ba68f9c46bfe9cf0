/** 可以订的事。 */
export const WEBHOOK_EVENTS = {
  'application.created': '登记了一件申请',
  'application.status-changed': '申请办到了下一步',
  'application.due-changed': '答复期限有变',
  'letter.issued': '发出了文书',
} as const

export type WebhookEvent = keyof typeof WEBHOOK_EVENTS
export const isWebhookEvent = (text: string): text is WebhookEvent => Object.hasOwn(WEBHOOK_EVENTS, text)

export const WEBHOOK_STATUSES = { active: '在用', paused: '已暂停', disabled: '不通，已自动停用' } as const
export const DELIVERY_STATUSES = { waiting: '待发', delivered: '已送到', failed: '没有送到' } as const

/**
 * 重发的办法：接连不成的，隔 30 秒、1 分、2 分……每次加倍，最长隔两小时；
 * 一件满 24 小时还不成的作罢；一个地址接连 30 次不成（约两日）的自动停用。
 */
export const RETRY = { firstMs: 30_000, longestMs: 2 * 3600_000, giveUpMs: 24 * 3600_000, disableAfter: 30, leaseMs: 60_000 } as const

/** 接连第 n 次不成之后隔多久再发，毫秒。 */
export const waitAfter = (failures: number): number => Math.min(RETRY.firstMs * 2 ** Math.min(failures - 1, 20), RETRY.longestMs)

/** 一个系统至多订几处。 */
export const MOST_WEBHOOKS = 5
