import { Hono } from 'hono'
import { getBody } from '../bodies/index.ts'
import { adminRail, can, signedIn } from '../identity/index.ts'
import { renderPage, type LinkItem } from '../platform/html/index.ts'
import { DeskHomePage } from './home-page.tsx'
import { toDosOf } from './to-dos.ts'

/** 工作台首页；挂在 requireSignIn 之后。 */
export const deskRoutes = new Hono()

deskRoutes.get('/desk', async (c) => {
  const { deps, actor } = signedIn(c)
  const body = await getBody(deps.db, actor.bodyId)
  const toDos = await toDosOf(c, actor)
  const shortcuts: LinkItem[] = [
    ...(can(actor, 'application.handle') ? [{ label: '登记申请', href: '/desk/applications/new', note: '收到之日由渠道认定' }] : []),
    ...(can(actor, 'item.handle') ? [{ label: '登记信息', href: '/desk/items/new', note: '主动公开的，二十个工作日内公开' }] : []),
    ...(can(actor, 'ledger.import') ? [{ label: '导入台账', href: '/desk/ledgers', note: 'XLSX、CSV，逐行说明' }] : []),
    ...(can(actor, 'report.read') ? [{ label: '年度报告', href: '/desk/reports', note: '编制、校核、报送、公布' }] : []),
    { label: '核查别处的报告', href: '/check', note: '放入文件，即查即得' },
    ...(adminRail(actor)?.items ?? []),
  ]
  return renderPage(
    c,
    <DeskHomePage
      model={{
        greeting: `${actor.name}，${body.name}`,
        today: deps.clock.today(),
        toDos,
        shortcuts,
      }}
    />,
  )
})
