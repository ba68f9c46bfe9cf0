import { getBody } from '../../bodies/index.ts'
import { listHolders, type Role } from '../../identity/index.ts'
import { notify, notifyMany, settleNotices } from '../../notices/index.ts'
import type { Tx } from '../../platform/db.ts'
import { listReviewers, type Reviewer } from './office.ts'

/** 机关里管报送的人。 */
export const FILERS = ['disclosure-officer', 'disclosure-head'] as const satisfies readonly Role[]

export const filingPath = (code: string, year: number): string => `/desk/filings/${code}/${year}`

const keyOf = (bodyId: string, year: number, what: string): string => `filing/${bodyId}/${year}/${what}`

/** 报来了：告诉指定审核的人；没有指定的，告诉主管部门各人。 */
export async function tellOffice(
  tx: Tx,
  { bodyId, year, round, reviewer }: { bodyId: string; year: number; round: number; reviewer: string | null },
  { at, actor }: { at: Date; actor: string },
): Promise<void> {
  const reviewers = await listReviewers(tx)
  const own = reviewers.filter(({ accountId }) => accountId === reviewer)
  const body = await getBody(tx, bodyId)
  for (const [office, people] of Map.groupBy(own.length > 0 ? own : reviewers, (one) => one.bodyId))
    await notifyMany(tx, { bodyId: office, at }, [
      {
        key: keyOf(bodyId, year, `round/${round}`),
        supersedes: keyOf(bodyId, year, 'round/'),
        title: `${body.name}${round === 1 ? '报来' : '改后再报'} ${year} 年度报告`,
        note: round === 1 ? '请审核' : `第 ${round} 次报送，附有与上次的对照`,
        href: filingPath(body.code, year),
        accounts: people.map(({ accountId }) => accountId).filter((accountId) => accountId !== actor),
      },
    ])
}

/** 告诉机关管报送的人。 */
export async function tellBody(
  tx: Tx,
  { bodyId, year }: { bodyId: string; year: number },
  words: { what: string; title: string; note: string; roles?: readonly Role[] },
  at: Date,
): Promise<void> {
  const body = await getBody(tx, bodyId)
  await notify(tx, { bodyId, at, roles: words.roles ?? FILERS, key: keyOf(bodyId, year, words.what), title: words.title, note: words.note, href: filingPath(body.code, year) })
}

/** 受理、退回了：主管部门没有看的「报来」都算看过，不越积越多。 */
export async function settleOffice(tx: Tx, { bodyId, year }: { bodyId: string; year: number }, reviewers: readonly Reviewer[], at: Date): Promise<void> {
  for (const [office, people] of Map.groupBy(reviewers, (one) => one.bodyId))
    await settleNotices(tx, { bodyId: office, accounts: people.map(({ accountId }) => accountId), prefix: keyOf(bodyId, year, 'round/'), at })
}

/** 报来了：还没有看的提醒、催报都算看过。 */
export async function settleReminders(tx: Tx, { bodyId, year }: { bodyId: string; year: number }, at: Date): Promise<void> {
  const accounts = [...(await listHolders(tx, bodyId, [...FILERS, 'leader'])).keys()]
  await settleNotices(tx, { bodyId, accounts, prefix: `filing/${bodyId}/${year}/`, at })
}
