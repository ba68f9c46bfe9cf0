import type { ReactNode } from 'react'
import type { Body } from '../../bodies/index.ts'
import { PortalPage, Tabs } from '../../platform/html/index.ts'

export type ColumnBody = Pick<Body, 'code' | 'name' | 'abolishedOn'>

const columnPath = (code: string, path = ''): string => `/bodies/${code}${path === '' ? '' : `/${path}`}`

/** 一个机关的专栏各页之间的走法；撤销了的不再受理申请。 */
export const ColumnTabs = ({ body, current }: { body: ColumnBody; current: string }) => (
  <Tabs
    label="政府信息公开专栏"
    current={columnPath(body.code, current)}
    tabs={[
      { label: '专栏首页', href: columnPath(body.code) },
      { label: '公开指南', href: columnPath(body.code, 'guide') },
      { label: '公开制度', href: columnPath(body.code, 'rules') },
      { label: '法定主动公开内容', href: columnPath(body.code, 'statutory') },
      { label: '机构信息', href: columnPath(body.code, 'institution') },
      { label: '办事渠道', href: columnPath(body.code, 'channels') },
      { label: '年度报告', href: `${columnPath(body.code)}#annual-reports` },
      ...(body.abolishedOn === null ? [{ label: '申请公开', href: `/apply/${body.code}` }] : []),
    ]}
  />
)

/** 专栏里的一页：题名、走法、最近更新之日。 */
export const ColumnFrame = ({ body, title, path, lead, crumbs = [], children }: { body: ColumnBody; title: string; path: string; lead?: ReactNode; crumbs?: readonly { label: string; href: string }[]; children: ReactNode }) => (
  <PortalPage
    title={`${body.name}${title}`}
    heading={title}
    description={`${body.name}的${title}`}
    crumbs={[{ label: '首页', href: '/' }, { label: body.name, href: columnPath(body.code) }, ...crumbs]}
    lead={
      <>
        {body.name}
        {lead !== undefined && <>　{lead}</>}
      </>
    }
  >
    <ColumnTabs body={body} current={path} />
    {children}
  </PortalPage>
)

/** 「第 2 版，2026-01-05 更新」。 */
export const UpdatedOn = ({ shown }: { shown: { number: number | null; publishedOn: string | null } }) => (
  <>
    第 {shown.number} 版，<time dateTime={shown.publishedOn ?? undefined}>{shown.publishedOn}</time> 更新
  </>
)
