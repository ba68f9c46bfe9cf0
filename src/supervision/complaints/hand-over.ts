import { listActingHolders } from '../../identity/index.ts'
import type { Role } from '../../identity/index.ts'
import { getBody } from '../../bodies/index.ts'
import { newId } from '../../platform/id.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { findComplainant, insertComplainant } from './complainant-store.ts'
import type { ActionContext } from './complaint-action.ts'
import { ROUTES, evolveComplaint } from './complaint.ts'
import type { Complaint, ComplaintEvent, ComplaintFacts, Elsewhere } from './complaint.ts'
import { getFile, insertFiles, listFiles } from './file-store.ts'
import { findOffice, openComplaint } from './register-complaint.ts'
import { DECIDERS, HANDLERS, HEADS, routeComplaint } from './route-complaint.ts'
import { tellComplainant } from './tell-complainant.ts'
import { insertText, listTexts } from './text-store.ts'
import { listFree } from './viewer.ts'

/** 不能转给某机关的缘故：反映的正是它而它的人须回避的；可以的为 null。 */
export async function whyNotTo({ tx, help }: ActionContext, { basis, barred, aboutBodyId }: Complaint, bodyId: string): Promise<string | null> {
  if (!Object.hasOwn(help.bodies, bodyId)) return '请从所列的选项中选择'
  const free = (roles: readonly Role[]) => listFree(tx, bodyId, roles, help.today, barred)
  const [handlers, deciders, heads] = [await free(HANDLERS), await free(DECIDERS), await listActingHolders(tx, bodyId, HEADS, help.today)]
  const isAbout = bodyId === aboutBodyId
  const route = routeComplaint({ basis: isAbout ? basis : 'A47', toOwn: true, barred: new Set(barred), handlers, deciders, heads: isAbout ? heads : [] })
  if (route === 'own') return null
  return { infringed: '投诉、举报不能转给被投诉的机关（条例第五十一条）', 'about-head': '反映的是该机关的负责人，不能转给它', 'nobody-left': '该机关没有可以办的人，或者都须回避', supervisor: '不能转给它' }[route]
}

type Moving = Pick<ActionContext, 'tx' | 'deps' | 'actor' | 'ref' | 'keys'>

/** 在对方机关立一件，反映人、所写的话、文件另行加密过去；回避的人照旧。 @param kept 机关合并的，期限、查明的情况、已经作出的答复也照旧 */
export async function handOver({ tx, deps, actor, ref, keys }: Moving, complaint: Complaint, next: Elsewhere, on: PlainDate, kept: Partial<Pick<Complaint, 'days' | 'findings'>> & Pick<ComplaintFacts, 'answered'> = {}): Promise<void> {
  const at = deps.clock.now()
  const { channel, basis, matter, aboutBodyId, anonymous, workOrderNo, barred, links, firstOn, earlier } = complaint
  const texts = await listTexts(tx, keys, ref)
  const renewed = texts.map((text) => ({ ...text, textId: newId(), of: text.textId }))
  const contentId = renewed.find(({ of }) => of === complaint.contentId)?.textId ?? newId()
  const own = links.map((link) => ({ ...link, href: link.kind === 'item' ? link.href : null }))
  await openComplaint(tx, deps, actor, next, { channel, basis, matter, aboutBodyId, anonymous, contentId, workOrderNo, barred, links: own, from: ref, firstOn, ...(earlier.length === 0 ? {} : { earlier }), ...kept, route: aboutBodyId === next.bodyId ? 'own' : 'supervisor' }, on)
  for (const text of renewed) await insertText(tx, keys, next, text, text.at)
  const person = await findComplainant(tx, keys, ref)
  if (person !== null) await insertComplainant(tx, keys, next, person, at)
  await tellComplainant({ tx, deps, ref, keys }, complaint, { subject: '转办', text: `已转${(await getBody(tx, next.bodyId)).name}办，凭原来的登记号与查询码照样查得到。` })
  for (const { fileId, addedBy } of await listFiles(tx, keys, ref)) await insertFiles(tx, keys, next, [{ ...(await getFile(tx, keys, ref, fileId)), fileId: newId() }], { addedBy, at })
}

/**
 * 本机关不能再办的（能办的人都须回避，反映的是本机关的负责人，或者改为投诉、举报），随即转给主管部门。
 * 还能办的、无处可转的为 null。
 */
export async function moveIfStuck(context: Moving, complaint: Complaint, on: PlainDate): Promise<Extract<ComplaintEvent, { kind: 'transferred' }> | null> {
  const { tx, ref, deps } = context
  const today = deps.clock.today()
  const barred = new Set(complaint.barred)
  const free = (roles: readonly Role[]) => listFree(tx, ref.bodyId, roles, today, complaint.barred)
  const isAbout = ref.bodyId === complaint.aboutBodyId
  const office = await findOffice(tx, barred, today)
  if (office === null || office === ref.bodyId) return null
  const route = routeComplaint({ basis: isAbout ? complaint.basis : 'A47', toOwn: true, barred, handlers: await free(HANDLERS), deciders: await free(DECIDERS), heads: isAbout ? await listActingHolders(tx, ref.bodyId, HEADS, today) : [] })
  if (route === 'own') return null
  const next = { bodyId: office, complaintId: newId() }
  await handOver(context, complaint, next, on)
  return { kind: 'transferred', on, to: next, toName: (await getBody(tx, office)).name, reason: ROUTES[route] }
}

/** 不满意而再办：反映人要主管部门办的、本机关不能再办的，随即转去；就在本机关再办的为 null。 */
export async function escalate(context: Moving, complaint: Complaint, again: Extract<ComplaintEvent, { kind: 'reopened' }>, to: 'own' | 'office'): Promise<Extract<ComplaintEvent, { kind: 'transferred' }> | null> {
  const { tx, ref, deps } = context
  const state = evolveComplaint(complaint, again)
  if (state.status === 'new') return null
  if (to === 'own') return moveIfStuck(context, state, again.on)
  const office = await findOffice(tx, new Set(state.barred), deps.clock.today())
  if (office === null || office === ref.bodyId) return null
  const next = { bodyId: office, complaintId: newId() }
  await handOver(context, state, next, again.on)
  return { kind: 'transferred', on: again.on, to: next, toName: (await getBody(tx, office)).name, reason: '反映人不满意，由主管部门再办' }
}
