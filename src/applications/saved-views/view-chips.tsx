import { toListSearch } from '../../platform/html/index.ts'
import type { ListQuery } from '../../platform/html/index.ts'
import { VIEWS } from '../desk/list-spec.ts'
import type { View } from '../desk/list-spec.ts'
import { canonicalQuery } from './save-view.ts'
import type { SavedView } from './saved-view-store.ts'

export interface Chip {
  label: string
  href: string
  current: boolean
}

/** 这一面存下的筛选，自己的在前；现在看的正是的标出。 */
export const toChips = (view: View, query: ListQuery, views: readonly SavedView[]): Chip[] => {
  const now = toListSearch({ ...query, after: null, before: null, page: 1 }).slice(1)
  return views
    .filter(({ list }) => list === view)
    .map((saved) => ({ saved, search: canonicalQuery(view, saved.query) }))
    .map(({ saved, search }) => ({ label: saved.name, href: `${VIEWS[view].href}?${search}`, current: search === now }))
}

const isNarrowed = ({ q, filters }: ListQuery): boolean => q !== '' || Object.keys(filters).length > 0

/** 列表上方的一行：全部、存下的各个、存下现在的。没有存过、也没有条件的不占地方。 */
export function ViewChips({ view, query, chips }: { view: View; query: ListQuery; chips: readonly Chip[] }) {
  const narrowed = isNarrowed(query)
  if (chips.length === 0 && !narrowed) return null
  const known = chips.some(({ current }) => current)
  return (
    <nav className="chips" aria-label="存下的筛选">
      {chips.length > 0 && (
        <ul>
          {[{ label: '全部', href: `${VIEWS[view].href}?all=1`, current: !narrowed && !known }, ...chips].map((chip) => (
            <li key={chip.href + chip.label}>
              <a href={chip.href} aria-current={chip.current ? 'page' : undefined}>
                {chip.label}
              </a>
            </li>
          ))}
        </ul>
      )}
      <p>
        {!known && <a href={`/desk/applications/views/new?list=${view}&${toListSearch(query).slice(1)}`}>存下现在的筛选</a>}
        {chips.length > 0 && <a href="/desk/applications/views">管理</a>}
      </p>
    </nav>
  )
}
