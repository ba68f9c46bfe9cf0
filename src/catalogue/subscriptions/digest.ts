import { z } from 'zod'
import { WHOLE_DISTRICT } from '../../audit/index.ts'
import { districtName, listBodies } from '../../bodies/index.ts'
import { transaction } from '../../platform/connect.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import { dayInBeijing } from '../../platform/clock.ts'
import type { Deps } from '../../platform/deps.ts'
import { sendLateMail } from '../../platform/mail/index.ts'
import type { MailComposer } from '../../platform/mail/index.ts'
import { itemPath } from '../public/item-path.ts'
import { listNews } from './list-news.ts'
import { isWanted } from './subscription.ts'
import { addressOf, findSubscription, listActive, markTold, toWish } from './subscription-store.ts'
import type { SubscriptionRow } from './subscription-store.ts'
import { subscriptionPath } from './subscription-token.ts'

export const DIGEST = 'subscriptions.digest'
const PAGE = 200
/** 信里逐条列出的 */
const LISTED = 50
/** 变动之时先于事务办成，留两分钟，免得漏掉此刻正在写入的 */
const SETTLE_MS = 2 * 60_000

/** 每日一次：有新公开的，给各份订阅备一封；信到发出之时才写。可以重办：告知到哪里与邮件同一事务记下。 */
export async function sendDigests(deps: Deps): Promise<void> {
  const until = new Date(deps.clock.now().getTime() - SETTLE_MS)
  for (let after: string | null = null; ; ) {
    const page: SubscriptionRow[] = await listActive(deps.db, after, PAGE)
    await digestPage(deps, page, until)
    const last = page.at(-1)
    if (page.length < PAGE || last === undefined) return
    after = last.subscription_id
  }
}

async function digestPage(deps: Deps, page: readonly SubscriptionRow[], until: Date): Promise<void> {
  const since = page.reduce((min, row) => (row.told_to < min ? row.told_to : min), until)
  const news = await listNews(deps.db, { since, until })
  const keys = fieldKeys(deps.config.secretKey)
  await transaction(deps.db, async (tx) => {
    for (const row of page) {
      if (!news.some((item) => item.changedAt > row.told_to && isWanted(toWish(row), item))) continue
      const to = addressOf(keys, row)
      if (to === null) continue
      const about = { subscriptionId: row.subscription_id, since: row.told_to.toISOString(), until: until.toISOString() }
      await sendLateMail(tx, deps, { bodyId: row.body_id ?? WHOLE_DISTRICT, to, composer: DIGEST, about }, deps.clock.now())
    }
    await markTold(tx, page.map((row) => row.subscription_id), until)
  })
}

const ABOUT = z.object({ subscriptionId: z.uuid(), since: z.coerce.date(), until: z.coerce.date() })

/** 发出之时写一封：此间撤回的不在其中；退订了的、已经没有可说的不发。 */
export const composeDigest: MailComposer = async (deps, given) => {
  const { db, config } = deps
  const { subscriptionId, since, until } = ABOUT.parse(given)
  const row = await findSubscription(db, subscriptionId)
  if (row === null || row.state !== 'active') return null
  const wanted = (await listNews(db, { since, until })).filter((item) => isWanted(toWish(row), item))
  if (wanted.length === 0) return null
  const names = new Map((await listBodies(db, { includeAbolished: true })).map((body) => [body.bodyId, body.name]))
  const site = `${await districtName(db)}政府信息公开`
  const unsubscribe = config.baseUrl + subscriptionPath(fieldKeys(config.secretKey), 'end', row.subscription_id)
  const lines = wanted.slice(0, LISTED).map((item) => `${item.title.slice(0, 120)}${item.edition > 1 ? '（有改动，重新公开）' : ''}\n${names.get(item.bodyId) ?? ''}  ${item.revisedOn}\n${config.baseUrl}${itemPath(item.indexNo)}\n`)
  const more = wanted.length > LISTED ? [`另有 ${wanted.length - LISTED} 条，请到网站上看：${config.baseUrl}/\n`] : []
  const text = [...lines, ...more, `--\n这是您在${site}订阅的。不想再收到，请打开：\n${unsubscribe}`].join('\n')
  return { subject: `${site}：${wanted.length} 条新公开的信息（${dayInBeijing(until)}）`, text, unsubscribe }
}
