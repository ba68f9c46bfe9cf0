import type { Context, MiddlewareHandler } from 'hono'
import { countApplications } from '../applications/index.ts'
import { adminRail, can, reachOf, type SignedInActor } from '../identity/index.ts'
import { countUnread } from '../notices/index.ts'
import { setFrame, type RailSection } from '../platform/html/index.ts'
import type { Deps } from '../platform/deps.ts'
import { countPending } from '../reviews/index.ts'
import { OPEN_COMPLAINTS, countListedComplaints, viewerOf } from '../supervision/index.ts'
import { toDosOf } from './to-dos.ts'

/** 左栏：身在何处、各处有多少待办；只列此人能进的。工作台的页面渲染时才去数。 */
export function deskRail(): MiddlewareHandler {
  return async (c, next) => {
    const { actor, deps } = c.var
    if (actor !== null) setFrame(c, { loadRail: () => railOf(c, deps, actor) })
    await next()
  }
}

async function railOf(c: Context, deps: Deps, actor: SignedInActor): Promise<RailSection[]> {
  const toDos = await toDosOf(c, actor)
  const unread = await c.get('whileUnchanged')(`unread ${actor.accountId} ${actor.bodyId}`, () => countUnread(deps.db, actor))
  const today = deps.clock.today()
  const late = toDos.some((toDo) => toDo.dueOn !== null && toDo.dueOn < today)
  const admin = adminRail(actor)
  return [
    { items: [{ label: '待办', href: '/desk', count: toDos.length, late }, { label: '通知', href: '/desk/notices', count: unread }, ...(can(actor, 'report.read') ? [{ label: '数据看板', href: '/desk/dashboard' }] : [])] },
    ...(can(actor, 'application.read') ? [await applicationRail(deps, actor)] : []),
    ...(can(actor, 'item.read', actor.bodyId) ? [{ title: '主动公开', items: catalogueRail() }] : []),
    ...(can(actor, 'review.read') ? [await reviewRail(deps, actor)] : []),
    ...(can(actor, 'ledger.import') ? [{ title: '台账', items: [{ label: '导入台账', href: '/desk/ledgers' }] }] : []),
    ...(await supervisionRail(deps, actor)),
    ...(can(actor, 'report.read')
      ? [{ title: '年度报告', items: [{ label: '年度报告', href: '/desk/reports' }, ...(can(actor, 'filing.review') ? [{ label: '报告的收集', href: '/desk/filings' }] : []), ...(can(actor, 'report.roll-up') ? [{ label: '全区汇总', href: '/desk/roll-up' }] : []), { label: '两份报告的不同', href: '/desk/differences' }, { label: '核查', href: '/check' }] }]
      : []),
    ...(admin === null ? [] : [admin]),
  ]
}

async function applicationRail({ db, clock }: Deps, actor: SignedInActor): Promise<RailSection> {
  const { bodyId } = actor
  const count = await countApplications(db, { bodyId, open: true })
  const late = await countApplications(db, { bodyId, dueBefore: clock.today() })
  return {
    title: '依申请公开',
    items: [
      { label: '在办', href: '/desk/applications', count, late: late > 0 },
      ...(can(actor, 'application.handle') ? [{ label: '登记', href: '/desk/applications/new' }] : []),
      { label: '已办结', href: '/desk/applications/closed' },
      { label: '申请前的提示', href: '/desk/applications/suggestions' },
      { label: '公布的答复', href: '/desk/applications/answered-log' },
      ...(can(actor, 'rating.read', bodyId) ? [{ label: '申请人的评价', href: '/desk/applications/ratings' }] : []),
      { label: '更正申请', href: '/desk/record-corrections' },
      ...(can(actor, 'letter.word', bodyId) ? [{ label: '文书的用语', href: '/desk/letters/wording' }] : []),
      ...(can(actor, 'archive.read', bodyId) ? [{ label: '档案', href: '/desk/archive' }] : []),
    ],
  }
}

async function reviewRail({ db, clock }: Deps, actor: SignedInActor): Promise<RailSection> {
  const { pending, late } = await countPending(db, actor.bodyId, clock.today())
  return {
    title: '复议诉讼',
    items: [
      { label: '案件', href: '/desk/reviews', count: pending, late },
      ...(can(actor, 'review.handle') ? [{ label: '登记案件', href: '/desk/reviews/new' }] : []),
      { label: '败诉与纠错', href: '/desk/reviews/lessons' },
      { label: '上年未结的去向', href: '/desk/reviews/carry-over' },
    ],
  }
}

/** 主动公开一栏；各处在此添一行。 */
const catalogueRail = (): RailSection['items'] => [
  { label: '信息', href: '/desk/items' },
  { label: '审查与发布', href: '/desk/items/review' },
  { label: '预检的词表', href: '/desk/items/words' },
  { label: '公开专栏', href: '/desk/column' },
  { label: '交门户', href: '/desk/hand-over' },
  { label: '公开职责', href: '/desk/duties' },
  { label: '不予公开的登记', href: '/desk/exemptions' },
  { label: '查阅点移送', href: '/desk/deposits' },
  { label: '规范性文件', href: '/desk/normative' },
]

/** 监督保障一栏；各处在此添一行，一行也进不了的没有这一栏。 */
async function supervisionRail({ db, clock }: Deps, actor: SignedInActor): Promise<RailSection[]> {
  const mine = { bodyId: actor.bodyId, viewer: viewerOf(actor), statuses: OPEN_COMPLAINTS }
  const items = [
    ...(can(actor, 'complaint.read') ? [{ label: '投诉与反映', href: '/desk/complaints', count: await countListedComplaints(db, mine), late: (await countListedComplaints(db, { ...mine, dueBefore: clock.today() })) > 0 }] : []),
    ...(can(actor, 'assessment.read') ? [{ label: '责任考核', href: '/desk/assessment' }] : []),
    ...(can(actor, 'accountability.read') ? [{ label: '责任追究', href: '/desk/accountability' }] : []),
    ...(can(actor, 'safeguard.read') ? SAFEGUARD_RAIL : []),
    ...(reachOf(actor, 'safeguard.read') === 'district' ? [{ label: '各机关的监督保障', href: '/desk/safeguards' }] : []),
  ]
  return items.length === 0 ? [] : [{ title: '监督保障', items }]
}

const SAFEGUARD_RAIL: RailSection['items'] = [
  { label: '领导小组', href: '/desk/leading-group' },
  { label: '培训', href: '/desk/training' },
  { label: '问题与措施', href: '/desk/problems' },
  { label: '建议提案、重点领域', href: '/desk/registers/proposals' },
]
