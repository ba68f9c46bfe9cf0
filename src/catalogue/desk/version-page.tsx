import { DeskPage, Sheet, momentText } from '../../platform/html/index.ts'
import type { VersionDifference } from '../content/diff-versions.ts'
import { VersionDifferenceView } from '../content/version-difference.tsx'
import { ITEM_LIST } from './item-form-page.tsx'
import type { ItemVersion } from './item-versions.ts'

/** 一稿与另一稿的不同；缺省与上一稿比。 */
export function VersionPage({ itemId, title, versions, before, after, difference }: { itemId: string; title: string; versions: readonly ItemVersion[]; before: ItemVersion; after: ItemVersion; difference: VersionDifference }) {
  const here = `/desk/items/${itemId}/versions/${after.number}`
  return (
    <DeskPage title={`第 ${after.number} 稿的改动`} crumbs={[ITEM_LIST, { label: title, href: `/desk/items/${itemId}` }]} lead={`第 ${before.number} 稿（${momentText(before.at)}）→ 第 ${after.number} 稿（${momentText(after.at)}）。划去的是删的，下划线的是增的。`}>
      {versions.length > 2 && (
        <form className="chips" method="get" action={here}>
          <label className="control">
            <span>与哪一稿比</span>
            <select name="from" defaultValue={String(before.number)}>
              {versions.filter(({ number }) => number !== after.number).map(({ number, published }) => (
                <option key={number} value={number}>
                  第 {number} 稿{published === null ? '' : `（公开的第 ${published.edition} 版）`}
                </option>
              ))}
            </select>
          </label>
          <button className="btn second">比较</button>
        </form>
      )}
      <Sheet>
        <VersionDifferenceView difference={difference} />
      </Sheet>
    </DeskPage>
  )
}
