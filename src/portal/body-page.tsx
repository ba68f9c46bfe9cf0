import type { ReactNode } from 'react'
import { ColumnTabs, FeedLinks } from '../catalogue/index.ts'
import { DefinitionList, EmptyState, LinkButton, LinkList, PortalPage, Sheet } from '../platform/html/index.ts'
import type { LinkItem } from '../platform/html/index.ts'
import { reportPath } from './home-page.tsx'

/** 一个机关的专栏首页所示。 */
export interface BodyColumn {
  code: string
  name: string
  abolishedOn: string | null
  /** 曾用名及其止用的日子 */
  formerNames: readonly { name: string; until: string | null }[]
  /** 职责归于何处；没有撤销的为空 */
  successors: readonly { code: string; name: string; on: string }[]
  /** 专栏里最近一次公布、公开、更新之日 */
  updatedOn: string | null
  guideOn: string | null
  institutionOn: string | null
  channelsOn: string | null
  rules: { count: number; latest: string } | null
  /** 法定主动公开内容：共几条、最近更新、最近公开的几条 */
  items: { total: number; headings: number; latest: readonly LinkItem[] }
  answered: number
  /** 有公布了年报的年度的行政权力数据 */
  hasPowers: boolean
  /** 受理机构、地址、电话等，出自公开指南 */
  contact: readonly (readonly [term: string, value: ReactNode])[]
  reports: readonly { year: number; publishedOn: string; corrected: boolean }[]
}

/** 机关的政府信息公开专栏：`/bodies/:code`；指南、制度、法定主动公开内容、年报四块，另设申请的入口。 */
export function BodyPage({ body }: { body: BodyColumn }) {
  const hasAside = body.abolishedOn === null || body.contact.length > 0
  return (
    <PortalPage
      title={`${body.name}政府信息公开专栏`}
      heading={body.name}
      description={`${body.name}的政府信息公开指南、制度、法定主动公开内容与年度报告`}
      crumbs={[
        { label: '首页', href: '/' },
        { label: '各机关', href: '/bodies' },
      ]}
      lead={leadOf(body)}
    >
      <FeedLinks scope={{ kind: 'bodies', code: body.code }} bodyName={body.name} />
      <ColumnTabs body={body} current="" />
      {body.abolishedOn !== null && <Abolished {...body} />}
      <div className={hasAside ? 'aside' : 'stack'}>
        <div className="stack">
          <div className="two">
            <Sheet title="政府信息公开指南">
              <LinkList items={guideLinks(body)} />
            </Sheet>
            <Sheet title="政府信息公开制度">
              <LinkList items={rulesLinks(body)} />
            </Sheet>
          </div>
          <Statutory body={body} />
          <Reports body={body} />
        </div>
        {hasAside && (
          <div className="stack">
            {body.abolishedOn === null && <Entrance code={body.code} />}
            {body.contact.length > 0 && (
              <Sheet title="信息公开工作机构" id="office-contact">
                <DefinitionList items={body.contact} />
              </Sheet>
            )}
          </div>
        )}
      </div>
    </PortalPage>
  )
}

const Abolished = ({ abolishedOn, successors }: Pick<BodyColumn, 'abolishedOn' | 'successors'>) => (
  <div className="notice warn">
    <p className="notice-title">
      <span className="notice-word">注意</span>
      本机关已于 {abolishedOn} 撤销，从前公开的仍可查阅
    </p>
    {successors.map(({ code, name, on }) => (
      <p key={code}>
        自 {on} 起职责归<a href={`/bodies/${code}`}>{name}</a>，申请公开请向它提出。
      </p>
    ))}
  </div>
)

const guideLinks = (body: BodyColumn): LinkItem[] => [
  { label: '公开指南', href: `/bodies/${body.code}/guide`, note: body.guideOn === null ? '还没有公布' : '怎样查、怎样申请、找谁', on: body.guideOn ?? undefined },
  { label: '机构信息', href: `/bodies/${body.code}/institution`, note: body.institutionOn === null ? '还没有公布' : '职能、领导及分工、内设机构、联系方式', on: body.institutionOn ?? undefined },
  ...(body.channelsOn === null ? [] : [{ label: '办事和互动渠道', href: `/bodies/${body.code}/channels`, note: '热线、留言、公众号，写明何日核实过', on: body.channelsOn }]),
]

const rulesLinks = (body: BodyColumn): LinkItem[] => [
  body.rules === null
    ? { label: '公开制度', href: `/bodies/${body.code}/rules`, note: '一律依《政府信息公开条例》办理' }
    : { label: `公开制度（${body.rules.count} 件）`, href: `/bodies/${body.code}/rules`, note: '审查、发布、申请办理等制度', on: body.rules.latest },
]

const Statutory = ({ body }: { body: BodyColumn }) => (
  <Sheet title="法定主动公开内容" id="statutory" actions={<LinkButton second href={`/bodies/${body.code}/statutory`}>按条例的各项看</LinkButton>}>
    {body.items.total === 0 ? (
      <p className="quiet">还没有在本站公开信息。形成或者变更之日起 20 个工作日内公开（条例第二十六条）。</p>
    ) : (
      <>
        <p className="quiet">
          共 {body.items.total} 条，分在 {body.items.headings} 项。最近公开：
        </p>
        <LinkList items={body.items.latest} />
      </>
    )}
    <p className="also">
      {body.items.total > 0 && <a href={`/bodies/${body.code}/items`}>全部公开的信息，可检索</a>}
      {body.hasPowers && <a href={`/bodies/${body.code}/powers`}>行政权力数据</a>}
      {body.abolishedOn === null && <a href={`/subscribe?body=${body.code}`}>订阅</a>}
      {body.answered > 0 && <a href={`/bodies/${body.code}/answered-requests`}>答复过的申请（{body.answered} 件）</a>}
    </p>
  </Sheet>
)

const Reports = ({ body }: { body: BodyColumn }) => (
  <Sheet title="政府信息公开年度报告" id="annual-reports">
    {body.reports.length === 0 ? (
      <EmptyState title="还没有公布的年度报告">
        每年一月三十一日前公布上一年度的报告（条例第四十九条）；此前可看<a href="/annual-reports">其他机关的年度报告</a>。
      </EmptyState>
    ) : (
      <LinkList items={body.reports.map((report) => toReportLink(body, report))} />
    )}
  </Sheet>
)

const Entrance = ({ code }: { code: string }) => (
  <Sheet title="依申请公开">
    <p>没有主动公开的，可以申请。不用登录，不问用途。</p>
    <p>
      <a className="btn" href={`/apply/${code}`}>
        向本机关申请
      </a>
    </p>
    <p>
      <a href="/applications/track">查询申请进度</a>
    </p>
  </Sheet>
)

function leadOf(body: BodyColumn): string | undefined {
  const names = body.formerNames.map(({ name, until }) => (until === null ? name : `${name}（至 ${until}）`)).join('、')
  const parts = [...(names === '' ? [] : [`曾用名：${names}`]), ...(body.updatedOn === null ? [] : [`最近更新 ${body.updatedOn}`])]
  return parts.length === 0 ? undefined : parts.join('　')
}

const toReportLink = (body: BodyColumn, report: BodyColumn['reports'][number]): LinkItem => ({
  label: `${report.year} 年度报告`,
  href: reportPath(body.code, report.year),
  note: report.corrected ? '公布后更正过，页内有更正说明与原件' : undefined,
  on: report.publishedOn,
})
