import { WHOLE_DISTRICT } from '../../audit/index.ts'
import { districtName } from '../../bodies/index.ts'
import { transaction } from '../../platform/connect.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import type { Deps } from '../../platform/deps.ts'
import { newId } from '../../platform/id.ts'
import { sendMail } from '../../platform/mail/index.ts'
import { MOST_PER_ADDRESS } from './subscription.ts'
import type { Wish } from './subscription.ts'
import { insertSubscription, listOfAddress, markOf, renewSubscription, toWish } from './subscription-store.ts'
import type { SubscriptionRow } from './subscription-store.ts'
import { subscriptionPath } from './subscription-token.ts'
import { wishText } from './wish-text.ts'

/**
 * 订一份：记下，发一封确认邮件。已经订过的也发一封（写明已经生效）；订满了的什么也不做。
 * 三种情形对来人一样，看不出这个地址订没订过。
 */
export async function subscribe(deps: Deps, { mail, wish }: { mail: string; wish: Wish }): Promise<void> {
  const keys = fieldKeys(deps.config.secretKey)
  const at = deps.clock.now()
  await transaction(deps.db, async (tx) => {
    const known = await listOfAddress(tx, markOf(keys, mail), MOST_PER_ADDRESS)
    const same = known.find((row) => isSame(row, wish))
    if (same === undefined && known.length >= MOST_PER_ADDRESS) return
    const id = same?.subscription_id ?? newId()
    if (same === undefined) await insertSubscription(tx, keys, { id, mail, wish, at })
    else await renewSubscription(tx, id, at)
    const site = `${await districtName(tx)}政府信息公开`
    const active = same?.state === 'active'
    const link = deps.config.baseUrl + subscriptionPath(keys, active ? 'end' : 'confirm', id)
    const text = [
      active ? `您已经订阅了${site}：${await wishText(tx, wish)}。不必再订。` : `有人用这个地址订阅${site}：${await wishText(tx, wish)}。`,
      '',
      active ? `不想再收到，请打开：\n${link}` : `是您订的，请在四十八小时之内打开下面的网址，点「确认订阅」：\n${link}`,
      '',
      ...(active ? [] : ['不是您订的，不必理会：不确认就不会再发，四十八小时之后地址即删去。']),
    ].join('\n')
    await sendMail(tx, deps, { bodyId: wish.bodyId ?? WHOLE_DISTRICT, to: mail, subject: `${site}：${active ? '您已经订阅' : '请确认订阅'}`, text }, at)
  })
}

function isSame(row: SubscriptionRow, wish: Wish): boolean {
  const known = toWish(row)
  return known.bodyId === wish.bodyId && known.topic === wish.topic && known.words === wish.words
}
