import { DefinitionList, DeskPage, LinkList, Sheet, Timeline, type Crumb, type TimelineEntry } from '../../platform/html/index.ts'

export interface RecordPageModel {
  title: string
  kindLabel: string
  facts: readonly (readonly [string, string])[]
  history: readonly TimelineEntry[]
  /** 计入哪些格：年度报告的格与其地址 */
  feeds: readonly { label: string; href: string }[]
  /** 怎样更正这条记录 */
  mend: string
  /** 由哪一份报告而来 */
  from: Crumb | null
  /** 办理这件案子的页面；没有的、别的机关的为 null */
  handle: Crumb | null
  mayImport: boolean
  /** 公众看到的页面；没有公开着的为 null */
  publicHref: string | null
}

/** 一条记录：内容、经过，以及它计入的每一格。从记录看到报告。 */
export function RecordPage({ title, kindLabel, facts, history, feeds, mend, handle, mayImport, publicHref, from }: RecordPageModel) {
  return (
    <DeskPage
      title={`${title}（记录）`}
      heading={title}
      actions={handle === null ? undefined : <a href={handle.href}>{handle.label}</a>}
      crumbs={[{ label: '年度报告', href: '/desk/reports' }, ...(from === null ? [] : [from])]} lead={kindLabel}
    >
      <div className="aside">
        <div className="stack">
          <Sheet title="内容">
            <DefinitionList items={facts} />
            {publicHref !== null && (
              <p>
                <a href={publicHref}>公众看到的页面</a>
              </p>
            )}
          </Sheet>
          <Sheet title="经过">
            <Timeline entries={history} />
          </Sheet>
        </div>
        <div className="stack">
          <Sheet title="计入年度报告">
            {feeds.length === 0 ? (
              <p className="quiet">这条记录没有计入任何一格。</p>
            ) : (
              <LinkList items={feeds} />
            )}
          </Sheet>
          <Sheet title="怎样更正">
            <p className="quiet">{mend}</p>
            {handle !== null ? (
              <p>
                <a href={handle.href}>{handle.label}</a>
              </p>
            ) : (
              mayImport && (
                <p>
                  <a href="/desk/ledgers">导入台账</a>
                </p>
              )
            )}
          </Sheet>
        </div>
      </div>
    </DeskPage>
  )
}
