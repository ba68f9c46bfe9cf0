import { Notice, PortalPage, Sheet } from '../../platform/html/index.ts'
import type { VersionDifference } from '../content/diff-versions.ts'
import { VersionDifferenceView } from '../content/version-difference.tsx'
import type { PublishedVersion } from '../item.ts'
import type { ItemModel } from './item-model.ts'
import { itemPath } from './item-path.ts'

export interface EditionPageProps {
  model: ItemModel
  /** 所看的从前的一版 */
  before: PublishedVersion
  /** 与现行的一版的不同 */
  difference: VersionDifference
}

/** 从前的一版与现行的有哪些不同：`/items/<索引号>?edition=`。从前的正文不另成一页，免得被当作现行的引用。 */
export const EditionPage = ({ model: { item, body }, before, difference }: EditionPageProps) => (
  <PortalPage
    title={`${item.title}（第 ${before.edition} 版之后的改动）`}
    heading={item.title}
    crumbs={[
      { label: '首页', href: '/' },
      { label: body.name, href: `/bodies/${body.code}` },
      { label: item.title, href: itemPath(item.indexNo) },
    ]}
    lead={`第 ${before.edition} 版（${before.on} 公开）→ 第 ${item.edition} 版（${item.revisedOn} 公开，现行）`}
  >
    <div className="stack">
      <Notice tone="info" title="这里只列改动">
        <a href={itemPath(item.indexNo)}>看现行的全文</a>。划去的是删的，下划线的是增的。
      </Notice>
      <Sheet title="改动">
        <VersionDifferenceView difference={difference} />
      </Sheet>
    </div>
  </PortalPage>
)
