import { DeskPage, EmptyState, LinkList, Sheet, Tag } from '../platform/html/index.ts'
import type { LinkItem, Tone } from '../platform/html/index.ts'

/** 一件待办；由各模块给出，工作台只排次序。 */
export interface ToDo {
  title: string
  href: string
  /** 到期日 `YYYY-MM-DD`；没有期限的为 null */
  dueOn: string | null
  /** 为何找您、下一步是什么 */
  note: string
  /** 事项种类，如「年度报告」「申请」 */
  kind: string
}

export interface DeskModel {
  /** 称呼与所在，如「刘某，示例街道办事处」 */
  greeting: string
  today: string
  toDos: readonly ToDo[]
  /** 常办的事 */
  shortcuts: readonly LinkItem[]
}

const NO_DATE = '9999-12-31'
/** 先到期的在前，没有期限的在后。 */
export const sortToDos = (toDos: readonly ToDo[]): ToDo[] =>
  toDos.toSorted((a, b) => (a.dueOn ?? NO_DATE).localeCompare(b.dueOn ?? NO_DATE))

/** 工作台首页：今天要办什么。 */
export function DeskHomePage({ model }: { model: DeskModel }) {
  const toDos = sortToDos(model.toDos)
  const late = toDos.filter((toDo) => isLate(toDo, model.today)).length
  return (
    <DeskPage title="待办" lead={`${model.greeting} · ${model.today}`} status={late > 0 ? <Tag tone="late">{late} 件逾期</Tag> : undefined}>
      <div className="aside">
        {toDos.length === 0 ? (
          <EmptyState title="没有待办">各处需要您经手的事会列在这里，先到期的在前。</EmptyState>
        ) : (
          <Sheet>
            <LinkList items={toDos.map((toDo) => toLink(toDo, model.today))} />
          </Sheet>
        )}
        {model.shortcuts.length > 0 && (
          <Sheet title="常办">
            <LinkList items={model.shortcuts} />
          </Sheet>
        )}
      </div>
    </DeskPage>
  )
}

const isLate = (toDo: ToDo, today: string): boolean => toDo.dueOn !== null && toDo.dueOn < today

function toLink(toDo: ToDo, today: string): LinkItem {
  const tone: Tone = isLate(toDo, today) ? 'late' : 'plain'
  return {
    label: toDo.title,
    href: toDo.href,
    note: toDo.note,
    tag: <Tag tone={tone}>{isLate(toDo, today) ? `${toDo.kind} · 逾期` : toDo.kind}</Tag>,
    on: toDo.dueOn ?? undefined,
  }
}
