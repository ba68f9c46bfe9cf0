import { getBody, getDistrict, getSetting } from '../../bodies/index.ts'
import { can } from '../../identity/index.ts'
import type { SignedInActor } from '../../identity/index.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { addCalendarDays } from '../../statute/plain-date.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { isOwnVersion } from './column-acts.ts'
import { hashRow } from './column-content.ts'
import { changedFacts, factsOf } from './column-facts.ts'
import type { FactChange } from './column-facts.ts'
import { EMPTY_CONTENT, PARTS, PART_NAMES, listOf } from './column-parts.ts'
import type { PartContent, PartName, PartRow } from './column-parts.ts'
import { listChannelChecks, listCurrentVersions } from './column-store.ts'
import type { ColumnVersion } from './column-store.ts'
import { guideSkeleton, headingSkeleton } from './guide-skeleton.ts'

export interface DeskPart {
  part: PartName
  open: ColumnVersion | null
  shown: ColumnVersion | null
}

export interface DeskChannel {
  row: PartRow
  hash: string
  checkedOn: PlainDate | null
  /** 该核实了：没有核实过，或者核实得太久了 */
  stale: boolean
}

/** 一个机构的专栏在工作台上的现状。 */
export interface DeskColumn {
  parts: readonly DeskPart[]
  channels: readonly DeskChannel[]
  changed: readonly FactChange[]
  checkDays: number
}

export async function loadColumn({ db, clock }: Pick<Deps, 'db' | 'clock'>, bodyId: string): Promise<DeskColumn> {
  const [body, versions, checkDays] = await Promise.all([getBody(db, bodyId), listCurrentVersions(db, bodyId), getSetting(db, bodyId, 'channelCheckDays')])
  const parts = PART_NAMES.map((part): DeskPart => {
    const own = versions.filter((each) => each.part === part)
    return { part, open: own.find(({ status }) => status !== 'published') ?? null, shown: own.find(({ status }) => status === 'published') ?? null }
  })
  const shownOf = (part: PartName) => parts.find((each) => each.part === part)?.shown ?? null
  const rows = listOf(shownOf('channels')?.content ?? EMPTY_CONTENT, 'channels')
  const checks = await listChannelChecks(db, bodyId, rows.map(hashRow))
  const staleBefore = addCalendarDays(clock.today(), -checkDays)
  const channels = rows.map((row) => {
    const hash = hashRow(row)
    const checkedOn = checks.get(hash) ?? null
    return { row, hash, checkedOn, stale: checkedOn === null || checkedOn < staleBefore }
  })
  const guide = shownOf('guide')
  return { parts, channels, checkDays, changed: guide === null ? [] : changedFacts(guide.facts, factsOf(body.name, shownOf('institution')?.content ?? null)) }
}

/** 起草时表单里先有的：草稿、公布着的，都没有的由系统拟初稿。 */
export async function startingContent(tx: Tx, bodyId: string, { part, open, shown }: DeskPart, institution: PartContent | null): Promise<PartContent> {
  const found = open ?? shown
  if (found !== null) return found.content
  if (part === 'headings') return headingSkeleton((await getBody(tx, bodyId)).powers)
  const [phone, contact] = [await getSetting(tx, bodyId, 'letterPhone'), await getSetting(tx, bodyId, 'letterContact')]
  if (part === 'institution') return { fields: { phone }, lists: {} }
  if (part === 'channels') return EMPTY_CONTENT
  const [body, district, reviewAuthority, court] = [await getBody(tx, bodyId), await getDistrict(tx), await getSetting(tx, bodyId, 'reviewAuthority'), await getSetting(tx, bodyId, 'court')]
  return guideSkeleton({ body, district, institution, reviewAuthority, court, phone, contact })
}

export interface ColumnToDo {
  title: string
  href: string
  dueOn: null
  note: string
}

const COLUMN = '/desk/column'

/** 此人在专栏的待办：编指南与机构信息、更新指南、核实渠道、改退回的；负责人，等他批准公布的。 */
export async function columnToDos(deps: Deps, actor: SignedInActor): Promise<ColumnToDo[]> {
  const { bodyId } = actor
  const [handles, approves] = [can(actor, 'item.handle', bodyId), can(actor, 'item.approve', bodyId)]
  if (!handles && !approves) return []
  const body = await getBody(deps.db, bodyId)
  if (body.abolishedOn !== null) return []
  const column = await loadColumn(deps, bodyId)
  const toDo = (title: string, at: string, note: string): ColumnToDo => ({ title, href: `${COLUMN}${at}`, dueOn: null, note })
  return [
    ...(approves ? column.parts.flatMap(({ part, open }) => (open?.status === 'submitted' && !isOwnVersion(actor, open) ? [toDo(PARTS[part].title, `/${part}/review`, '等您批准公布')] : [])) : []),
    ...(handles ? handlerToDos(column, toDo) : []),
  ]
}

function handlerToDos({ parts, channels, changed }: DeskColumn, toDo: (title: string, at: string, note: string) => ColumnToDo): ColumnToDo[] {
  const waiting = (part: PartName): boolean => parts.some((each) => each.part === part && each.open?.status === 'submitted')
  const stale = channels.filter((channel) => channel.stale).length
  return [
    ...parts.flatMap(({ part, open }) => (open?.returnedReason == null ? [] : [toDo(PARTS[part].title, `/${part}`, `退回修改：${open.returnedReason}`)])),
    ...parts.flatMap(({ part, open, shown }) =>
      shown === null && open?.returnedReason == null && !waiting(part) && (part === 'guide' || part === 'institution') ? [toDo(`编制${PARTS[part].title}`, `/${part}`, part === 'guide' ? '条例第十二条：应当编制、公布' : '条例第二十条第（二）项：应当公开')] : [],
    ),
    ...(changed.length > 0 && !waiting('guide') ? [toDo('更新公开指南', '/guide', `${changed.map(({ label }) => label).join('、')}变了，指南须及时更新（条例第十二条）`)] : []),
    ...(stale > 0 ? [toDo(`核实 ${stale} 条办事渠道`, '#channels', '拨一拨、开一开、扫一扫，对的记下核实之日')] : []),
  ]
}
