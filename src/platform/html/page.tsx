import type { ReactNode } from 'react'
import { currentHref, useFrame } from './frame.ts'
import type { NavItem, RailSection, SignedIn } from './frame.ts'

export interface Crumb {
  label: string
  href: string
}

export interface PageProps {
  /** 标题：浏览器标签上的，也是页内唯一的 h1（heading 另给则以 heading 为准） */
  title: string
  /** 页内 h1 与标签标题不同时 */
  heading?: ReactNode
  /** 上级各页，不含本页 */
  crumbs?: readonly Crumb[]
  /** 标题旁的状态 */
  status?: ReactNode
  /** 标题下一行小字 */
  lead?: ReactNode
  /** 标题行右侧的按钮 */
  actions?: ReactNode
  children?: ReactNode
}

/** 门户页：站头、主导航、面包屑、正文、页脚。 */
export function PortalPage(props: PageProps & { description?: string; plain?: boolean; /** 添在 head 里的：规范地址、机读的描述 */ head?: ReactNode }) {
  const frame = useFrame()
  return (
    <Html title={props.title} description={props.description} head={props.head}>
      <DemoBanner />
      <header className="mast">
        <div className="wrap">
          <a className="mast-name" href="/">
            <strong>{frame.siteName}</strong>
            <small>{frame.siteNote}</small>
          </a>
          <nav aria-label="主导航">
            <NavLinks items={frame.portalNav} />
          </nav>
          <ElderToggle />
        </div>
      </header>
      <main className="wrap page" id="main" tabIndex={-1}>
        <Crumbs crumbs={props.crumbs} />
        {props.plain !== true && <Heading {...props} />}
        {props.children}
      </main>
      <footer className="foot">
        <div className="wrap">
          <nav aria-label="页脚">
            <NavLinks items={frame.footerNav} />
          </nav>
          <p>{frame.siteName}</p>
        </div>
      </footer>
    </Html>
  )
}

/** 工作台页：左栏说明身在何处、各处有多少待办。 */
export function DeskPage(props: PageProps) {
  const frame = useFrame()
  return (
    <Html title={`${props.title} - 工作台`}>
      <DemoBanner />
      <div className="desk">
        <header className="desk-bar">
          <a className="desk-name" href="/desk">
            <strong>{frame.siteName}</strong> <span>工作台</span>
          </a>
          <button className="rail-open" type="button" popoverTarget="rail">
            菜单
          </button>
          <div className="desk-user">
            <ElderToggle />
            {frame.user !== null && <UserMenu user={frame.user} />}
          </div>
        </header>
        <nav className="rail" id="rail" popover="auto" aria-label="工作台">
          <Rail sections={frame.rail} path={frame.path} />
        </nav>
        <main className="desk-main" id="main" tabIndex={-1}>
          <StandingIn lines={frame.user?.standingIn ?? []} />
          <Crumbs crumbs={props.crumbs} />
          <Heading {...props} />
          {props.children}
        </main>
      </div>
    </Html>
  )
}

function Html({ title, description, head, children }: { title: string; description?: string; head?: ReactNode; children: ReactNode }) {
  const frame = useFrame()
  return (
    <html lang="zh-CN" data-elder={frame.elder ? '' : undefined}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title === frame.siteName ? title : `${title} - ${frame.siteName}`}</title>
        {description !== undefined && <meta name="description" content={description} />}
        <link rel="stylesheet" href={frame.stylesheet} />
        <link rel="icon" href={frame.icon} type="image/svg+xml" />
        {head}
      </head>
      <body>
        <a className="skip" href="#main">
          跳到正文
        </a>
        {children}
      </body>
    </html>
  )
}

function Heading({ title, heading, status, lead, actions }: PageProps) {
  return (
    <div className="head">
      <div className="head-text">
        <h1>{heading ?? title}</h1>
        {status !== undefined && <div className="head-status">{status}</div>}
        {lead !== undefined && <div className="head-lead">{lead}</div>}
      </div>
      {actions !== undefined && <div className="actions">{actions}</div>}
    </div>
  )
}

function Crumbs({ crumbs }: { crumbs: readonly Crumb[] | undefined }) {
  if (crumbs === undefined || crumbs.length === 0) return null
  return (
    <nav className="crumbs" aria-label="所在位置">
      <ol>
        {crumbs.map((crumb) => (
          <li key={crumb.href}>
            <a href={crumb.href}>{crumb.label}</a>
          </li>
        ))}
      </ol>
    </nav>
  )
}

function NavLinks({ items }: { items: readonly NavItem[] }) {
  const current = currentHref(items, useFrame().path)
  return (
    <ul>
      {items.map((item) => (
        <li key={item.href}>
          <a href={item.href} aria-current={item.href === current ? 'page' : undefined}>
            {item.label}
          </a>
        </li>
      ))}
    </ul>
  )
}

/** 左栏长到一屏放不下的，各组折起来，只展开所在的一组；不在任何一组里（待办、通知）时，有事要办的组都展开。 */
const LONG_RAIL = 16

function Rail({ sections, path }: { sections: readonly RailSection[]; path: string }) {
  const items = sections.flatMap((section) => section.items)
  const current = currentHref(items, path)
  const isHere = (section: RailSection) => section.items.some((item) => item.href === current)
  const inSection = sections.some((section) => section.title !== undefined && isHere(section))
  return sections.map((section, index) => {
    const list = <RailLinks items={section.items} current={current} />
    if (section.title === undefined || items.length <= LONG_RAIL)
      return (
        <div className="rail-part" key={section.title ?? index}>
          {section.title !== undefined && <h2>{section.title}</h2>}
          {list}
        </div>
      )
    const waiting = section.items.reduce((sum, item) => sum + (item.count ?? 0), 0)
    return (
      <details className="rail-part" key={section.title} open={isHere(section) || (!inSection && waiting > 0)}>
        <summary>
          <h2>{section.title}</h2>
          {waiting > 0 && <Count count={waiting} late={section.items.some((item) => item.late === true)} />}
        </summary>
        {list}
      </details>
    )
  })
}

function RailLinks({ items, current }: { items: readonly NavItem[]; current: string | null }) {
  return (
    <ul>
      {items.map((item) => (
        <li key={item.href}>
          <a href={item.href} aria-current={item.href === current ? 'page' : undefined}>
            {item.label}
            {item.count !== undefined && <Count count={item.count} late={item.late === true} />}
          </a>
        </li>
      ))}
    </ul>
  )
}

function Count({ count, late }: { count: number; late: boolean }) {
  return (
    <span className={late ? 'count late' : 'count'}>
      {count}
      <span className="vh">{late ? ' 件，有逾期' : ' 件'}</span>
    </span>
  )
}

function DemoBanner() {
  const { demo } = useFrame()
  return demo === null ? null : (
    <aside className="demo" aria-label="演示说明">
      {demo}
    </aside>
  )
}

function ElderToggle() {
  const { elder, back } = useFrame()
  return (
    <form className="elder" method="post" action="/elder">
      <input type="hidden" name="back" value={back} />
      <button className="link" name="on" value={elder ? '0' : '1'}>
        {elder ? '退出适老模式' : '适老模式'}
      </button>
      <small className="elder-hint">会重开本页，没提交的要重填</small>
    </form>
  )
}

const StandingIn = ({ lines }: { lines: readonly string[] }) => (lines.length === 0 ? null : <p className="standing-in">{lines.join('；')}</p>)

function UserMenu({ user }: { user: SignedIn }) {
  return (
    <details className="user">
      <summary>{user.name}</summary>
      <div className="user-menu">
        <p className="quiet">{user.note}</p>
        {user.links.length > 0 && <NavLinks items={user.links} />}
        <form method="post" action={user.signOutAction}>
          <button className="btn second">退出登录</button>
        </form>
      </div>
    </details>
  )
}
