import './tables.ts'
import { record } from '../../audit/index.ts'
import { getBody, getCalendar, getSetting } from '../../bodies/index.ts'
import { actorKey, requirePermission } from '../../identity/index.ts'
import type { Actor, Permit, SignedInActor } from '../../identity/index.ts'
import { notify } from '../../notices/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { Conflict } from '../../platform/errors.ts'
import { newId } from '../../platform/id.ts'
import type { RecordViewer } from '../../platform/record-source.ts'
import { CalendarYearMissing, addWorkingDays } from '../../statute/calendar.ts'
import type { Decision } from '../../statute/decision.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { viewerOf } from '../complaints/viewer.ts'
import type { Sources } from '../assessment/source.ts'
import type { EvidenceFile } from '../progress/evidence-file.ts'
import { close, decide, rectify, reply, sendBack, tell, withdraw } from './matter.ts'
import type { Matter, MatterEvent, MatterRefusal, Measure } from './matter.ts'
import { getMatter, newMatter, saveMatter } from './matter-store.ts'
import { listQuestionRecords } from './questions.ts'
import type { TriggerKey } from './triggers.ts'

export const ACCOUNTABILITY = '/desk/accountability'
export const matterHref = (code: string, matterId: string): string => `${ACCOUNTABILITY}/matters/${code}/${matterId}`

export const REFUSED = {
  'not-now': '事项不在这一步，他人可能刚办过',
  'reply-pending': '陈述申辩的期限没有过，也还没有陈述，不能处理',
  'reply-too-soon': '陈述申辩的期限不得短于机关的设置',
  'measures-missing': '请选择处理',
  'none-with-others': '不予处理的，不与别的处理并用',
  'rectify-missing': '责令改正的，请填写整改期限',
  'rectify-past': '整改期限应当在今日之后',
  'future-day': '日期不得晚于今日',
  'no-records': '请选择至少一条没有处置过的线索',
  'no-calendar': '缺这一年的节假日安排，算不出陈述申辩的期限；请先载入',
  'too-many-files': '一件事项至多二十份材料',
} as const satisfies Record<MatterRefusal | 'no-records' | 'no-calendar' | 'too-many-files', string>
export type Refusal = keyof typeof REFUSED
type Answer = { ok: true } | { ok: false; refusal: Refusal }
const refused = (refusal: Refusal) => ({ ok: false, refusal }) as const

/** 最早的陈述申辩截止日：自今日次日起数工作日，天数由机关的设置定；缺节假日安排的为 null。 */
export async function leastReplyBy(tx: Tx, bodyId: string, today: PlainDate): Promise<PlainDate | null> {
  try {
    return addWorkingDays(today, await getSetting(tx, bodyId, 'accountabilityReplyDays'), await getCalendar(tx))
  } catch (error) {
    if (error instanceof CalendarYearMissing) return null
    throw error
  }
}

export interface Picked {
  trigger: TriggerKey
  year: number
  recordIds: readonly string[]
}

/** 提起：由线索（选中的各条从记录里重取，不信表单），或者另行提起。 */
export function openMatter(deps: Deps, actor: SignedInActor, sources: Sources, { bodyId, title, basis, picked }: { bodyId: string; title: string; basis: string; picked: Picked | null }): Promise<{ ok: true; matterId: string } | { ok: false; refusal: Refusal }> {
  requirePermission(actor, 'accountability.manage', bodyId)
  return transaction(deps.db, async (tx) => {
    const [on, matterId] = [deps.clock.today(), newId()]
    const records = picked === null ? [] : await openOf(tx, sources, { bodyId, today: on, viewer: viewerOf(actor), ...picked })
    if (picked !== null && records.length === 0) return refused('no-records')
    await saveMatter(tx, { found: newMatter(bodyId, matterId), events: [{ kind: 'opened', on, title, trigger: picked?.trigger ?? null, basis, records: records.length }] }, { actor: actorKey(actor), at: deps.clock.now() })
    if (picked !== null) await handleRecords(tx, actor, { bodyId, on, ...picked, records, matterId, reason: null })
    await record(tx, actor, 'accountability.opened', { bodyId, target: matterId }, { lines: records.length })
    return { ok: true, matterId } as const
  })
}

/** 写明理由不提起。 */
export function putAside(deps: Deps, actor: SignedInActor, sources: Sources, { bodyId, reason, ...picked }: Picked & { bodyId: string; reason: string }): Promise<Answer> {
  requirePermission(actor, 'accountability.manage', bodyId)
  return transaction(deps.db, async (tx) => {
    const on = deps.clock.today()
    const records = await openOf(tx, sources, { bodyId, today: on, viewer: viewerOf(actor), ...picked })
    if (records.length === 0) return refused('no-records')
    await handleRecords(tx, actor, { bodyId, on, ...picked, records, matterId: null, reason })
    await record(tx, actor, 'accountability.put-aside', { bodyId, target: bodyId }, { lines: records.length, reason: reason.slice(0, 200).toWellFormed() })
    return { ok: true } as const
  })
}

async function openOf(tx: Tx, sources: Sources, { recordIds, ...at }: Picked & { bodyId: string; today: PlainDate; viewer: RecordViewer }) {
  const wanted = new Set(recordIds)
  return (await listQuestionRecords(tx, sources, at)).open.filter(({ recordId }) => wanted.has(recordId))
}

async function handleRecords(tx: Tx, actor: Actor, { bodyId, trigger, year, on, records, matterId, reason }: { bodyId: string; trigger: TriggerKey; year: number; on: PlainDate; records: readonly { recordId: string; label: string; note: string }[]; matterId: string | null; reason: string | null }): Promise<void> {
  await tx
    .insertInto('accountability_record')
    .values(records.map(({ recordId, label, note }) => ({ body_id: bodyId, trigger, record_id: recordId, year, label: label.slice(0, 300), note: note.slice(0, 300), matter_id: matterId, reason, handled_by: actorKey(actor), handled_on: on })))
    // 同名的渠道之类只算一条
    .onConflict((oc) => oc.doNothing())
    .execute()
}

/** 一步所填。 */
export interface StepGiven {
  said: string
  basis: string
  subject: string | null
  by: PlainDate | null
  measures: readonly Measure[]
  file: EvidenceFile | null
}

interface Step {
  label: string
  by: 'body' | 'office'
  from: readonly Matter['status'][]
  /** 这一步告诉对方什么 */
  told: string
  /** 收材料的，记在哪一步 */
  files?: 'tell' | 'reply' | 'rectify'
  decide: (state: Matter, on: PlainDate, given: StepGiven, least: PlainDate) => Decision<MatterEvent, MatterRefusal>
}

/** 各步，一处写全。 */
export const STEPS = {
  tell: { label: '告知查明的事实', by: 'office', from: ['opened'], told: '有一件责任追究事项，请在期限之内陈述申辩', files: 'tell', decide: (state, on, { said, basis, subject, by }, least) => tell(state, { on, findings: said, basis, subject, replyBy: by ?? least, least }) },
  reply: { label: '陈述申辩', by: 'body', from: ['told'], told: '作了陈述申辩', files: 'reply', decide: (state, on, { said }) => reply(state, { on, said }) },
  decide: { label: '处理', by: 'office', from: ['told', 'replied'], told: '责任追究事项已作处理', decide: (state, on, { measures, said, by }) => decide(state, { on, measures, reason: said, rectifyBy: by }) },
  rectify: { label: '报告整改', by: 'body', from: ['decided'], told: '报告了整改', files: 'rectify', decide: (state, on, { said }) => rectify(state, { on, said }) },
  return: { label: '退回整改', by: 'office', from: ['rectified'], told: '整改没有到位，请继续', decide: (state, on, { said, by }) => sendBack(state, { on, reason: said, rectifyBy: by }) },
  close: { label: '确认整改', by: 'office', from: ['rectified'], told: '责任追究事项已办结', decide: (state, on, { said }) => close(state, { on, said }) },
  withdraw: { label: '撤销', by: 'office', from: ['opened', 'told', 'replied', 'decided', 'rectified', 'closed'], told: '责任追究事项已撤销', decide: (state, on, { said }) => withdraw(state, { on, reason: said }) },
} as const satisfies Record<string, Step>
export type StepName = keyof typeof STEPS
export const STEP_NAMES = Object.keys(STEPS) as StepName[]
export const isStep = (text: string): text is StepName => Object.hasOwn(STEPS, text)
export const permitOf = (step: StepName): Permit => (STEPS[step].by === 'office' ? 'accountability.manage' : 'accountability.answer')

const MOST_FILES = 20

/** 走一步：许可、载入、决定、保存，通知对方；他人先办的抛 `Conflict`。 */
export function actOnMatter(deps: Deps, actor: Actor, { bodyId, matterId, seen, step, given }: { bodyId: string; matterId: string; seen: number; step: StepName; given: StepGiven }): Promise<Answer> {
  requirePermission(actor, permitOf(step), bodyId)
  const spec: Step = STEPS[step]
  return transaction(deps.db, async (tx) => {
    const found = await getMatter(tx, bodyId, matterId)
    if (found.version !== seen) throw new Conflict(seen, found.version)
    const on = deps.clock.today()
    const least = step === 'tell' ? await leastReplyBy(tx, bodyId, on) : on
    if (least === null) return refused('no-calendar')
    const decision = spec.decide(found.state, on, given, least)
    if (!decision.ok) return decision
    if (given.file !== null && spec.files !== undefined && (await countFiles(tx, bodyId, matterId)) >= MOST_FILES) return refused('too-many-files')
    await saveMatter(tx, { found, events: decision.events }, { actor: actorKey(actor), at: deps.clock.now() })
    if (given.file !== null && spec.files !== undefined) await addFile(tx, deps, actor, { bodyId, matterId, step: spec.files, file: given.file })
    await tellOther(tx, deps, actor, { spec, bodyId, matterId, version: found.version + 1, wasTold: found.state.told !== null || step === 'tell' })
    await record(tx, actor, 'accountability.stepped', { bodyId, target: matterId }, { step: spec.label })
    return { ok: true } as const
  })
}

const countFiles = async (tx: Tx, bodyId: string, matterId: string): Promise<number> =>
  (await tx.selectFrom('accountability_file').select((eb) => eb.fn.countAll<number>().as('n')).where('body_id', '=', bodyId).where('matter_id', '=', matterId).executeTakeFirstOrThrow()).n

const addFile = (tx: Tx, deps: Deps, actor: Actor, { bodyId, matterId, step, file }: { bodyId: string; matterId: string; step: 'tell' | 'reply' | 'rectify'; file: EvidenceFile }): Promise<unknown> =>
  tx
    .insertInto('accountability_file')
    .values({ body_id: bodyId, file_id: newId(), matter_id: matterId, step, file_key: file.key, name: file.name, type: file.type, size: file.size, added_by: actorKey(actor), added_at: deps.clock.now() })
    .execute()

// 没有告知过的机关还不知道有这件事：查明不成立而撤销的，不去打扰
async function tellOther(tx: Tx, deps: Deps, actor: Actor, { spec, bodyId, matterId, version, wasTold }: { spec: Step; bodyId: string; matterId: string; version: number; wasTold: boolean }): Promise<void> {
  const { code, name } = await getBody(tx, bodyId)
  const words = { key: `accountability/${matterId}/${version}`, note: '', href: matterHref(code, matterId), at: deps.clock.now(), except: actorKey(actor) }
  if (spec.by === 'office') {
    if (wasTold) await notify(tx, { ...words, bodyId, roles: ['disclosure-officer', 'disclosure-head', 'leader'], title: spec.told })
    return
  }
  const opener = await tx.selectFrom('timeline_event').select('actor').where('body_id', '=', bodyId).where('case_id', '=', matterId).where('version', '=', 1).executeTakeFirst()
  await notify(tx, { ...words, bodyId, accounts: opener === undefined ? [] : [opener.actor], title: `${name}${spec.told}` })
}
