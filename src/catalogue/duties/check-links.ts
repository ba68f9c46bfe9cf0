import { setTimeout as sleep } from 'node:timers/promises'
import { getSetting } from '../../bodies/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { gatherLinks } from './gather-links.ts'
import { listDueLinks, saveProbed } from './link-store.ts'
import type { Probe } from './probe-link.ts'

/** 怎样出去查；测试里换成假的。 */
export interface LinkWorld {
  probe: Probe
  /** 同一网站两次之间歇一歇 */
  wait: (ms: number) => Promise<void>
}

const BETWEEN_MS = 1000
/** 一次至多查几个，免得一个任务占住太久；余下的另办一次 */
export const MOST_PER_RUN = 300
const AT_ONCE = 4
const HALF_DAY_MS = 12 * 3600_000

/** 要不要出去查：照机关的设置；演示环境默认不查。 */
export async function isLinkCheckOn({ db, config }: Pick<Deps, 'db' | 'config'>, bodyId: string): Promise<boolean> {
  const choice = await getSetting(db, bodyId, 'linkCheck')
  return choice === 'ON' || (choice === 'AUTO' && config.mode === 'production')
}

/**
 * 收齐外链，逐个去查（`whole` 为否的只再查上次不通的）：一个网站一次一个、隔一秒；至多四个网站同时。
 * 半日之内查过的不再查，故可以重办。
 * 没有开的什么也不做，返回 null；否则返回查了几个。
 */
export async function checkLinks(deps: Deps, { bodyId, whole }: { bodyId: string; whole: boolean }, { probe, wait }: LinkWorld): Promise<number | null> {
  if (!(await isLinkCheckOn(deps, bodyId))) return null
  if (whole) await gatherLinks(deps, bodyId)
  const due = await listDueLinks(deps.db, bodyId, { before: new Date(deps.clock.now().getTime() - HALF_DAY_MS), suspects: !whole }, MOST_PER_RUN)
  const hosts = [...Map.groupBy(due, ({ url }) => URL.parse(url)?.host ?? '').values()]
  const work = hosts.values()
  const one = async (): Promise<void> => {
    for (const links of work)
      for (const [i, { linkKey, url }] of links.entries()) {
        if (i > 0) await wait(BETWEEN_MS)
        await saveProbed(deps.db, { bodyId, linkKey }, await probe(url), deps.clock.now(), deps.clock.today())
      }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, one))
  return due.length
}

export const patient = (ms: number): Promise<void> => sleep(ms)
