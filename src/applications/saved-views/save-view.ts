import { record } from '../../audit/index.ts'
import { can, requirePermission } from '../../identity/index.ts'
import type { SignedInActor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Deps } from '../../platform/deps.ts'
import { NotFound } from '../../platform/errors.ts'
import { toListSearch } from '../../platform/html/index.ts'
import { parseList } from '../desk/list-spec.ts'
import type { View } from '../desk/list-spec.ts'
import { deleteView, lockViews, saveView } from './saved-view-store.ts'

export const VIEW_RULES = { most: 20, name: 20 } as const

export interface ViewInput {
  viewId: string
  /** 新存的才有：哪一面、地址里的查询串 */
  made: { list: View; query: string } | null
  name: string
  isDefault: boolean
  shared: boolean
}

/** 可否给全机关用：信息公开工作机构负责人、机关领导。 */
export const mayShare = (actor: SignedInActor): boolean => can(actor, 'application.approve', actor.bodyId)

/** 查询串照地址解析再写出：只留认得的条件，不留翻到第几页。 */
export const canonicalQuery = (list: View, query: string): string => toListSearch({ ...parseList(list, `/?${query}`), page: 1, after: null, before: null }).slice(1)

/** 存下筛选，或者改名、改缺省、改共用。名称自己的不得重，至多二十个。 */
export function saveListView(deps: Deps, actor: SignedInActor, input: ViewInput): Promise<{ ok: true; href: { list: View; query: string } } | { ok: false; field: 'name' | 'shared'; message: string }> {
  requirePermission(actor, 'application.read')
  const name = input.name.normalize('NFC').replaceAll(/\p{C}/gu, '').trim()
  return transaction(deps.db, async (tx) => {
    const mine = await lockViews(tx, actor)
    const before = mine.find((view) => view.viewId === input.viewId)
    if (before === undefined && input.made === null) throw new NotFound('存下的筛选')
    if (name === '' || name.length > VIEW_RULES.name) return { ok: false, field: 'name', message: `请写名称，不超过 ${VIEW_RULES.name} 个字` }
    if (mine.some((view) => view.name === name && view.viewId !== input.viewId)) return { ok: false, field: 'name', message: '您已有这个名称的筛选，请换一个' }
    if (before === undefined && mine.length >= VIEW_RULES.most) return { ok: false, field: 'name', message: `一人至多存 ${VIEW_RULES.most} 个，请先删去不用的` }
    if (input.shared && before?.shared !== true && !mayShare(actor)) return { ok: false, field: 'shared', message: '给全机关用的，由负责人存' }
    const { list, query } = before ?? input.made ?? { list: 'open', query: '' }
    const kept = canonicalQuery(list, query)
    await saveView(tx, { ...actor, viewId: input.viewId, list, name, query: kept, isDefault: input.isDefault, shared: input.shared }, deps.clock.now())
    if (input.shared || before?.shared === true) await record(tx, actor, 'saved-view.shared', input.viewId, { shared: input.shared })
    return { ok: true, href: { list, query: kept } }
  })
}

/** 删去自己的一个；没有的抛 `NotFound`。 */
export function deleteListView(deps: Deps, actor: SignedInActor, viewId: string): Promise<void> {
  requirePermission(actor, 'application.read')
  return transaction(deps.db, async (tx) => {
    if (!(await deleteView(tx, actor, viewId))) throw new NotFound('存下的筛选')
  })
}
