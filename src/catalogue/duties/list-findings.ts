import './tables.ts'
import { sql } from 'kysely'
import { getSetting } from '../../bodies/index.ts'
import type { Tx } from '../../platform/db.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { assessedByFor, countRegister, listRegister, nextAssessment } from '../exemptions/list-register.ts'
import { PUBLICATION_CODES, articleOf } from '../publication-codes.ts'
import { PENDING } from './board-queries.ts'
import type { Board } from './board-queries.ts'
import type { DutyRow } from './duty-board.ts'
import { FINDING_KIND_NAMES } from './finding.ts'
import type { Finding, FindingKind } from './finding.ts'
import { countFileFaults, FILE_FAULTS, listFileFaults } from './file-faults.ts'
import { countBrokenLinks, listLinks, wordAnswer } from './link-store.ts'

/** 一种至多列出几处；数照实数，列不下的另说。 */
export const MOST_LISTED = 200

export interface Findings {
  found: Partial<Record<FindingKind, number>>
  list: Finding[]
}

/** 一机关此刻的各处问题：看板上的、查链接与附件所得的、登记簿上逾期的、指南等（`column`，由专栏给出）。 */
export async function listFindings(tx: Tx, { body, rows, summary }: Board, today: PlainDate, column: readonly Finding[]): Promise<Findings> {
  const { bodyId } = body
  const months = await getSetting(tx, bodyId, 'exemptionMonths')
  const overdue = { bodyId, assessedBy: assessedByFor(today, months) }
  const list: Finding[] = [
    ...(await listLate(tx, bodyId, today)),
    ...rows.filter((row) => row.scope.state === 'applies' && (row.upkeep === 'empty' || row.upkeep === 'stale')).map(toUpkeepFinding),
    ...column,
    ...(await listLinks(tx, bodyId, { state: 'broken' }, { limit: MOST_LISTED, offset: 0 })).map(({ linkKey, url, answer, brokenOn }) => ({
      key: `link:${linkKey}`, kind: 'link' as const, title: clip(url), note: `${wordAnswer(answer)}，${brokenOn ?? ''} 起`, href: `/desk/duties/links?state=broken&q=${encodeURIComponent(url.slice(0, 90))}`,
    })),
    ...(await listFileFaults(tx, bodyId, { limit: MOST_LISTED, offset: 0 })).map((fault) => ({
      key: `file:${fault.itemId}:${fault.fileKey.slice(0, 16)}`, kind: 'file' as const, title: clip(fault.name), note: `${FILE_FAULTS[fault.kind]}；在《${fault.title}》`, href: `/desk/items/${fault.itemId}`,
    })),
    ...(await listRegister(tx, overdue, { limit: MOST_LISTED, offset: 0 })).map((entry) => ({
      key: `exemption:${entry.itemId}`, kind: 'exemption' as const, title: clip(entry.title), note: `应当于 ${nextAssessment(entry.assessedFrom, months)} 前评估`, href: `/desk/exemptions/${entry.itemId}`,
    })),
    ...(summary.unknown === 0 ? [] : [{ key: 'scope', kind: 'scope' as const, title: `${summary.unknown} 项没有确定是否适用于本机关`, note: '逐项确定，写明理由', href: '/desk/duties?scope=unknown' }]),
  ]
  const found: Findings['found'] = { late: summary.late, link: await countBrokenLinks(tx, bodyId), file: await countFileFaults(tx, bodyId), exemption: await countRegister(tx, overdue) }
  for (const kind of FINDING_KIND_NAMES) found[kind] ??= list.filter((each) => each.kind === kind).length
  return { found, list: FINDING_KIND_NAMES.flatMap((kind) => list.filter((each) => each.kind === kind)) }
}

function toUpkeepFinding({ code, upkeep, lastOn, rule }: DutyRow): Finding {
  const [article, label] = [articleOf(code), PUBLICATION_CODES[code].label]
  const title = clip(code.startsWith('A20') ? `${article} ${label}` : article)
  const href = `/desk/duties/items?code=${code}`
  if (upkeep === 'empty') return { key: `empty:${code}`, kind: 'empty', title, note: '没有公开过信息', href }
  const { n, unit } = rule.period
  return { key: `stale:${code}`, kind: 'stale', title, note: `最近更新 ${lastOn ?? ''}，超过 ${n} ${unit === 'DAY' ? '日' : '个月'}${rule.settled ? '' : '（本区设定）'}`, href }
}

async function listLate(tx: Tx, bodyId: string, today: PlainDate): Promise<Finding[]> {
  const { rows } = await sql<{ itemId: string; title: string; dueOn: PlainDate; changed: boolean }>`
    select item_id as "itemId", title, due_on as "dueOn", first_published_on is not null as changed from info_item
    where body_id = ${bodyId} and ${PENDING} and due_on < ${today}::date order by due_on, item_id limit ${MOST_LISTED}`.execute(tx)
  return rows.map(({ itemId, title, dueOn, changed }) => ({
    key: `late:${itemId}`, kind: 'late', title: clip(title), note: changed ? `内容有变更，应当于 ${dueOn} 前重新公开` : `应当于 ${dueOn} 前公开`, href: `/desk/items/${itemId}`,
  }))
}

const clip = (text: string): string => (text.length <= 200 ? text : `${text.slice(0, 199)}…`).toWellFormed()
