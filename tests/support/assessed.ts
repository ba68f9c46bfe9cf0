import { reportsInTime, reportsRight } from '../../src/annual-report/index.ts'
import { toPdf } from '../../src/documents/index.ts'
import type { SignedInActor } from '../../src/identity/index.ts'
import type { Deps } from '../../src/platform/deps.ts'
import { actOnMatter, actOnSheet, changeScheme, draftScheme, fillLine, getScheme, listSheets, openMatter, openScheme, proposeResult, publishResult, toSources } from '../../src/supervision/testing.ts'
import type { SheetStep } from '../../src/supervision/testing.ts'
import type { Street } from './street.ts'

export interface Assessed {
  evidenceId: string
  matterId: string
  fileId: string
}

const must = <T extends { ok: boolean }>(result: T): T => {
  if (!result.ok) throw new Error(JSON.stringify(result))
  return result
}
const NOTHING = { note: '', exempt: false, evidence: null } as const

/** 责任考核三年：2023 年的考核中、待核查，2024 年的已公布，2025 年的在起草；一件责任追究待陈述申辩，附有材料。 */
export async function assessed(deps: Deps, { bodyId, staff }: Street, office: SignedInActor): Promise<Assessed> {
  const sources = toSources({ reportsInTime, reportsRight })
  const pdf = await toPdf({ title: '制度汇编', creator: '示例', datedOn: '2025-12-01', demo: false, blocks: [{ kind: 'paragraph', spans: ['登记、审核、办理、答复、归档'] }] })
  const { key, size } = await deps.files.put(pdf, { maxBytes: 10_000_000 })
  const file = { key, size, name: '制度汇编.pdf', type: 'pdf' } as const
  const sheetsOf = async (year: number) => listSheets(deps.db, (await getScheme(deps.db, year)).schemeId)
  const seen = async (year: number, of = bodyId) => (await sheetsOf(year)).find((sheet) => sheet.bodyId === of)?.version ?? 0
  const walk = async (year: number, step: SheetStep, actor: SignedInActor, of = bodyId) => must(await actOnSheet(deps, actor, sources, { step, reason: '年内新设', year, bodyId: of, seen: await seen(year, of) }))
  const fill = async (year: number, part: 'self' | 'check' | 'appeal', code: string, points: number | null) =>
    must(await fillLine(deps, part === 'check' ? office : staff.officer, { ...NOTHING, part, code, points, note: part === 'appeal' ? '另有两次访谈没有计入' : '', evidence: part === 'self' ? file : null, year, bodyId, seen: await seen(year) }))

  for (const year of [2023, 2024, 2025]) {
    must(await draftScheme(deps, office, year))
    if (year === 2025) break
    must(await changeScheme(deps, office, { year, seen: 1, title: `${year} 年度政务公开责任考核`, basis: '条例第四十六条', selfBy: deps.clock.today(), appealDays: 10, ranking: true }))
    must(await openScheme(deps, office, { year, seen: 2 }))
    for (const code of ['14', '15']) await fill(year, 'self', code, 4_00)
    await walk(year, 'submit', staff.head)
    if (year === 2023) continue
    for (const code of ['14', '15']) await fill(year, 'check', code, 4_00)
    await walk(year, 'finish-check', office)
    await walk(year, 'accept', staff.head)
    for (const sheet of await sheetsOf(year)) if (sheet.bodyId !== bodyId) await walk(year, 'excuse', office, sheet.bodyId)
    const { hash } = await proposeResult(deps.db, sources, { year, today: deps.clock.today() })
    must(await publishResult(deps, office, sources, { year, seen: 3, hash }))
  }

  const made = must(await openMatter(deps, office, sources, { bodyId, title: '采购目录为何没有按期公开', basis: '条例第五十三条', picked: null }))
  const matterId = 'matterId' in made ? made.matterId : ''
  must(await actOnMatter(deps, office, { bodyId, matterId, seen: 1, step: 'tell', given: { said: '采购目录逾期三个月没有公开', basis: '条例第五十三条', subject: staff.handler.accountId, by: null, measures: [], file } }))
  const { evidence_id: evidenceId } = await deps.db.selectFrom('assessment_evidence').select('evidence_id').where('body_id', '=', bodyId).executeTakeFirstOrThrow()
  const { file_id: fileId } = await deps.db.selectFrom('accountability_file').select('file_id').where('body_id', '=', bodyId).executeTakeFirstOrThrow()
  return { evidenceId, matterId, fileId }
}
