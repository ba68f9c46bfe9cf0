import type { ReactNode } from 'react'
import { DefinitionList, EmptyState, LinkList, PortalPage, Sheet } from '../platform/html/index.ts'
import type { LinkItem } from '../platform/html/index.ts'
import { reportPath } from './home-page.tsx'

/** 一个机关的专栏所示；没有的部分不写，页面便不列。 */
export interface BodyColumn {
  code: string
  name: string
  /** 曾用名及其止用的日子 */
  formerNames: readonly { name: string; until: string | null }[]
  /** 法定专栏的其他部分：公开指南、公开制度、法定主动公开内容；只列已有页面的 */
  parts: readonly LinkItem[]
  /** 受理机构、地址、电话等，出自公开指南 */
  contact: readonly (readonly [term: string, value: ReactNode])[]
  reports: readonly { year: number; publishedOn: string; corrected: boolean }[]
}

/** 机关的政府信息公开专栏：`/bodies/:code`。 */
export function BodyPage({ body }: { body: BodyColumn }) {
  return (
    <PortalPage
      title={`${body.name}政府信息公开`}
      heading={body.name}
      crumbs={[{ label: '首页', href: '/' }]}
      lead={formerNamesLine(body.formerNames)}
    >
      <div className={body.contact.length > 0 ? 'aside' : 'stack'}>
        <div className="stack">
          {body.parts.length > 0 && (
            <Sheet title="公开内容">
              <LinkList items={body.parts} />
            </Sheet>
          )}
          <Sheet title="政府信息公开年度报告" id="annual-reports">
            {body.reports.length === 0 ? (
              <EmptyState title="还没有公布的年度报告">
                每年一月三十一日前公布上一年度的报告（条例第四十九条）；此前可看<a href="/annual-reports">其他机关的年度报告</a>。
              </EmptyState>
            ) : (
              <LinkList items={body.reports.map((report) => toReportLink(body, report))} />
            )}
          </Sheet>
        </div>
        {body.contact.length > 0 && (
          <Sheet title="信息公开工作机构">
            <DefinitionList items={body.contact} />
          </Sheet>
        )}
      </div>
    </PortalPage>
  )
}

const formerNamesLine = (names: BodyColumn['formerNames']): string | undefined =>
  names.length === 0
    ? undefined
    : `曾用名：${names.map(({ name, until }) => (until === null ? name : `${name}（至 ${until}）`)).join('、')}`

const toReportLink = (body: BodyColumn, report: BodyColumn['reports'][number]): LinkItem => ({
  label: `${report.year} 年度报告`,
  href: reportPath(body.code, report.year),
  note: report.corrected ? '公布后更正过，页内有更正说明与原件' : undefined,
  on: report.publishedOn,
})
