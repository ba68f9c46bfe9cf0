import './tables.ts'
import { record } from '../../audit/index.ts'
import { getBody } from '../../bodies/index.ts'
import { actorKey, requirePermission } from '../../identity/index.ts'
import type { Actor, Permit } from '../../identity/index.ts'
import { notify } from '../../notices/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { newId } from '../../platform/id.ts'
import { addCalendarDays } from '../../statute/plain-date.ts'
import type { EvidenceFile } from '../progress/evidence-file.ts'
import type { Hundredths, Indicator } from './indicator.ts'
import { measure, toInputs } from './measure.ts'
import { sheetHref, tellBody } from './scheme-acts.ts'
import { LINE_PARTS, SHEET_STEPS } from './sheet.ts'
import type { LinePart, Sheet, SheetStep } from './sheet.ts'
import type { Sources } from './source.ts'
import { MOST_EVIDENCE, emptyLine, getScheme, isSelfOver, listLines, lockSheet, saveLine, touchSheet } from './store.ts'
import type { Line, LineRef, Scheme } from './store.ts'

export const SHEET_REFUSED = {
  'not-open': '考核没有开始，或者已经公布',
  'not-now': '考核表不在这一步，他人可能刚办过',
  'self-missing': '还有人评的指标没有自评',
  'self-not-due': '自评还没有截止，请等机关自评',
  'check-missing': '还有人评的指标没有核查',
  'no-appeal': '还没有对哪一项写明申诉的理由',
  'decision-missing': '还有申诉的指标没有写明复核的意见',
  'reason-missing': '请写明理由，二至三百个字',
  'appeal-passed': '申诉的期限已过',
  'points-over': '分数应当在零与这一项的满分之间',
  'computed-self': '这一项由记录算出，不必自评分数；认为数得不对的，写在说明里',
  'note-missing': '改动分数、定为不适用的，请写明理由，二至五百个字',
  'appeal-short': '请写明申诉的理由，四至一千个字',
  'not-appealed': '这一项没有申诉',
  'too-much-evidence': `一项至多 ${MOST_EVIDENCE} 份佐证`,
} as const
export type SheetRefusal = keyof typeof SHEET_REFUSED
export type SheetAnswer = { ok: true } | { ok: false; refusal: SheetRefusal }
const refused = (refusal: SheetRefusal) => ({ ok: false, refusal }) as const

interface SheetRef {
  year: number
  bodyId: string
  seen: number
}

const PERMITS = { fill: 'assessment.fill', answer: 'assessment.answer', office: 'assessment.manage' } as const satisfies Record<string, Permit>

async function openSheet(tx: Tx, { year, bodyId, seen }: SheetRef): Promise<{ scheme: Scheme; sheet: Sheet; lines: ReadonlyMap<string, Line> } | null> {
  const scheme = await getScheme(tx, year)
  const sheet = await lockSheet(tx, bodyId, scheme.schemeId, seen)
  if (scheme.state !== 'open') return null
  return { scheme, sheet, lines: (await listLines(tx, scheme.schemeId, [bodyId])).get(bodyId) ?? new Map<string, Line>() }
}

/** 走一步：提交自评、完成核查、申诉、复核等；`reason` 为退回、不参加的理由。 */
export function actOnSheet(deps: Deps, actor: Actor, sources: Sources, { step, reason, ...ref }: SheetRef & { step: SheetStep; reason: string }): Promise<SheetAnswer> {
  const { by, from, to } = SHEET_STEPS[step]
  requirePermission(actor, by === 'office' ? PERMITS.office : PERMITS.answer, ref.bodyId)
  return transaction(deps.db, async (tx) => {
    const found = await openSheet(tx, ref)
    if (found === null) return refused('not-open')
    const { scheme, sheet } = found
    if (!from.some((state) => state === sheet.state)) return refused('not-now')
    const fault = faultOfStep(deps, step, reason, found)
    if (fault !== null) return refused(fault)
    if (step === 'finish-check') await keepSeen(tx, deps, sources, scheme, ref.bodyId)
    await touchSheet(tx, sheet, { state: to, ...columnsOf(deps, actor, step, scheme, reason) })
    await tellStep(tx, deps, actor, { step, scheme, bodyId: ref.bodyId, version: sheet.version + 1, reason })
    await record(tx, actor, 'assessment.stepped', { bodyId: ref.bodyId, target: scheme.schemeId }, { year: ref.year, step: SHEET_STEPS[step].label })
    return { ok: true }
  })
}

function faultOfStep(deps: Deps, step: SheetStep, reason: string, { scheme, sheet, lines }: { scheme: Scheme; sheet: Sheet; lines: ReadonlyMap<string, Line> }): SheetRefusal | null {
  const judged = scheme.indicators.filter((each) => each.kind === 'judged').map(({ code }) => lines.get(code) ?? emptyLine(code))
  const all = scheme.indicators.map(({ code }) => lines.get(code) ?? emptyLine(code))
  if (step === 'submit') return judged.some(({ self }) => self === null) ? 'self-missing' : null
  if (step === 'go-on') return isSelfOver(scheme, deps.clock.today()) ? null : 'self-not-due'
  if (step === 'finish-check') return judged.some(({ checked, exempted }) => checked === null && exempted === null) ? 'check-missing' : null
  if (step === 'decide') return all.some(({ appeal, decision }) => appeal !== null && decision === null) ? 'decision-missing' : null
  if (step === 'excuse' || step === 'send-back') return reason.length < 2 || reason.length > 300 ? 'reason-missing' : null
  if (step !== 'appeal') return null
  if (sheet.appealBy !== null && sheet.appealBy < deps.clock.today()) return 'appeal-passed'
  return all.some(({ appeal }) => appeal !== null) ? null : 'no-appeal'
}

function columnsOf(deps: Deps, actor: Actor, step: SheetStep, { appealDays }: Scheme, reason: string): Parameters<typeof touchSheet>[2] {
  const [me, on] = [actorKey(actor), deps.clock.today()]
  switch (step) {
    case 'submit':
      return { submitted_by: me, submitted_on: on }
    case 'finish-check':
      return { checked_by: me, checked_on: on, appeal_by: addCalendarDays(on, appealDays) }
    case 'accept':
    case 'appeal':
      return { answered_by: me, answered_on: on }
    case 'decide':
      return { decided_by: me, decided_on: on }
    case 'go-on':
      return {}
    case 'excuse':
      return { excused: reason }
    case 'restore':
      return { excused: null, checked_by: null, checked_on: null, appeal_by: null }
    case 'send-back':
      return { submitted_by: null, submitted_on: null }
  }
}

// 核查时所见的数记下来，公布前数变了的逐项指出
async function keepSeen(tx: Tx, deps: Deps, sources: Sources, { indicators, year, schemeId }: Scheme, bodyId: string): Promise<void> {
  const measures = await measure(tx, sources, { indicators, year, bodyIds: [bodyId], today: deps.clock.today() })
  for (const { code, measured } of toInputs(indicators, bodyId, measures, new Map())) if (measured !== null) await saveLine(tx, { bodyId, schemeId, code }, { seen_total: measured.total, seen_good: measured.good })
}

const TOLD: Partial<Record<SheetStep, string>> = {
  submit: '提交了自评，请核查', accept: '对核查没有异议', appeal: '提出了申诉，请复核',
  'finish-check': '核查已完成，请查看；有异议的可以申诉一次', decide: '申诉的复核已完成', 'send-back': '自评退回，请改后再交', 'go-on': '自评已过截止日，不再等自评，径行核查', excuse: '不参加本年度考核',
}

async function tellStep(tx: Tx, deps: Deps, actor: Actor, { step, scheme, bodyId, version, reason }: { step: SheetStep; scheme: Scheme; bodyId: string; version: number; reason: string }): Promise<void> {
  const words = TOLD[step]
  if (words === undefined) return
  const { code, name } = await getBody(tx, bodyId)
  const href = sheetHref(scheme.year, code)
  const key = `${scheme.schemeId}/${bodyId}/${version}`
  if (SHEET_STEPS[step].by === 'office') await tellBody(tx, deps, actor, { bodyId, key, title: `${scheme.title}：${words}${step === 'send-back' ? `（${reason}）` : ''}`, href })
  else await notify(tx, { bodyId: scheme.bodyId, at: deps.clock.now(), roles: ['district-office'], except: actorKey(actor), key: `assessment/${key}`, title: `${name}${words}`, note: scheme.title, href })
}

/** 一项上所填：分数、说明，不适用。 */
export interface LineGiven {
  part: LinePart
  code: string
  points: Hundredths | null
  note: string
  exempt: boolean
  evidence: EvidenceFile | null
}

/** 在一项上填写：自评、核查、申诉、复核，可附一份佐证；改的人须在这一步上。 */
export function fillLine(deps: Deps, actor: Actor, { part, code, points, note, exempt, evidence, ...ref }: SheetRef & LineGiven): Promise<SheetAnswer> {
  const { by, state } = LINE_PARTS[part]
  requirePermission(actor, by === 'office' ? PERMITS.office : PERMITS.fill, ref.bodyId)
  return transaction(deps.db, async (tx) => {
    const found = await openSheet(tx, ref)
    if (found === null) return refused('not-open')
    const { scheme, sheet, lines } = found
    const indicator = scheme.indicators.find((each) => each.code === code)
    if (sheet.state !== state || indicator === undefined) return refused('not-now')
    const columns = COLUMNS[part](indicator, lines.get(code) ?? emptyLine(code), { points, note, exempt })
    if (typeof columns === 'string') return refused(columns)
    const line = { bodyId: ref.bodyId, schemeId: scheme.schemeId, code }
    if (evidence !== null && (await countEvidence(tx, line)) >= MOST_EVIDENCE) return refused('too-much-evidence')
    await saveLine(tx, line, columns)
    if (evidence !== null) await addEvidence(tx, deps, actor, { ...line, part, evidence })
    await touchSheet(tx, sheet, {})
    await record(tx, actor, 'assessment.filled', { bodyId: ref.bodyId, target: scheme.schemeId }, { year: ref.year, indicator: code, place: LINE_PARTS[part].label })
    return { ok: true }
  })
}

type Columns = Parameters<typeof saveLine>[2]
type Given = Pick<LineGiven, 'points' | 'note' | 'exempt'>
const within = ({ weight }: Indicator, points: Hundredths | null): boolean => points === null || (points >= 0 && points <= weight)
const isReason = (note: string): boolean => note.length >= 2 && note.length <= 500

/** 四处各写哪几列；不合的为拒绝的缘由。 */
const COLUMNS: Record<LinePart, (indicator: Indicator, line: Line, given: Given) => Columns | SheetRefusal> = {
  self: (indicator, _, { points, note }) => {
    if (indicator.kind === 'computed' && points !== null) return 'computed-self'
    if (indicator.kind === 'judged' && points === null) return 'self-missing'
    return within(indicator, points) ? { self: points, self_note: note.slice(0, 1000) } : 'points-over'
  },
  check: (indicator, { self }, { points, note, exempt }) => {
    if (exempt) return isReason(note) ? { exempted: note, checked: null, check_note: null } : 'note-missing'
    if (!within(indicator, points)) return 'points-over'
    if (indicator.kind === 'judged' && points === null) return 'check-missing'
    // 与自评不同的、改了算出的分的，须有理由
    if (points !== null && points !== (indicator.kind === 'judged' ? self : null) && !isReason(note)) return 'note-missing'
    return { exempted: null, checked: points, check_note: note === '' ? null : note.slice(0, 500) }
  },
  // 没有写的为不申诉这一项
  appeal: (_, __, { note }) => (note === '' ? { appeal: null } : note.length < 4 || note.length > 1000 ? 'appeal-short' : { appeal: note }),
  decide: (indicator, { appeal }, { points, note }) => {
    if (appeal === null) return 'not-appealed'
    if (!within(indicator, points)) return 'points-over'
    return isReason(note) ? { decided: points, decision: note } : 'note-missing'
  },
}

async function countEvidence(tx: Tx, { bodyId, schemeId, code }: LineRef): Promise<number> {
  const { n } = await tx.selectFrom('assessment_evidence').select((eb) => eb.fn.countAll<number>().as('n')).where('body_id', '=', bodyId).where('scheme_id', '=', schemeId).where('code', '=', code).executeTakeFirstOrThrow()
  return n
}

const addEvidence = (tx: Tx, deps: Deps, actor: Actor, { bodyId, schemeId, code, part, evidence }: LineRef & { part: LinePart; evidence: EvidenceFile }): Promise<unknown> =>
  tx
    .insertInto('assessment_evidence')
    .values({ body_id: bodyId, evidence_id: newId(), scheme_id: schemeId, code, stage: part, file_key: evidence.key, name: evidence.name, type: evidence.type, size: evidence.size, added_by: actorKey(actor), added_at: deps.clock.now() })
    .execute()
