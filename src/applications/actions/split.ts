import '../tables.ts'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import { newId } from '../../platform/id.ts'
import type { CaseAction } from '../case-action.ts'
import { split as rule } from '../decisions.ts'
import { releaseFollowers } from '../followers.ts'

/** 一份申请含多项的，按一事一申请拆为几件，各自计件、各自答复。 */
export const split: CaseAction = {
  event: 'split',
  label: '拆为几件',
  article: '国办函〔2020〕109号：一事一申请',
  permit: 'application.handle',
  done: '已拆分，请到各件分别办理',
  consequences: ['本件不再办理、不再计数', '拆出的各件沿用原来的收到之日、申请人与渠道', '年度报告按拆出的各件计'],
  fields: () => [{ name: 'contents', label: '各件所求，一行一件', kind: 'long', required: true, maxLength: 10_000, hint: '二件至一百件' }],
  decide: async (a, given, ground, context) => {
    const { tx, bodyId, caseId, also } = context
    const contents = given('contents')
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== '')
    const free = await freeSuffixes(tx, bodyId, a.regNo, Math.min(contents.length, 101))
    const { channel, applicantKind, applicantId, form, note } = a
    const into = contents.map((content, i) => ({
      caseId: newId(),
      particulars: { regNo: `${a.regNo}-${free[i] ?? i + 1}`.slice(-60), channel, applicantKind, applicantId, content, form, splitFrom: caseId, note },
    }))
    const result = rule(a, { on: ground.today, caseId, into }, ground)
    if (!result.ok) return result
    for (const child of result.children) also.push({ found: { bodyId, caseId: child.caseId, version: 0, state: null }, events: child.events })
    const refusal = await releaseFollowers(context, `前一件（${a.regNo}）拆分`, ground)
    return refusal === null ? { ok: true, events: [result.parent] } : { ok: false, refusal }
  },
}

/** 还没有用过的后缀，如 1、2、3；台账里已有「…-1」的跳过。 */
async function freeSuffixes(tx: Tx, bodyId: string, regNo: string, n: number): Promise<number[]> {
  const { rows } = await sql<{ highest: number | null }>`
    select max((regexp_match(substr(reg_no, ${regNo.length + 2}::int), '^([0-9]{1,6})$'))[1]::int) as highest from application
    where body_id = ${bodyId} and reg_no like ${`${regNo.replaceAll(/[\\%_]/g, String.raw`\$&`)}-%`}`.execute(tx)
  const from = rows[0]?.highest ?? 0
  return Array.from({ length: n }, (_, i) => from + i + 1)
}
