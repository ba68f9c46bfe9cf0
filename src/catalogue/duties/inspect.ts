import './tables.ts'
import { sql } from 'kysely'
import { getBody, listBodies, namesOf } from '../../bodies/index.ts'
import { notify } from '../../notices/index.ts'
import { transaction } from '../../platform/connect.ts'
import { dayInBeijing } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { listColumnStates } from '../column/column-states.ts'
import { loadBoards } from './board-queries.ts'
import { toColumnFindings } from './column-findings.ts'
import { checkFiles } from './file-faults.ts'
import { FINDING_KIND_NAMES, compareFindings } from './finding.ts'
import type { Finding, KeptFinding } from './finding.ts'
import type { InspectionFacts } from './inspection.ts'
import { lastChecked } from './link-store.ts'
import { listFindings } from './list-findings.ts'
import { baseOf } from './viewed-body.ts'

/** 各现存机关的指南、机构信息、渠道的问题。 */
export async function listColumnFindings(tx: Tx, today: PlainDate): Promise<Map<string, Finding[]>> {
  return new Map((await listColumnStates(tx)).map((state) => [state.bodyId, toColumnFindings(state, today)]))
}

/**
 * 一机关今日的自查：查过附件，记下当日的数与各处发现，比对上一次，通知负责人。
 * 今日已经做过的不再做，返回 false；做成的不改。
 */
export async function inspectBody(deps: Deps, bodyId: string, column: readonly Finding[]): Promise<boolean> {
  const { db, clock } = deps
  const [today, at] = [clock.today(), clock.now()]
  if (await isInspected(db, bodyId, today)) return false
  await checkFiles(deps, bodyId)
  return transaction(db, async (tx) => {
    const body = await getBody(tx, bodyId)
    const [board] = await loadBoards(tx, [body], today)
    if (board === undefined) return false
    const { found, list } = await listFindings(tx, board, today, column)
    const findings = compareFindings(await listLatestFindings(tx, bodyId, today), list, today)
    const facts: InspectionFacts = {
      bodyName: (await namesOf(tx, bodyId, today)).name,
      publishedThisYear: await countThisYear(tx, bodyId, today),
      summary: board.summary,
      found,
      linksCheckedOn: toDay(await lastChecked(tx, bodyId)),
    }
    const open = Object.values(found).reduce((sum, n) => sum + n, 0)
    const fixed = findings.filter((each) => each.state === 'fixed').length
    const made = await tx
      .insertInto('duty_inspection')
      .values({ body_id: bodyId, day: today, facts: JSON.stringify(facts), open, fixed, made_at: at })
      .onConflict((oc) => oc.doNothing())
      .executeTakeFirst()
    // 别的进程刚做成
    if (made.numInsertedOrUpdatedRows === 0n) return false
    await insertFindings(tx, bodyId, today, findings)
    await tellHead(tx, { bodyId, today, at, open, fixed })
    return true
  })
}

const toDay = (at: Date | null): PlainDate | null => (at === null ? null : dayInBeijing(at))

export const isInspected = async (tx: Tx, bodyId: string, day: PlainDate): Promise<boolean> =>
  (await tx.selectFrom('duty_inspection').select('day').where('body_id', '=', bodyId).where('day', '=', day).executeTakeFirst()) !== undefined

async function countThisYear(tx: Tx, bodyId: string, today: PlainDate): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from published_item where body_id = ${bodyId} and withdrawn_on is null and first_published_on >= ${`${today.slice(0, 4)}-01-01`}::date`.execute(tx)
  return rows[0]?.n ?? 0
}

async function listLatestFindings(tx: Tx, bodyId: string, before: PlainDate): Promise<KeptFinding[]> {
  const last = await tx.selectFrom('duty_inspection').select((eb) => eb.fn.max('day').as('day')).where('body_id', '=', bodyId).where('day', '<', before).executeTakeFirst()
  return last?.day == null ? [] : listInspectionFindings(tx, bodyId, last.day)
}

/** 一次自查的全部发现，依种类、在前的先。 */
export async function listInspectionFindings(tx: Tx, bodyId: string, day: PlainDate): Promise<KeptFinding[]> {
  const rows = await tx.selectFrom('duty_inspection_finding').selectAll().where('body_id', '=', bodyId).where('day', '=', day).orderBy('since').orderBy('finding_key').execute()
  const findings = rows.map((row) => ({ key: row.finding_key, kind: row.kind, state: row.state, title: row.title, note: row.note, href: row.href, since: row.since }))
  return FINDING_KIND_NAMES.flatMap((kind) => findings.filter((each) => each.kind === kind))
}

async function insertFindings(tx: Tx, bodyId: string, day: PlainDate, findings: readonly KeptFinding[]): Promise<void> {
  const rows = [...new Map(findings.map((each) => [each.key, each])).values()].map(({ key, ...each }) => ({ body_id: bodyId, day, finding_key: key, ...each }))
  for (let from = 0; from < rows.length; from += 500) await tx.insertInto('duty_inspection_finding').values(rows.slice(from, from + 500)).execute()
}

const tellHead = (tx: Tx, { bodyId, today, at, open, fixed }: { bodyId: string; today: PlainDate; at: Date; open: number; fixed: number }): Promise<number> =>
  notify(tx, {
    bodyId,
    at,
    roles: ['disclosure-head'],
    key: `duty-inspection/${today}`,
    title: `主动公开自查 ${today}：${open === 0 ? '没有发现问题' : `${open} 处待整改`}`,
    note: fixed === 0 ? '' : `比上一次已整改 ${fixed} 处`,
    href: `${baseOf(null)}/inspections/${today}`,
  })

/** 全区各现存机关逐个自查；一个出错不误别的，错的最后一并抛出，任务重试时只补没有做成的。 */
export async function inspectAll(deps: Deps): Promise<void> {
  const column = await listColumnFindings(deps.db, deps.clock.today())
  const failures: unknown[] = []
  for (const { bodyId } of await listBodies(deps.db)) {
    try {
      await inspectBody(deps, bodyId, column.get(bodyId) ?? [])
    } catch (error) {
      deps.log.error({ err: error, bodyId }, '自查没有做成')
      failures.push(error)
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} 个机关的自查没有做成`)
}
