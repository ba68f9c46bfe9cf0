import './tables.ts'
import { record } from '../../audit/index.ts'
import { getBody, getCalendar, getSetting, listBodies } from '../../bodies/index.ts'
import { actorKey, listActingHolders } from '../../identity/index.ts'
import type { Actor, Role } from '../../identity/index.ts'
import { notify } from '../../notices/index.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { newId } from '../../platform/id.ts'
import { yearOf } from '../../statute/plain-date.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { insertComplainant, isAnonymous } from './complainant-store.ts'
import type { Complainant } from './complainant-store.ts'
import { newComplaint, nextComplaintSerial, saveComplaints } from './complaint-store.ts'
import type { Basis, Channel, ComplaintFacts, Elsewhere, Link, Matter, Route } from './complaint.ts'
import { insertFiles } from './file-store.ts'
import type { NewFile } from './file-store.ts'
import { findBarred, findDisputed } from './find-barred.ts'
import { DECIDERS, HANDLERS, HEADS, routeComplaint } from './route-complaint.ts'
import { insertText } from './text-store.ts'
import { listFree } from './viewer.ts'

export interface NewComplaint {
  complaintId: string
  channel: Channel
  basis: Basis
  matter: Matter
  aboutBodyId: string
  /** 由被反映的机关自己办；否为主管部门 */
  toOwn: boolean
  receivedOn: PlainDate
  workOrderNo: string | null
  content: string
  /** 所指的人：反映人写的姓名、称呼；没有的为空串 */
  accused: string
  /** 登记时认出的账号 */
  accusedAccounts: readonly string[]
  /** 指到科室 */
  unit: boolean
  /** 争议申请的登记号；没有的为空串 */
  disputed: string
  person: Complainant
  files: readonly NewFile[]
}

/** `fresh`：这一次新登记的；否为同一 `complaintId` 早先登记的。 */
export type Registered = Elsewhere & { regNo: string; route: Route; fresh: boolean }

/**
 * 登记一件，在调用者的事务里：认出须回避的人、定归谁办、编号、分开存反映人与所写的话、通知能办的人。
 * 同一 `complaintId` 交来两次的只存一次，返回其登记号。
 */
export async function registerComplaint(tx: Tx, deps: Pick<Deps, 'clock' | 'config'>, actor: Actor, input: NewComplaint): Promise<Registered> {
  const keys = fieldKeys(deps.config.secretKey)
  const [at, today] = [deps.clock.now(), deps.clock.today()]
  const dispute = await findDisputed(tx, input.aboutBodyId, input.disputed)
  const barred = await findBarred(tx, { aboutBodyId: input.aboutBodyId, words: `${input.accused} ${input.content}`, accounts: input.accusedAccounts, unit: input.unit, caseId: dispute?.caseId ?? null })
  const { route, bodyId } = await placeOf(tx, input, new Set(barred), today)
  const ref = { bodyId, complaintId: input.complaintId }
  const known = await tx.selectFrom('complaint').select('reg_no').where('body_id', '=', bodyId).where('complaint_id', '=', input.complaintId).executeTakeFirst()
  if (known !== undefined) return { ...ref, regNo: known.reg_no, route, fresh: false }
  const links: Link[] = dispute === null ? [] : [{ kind: 'application', label: dispute.regNo, href: bodyId === input.aboutBodyId ? `/desk/applications/${dispute.caseId}` : null }]
  const contentId = newId()
  const { regNo } = await openComplaint(tx, deps, actor, ref, {
    channel: input.channel, basis: input.basis, matter: input.matter, aboutBodyId: input.aboutBodyId, anonymous: isAnonymous(input.person),
    contentId, workOrderNo: input.workOrderNo, barred, links, from: null, firstOn: input.receivedOn, route,
  }, input.receivedOn)
  await insertText(tx, keys, ref, { textId: contentId, kind: 'content', text: input.content }, at)
  if (input.accused !== '') await insertText(tx, keys, ref, { textId: newId(), kind: 'accused', text: input.accused }, at)
  await insertComplainant(tx, keys, ref, input.person, at)
  await insertFiles(tx, keys, ref, input.files, { addedBy: null, at })
  return { ...ref, regNo, route, fresh: true }
}

/** 编号、记下登记、通知能办的人；转来的一件也由此立。 */
export async function openComplaint(tx: Tx, { clock }: Pick<Deps, 'clock'>, actor: Actor, ref: Elsewhere, facts: Omit<ComplaintFacts, 'regNo' | 'days'> & { days?: number }, on: PlainDate): Promise<{ regNo: string }> {
  const { bodyId, complaintId } = ref
  const at = clock.now()
  const { codeWord } = await getBody(tx, bodyId)
  const year = yearOf(on)
  const regNo = `${codeWord ?? ''}公开诉〔${year}〕${await nextComplaintSerial(tx, bodyId, year)}号`
  const days = facts.days ?? (await getSetting(tx, bodyId, 'complaintDays'))
  await saveComplaints(tx, [{ found: newComplaint(bodyId, complaintId), events: [{ kind: 'registered', on, facts: { ...facts, regNo, days } }] }], { actor: actorKey(actor), at }, await getCalendar(tx))
  await record(tx, actor, 'complaint.registered', { bodyId, target: complaintId }, { channel: facts.channel })
  const handlers = await listFree(tx, bodyId, HANDLERS, clock.today(), facts.barred)
  await notify(tx, { bodyId, at, accounts: handlers, except: actorKey(actor), key: `complaint:${complaintId}:new`, title: `收到一件投诉、反映 ${regNo}`, note: facts.answered === undefined ? '请受理、转办或者并案。' : '机关合并转来，已经答复：等反馈、办结。', href: `/desk/complaints/${complaintId}` })
  return { regNo }
}

async function placeOf(tx: Tx, { aboutBodyId, basis, toOwn }: NewComplaint, barred: ReadonlySet<string>, today: PlainDate): Promise<{ route: Route; bodyId: string }> {
  const free = (roles: readonly Role[]) => listFree(tx, aboutBodyId, roles, today, [...barred])
  const [handlers, deciders, heads] = [await free(HANDLERS), await free(DECIDERS), await listActingHolders(tx, aboutBodyId, HEADS, today)]
  const route = routeComplaint({ basis, toOwn, barred, handlers, deciders, heads })
  return route === 'own' ? { route, bodyId: aboutBodyId } : { route, bodyId: (await findOffice(tx, barred, today)) ?? aboutBodyId }
}

/** 主管部门：区政务公开办；其能办的人都须回避的，上到本级政府，那里也没有人能办的仍归主管部门。全区还没有录入的为 null。 */
export async function findOffice(tx: Tx, barred: ReadonlySet<string>, today: PlainDate): Promise<string | null> {
  const bodies = (await listBodies(tx, {})).filter(({ status }) => status === 'active')
  const offices = [...bodies.filter(({ kind }) => kind === 'district-office'), ...bodies.filter(({ kind }) => kind === 'government')]
  for (const { bodyId } of offices) {
    if ((await listFree(tx, bodyId, HANDLERS, today, [...barred])).length > 0) return bodyId
  }
  return offices[0]?.bodyId ?? null
}
