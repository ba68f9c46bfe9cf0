import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { FrameProvider } from './frame.ts'
import type { Frame, RailSection } from './frame.ts'

const NO_RAIL: readonly RailSection[] = []

export interface RenderOptions {
  status?: ContentfulStatusCode
  /** 长任务的页面每隔几秒自行刷新；地址带 `?refresh=off` 则停（WCAG 2.2.1 由使用者控制） */
  refreshSeconds?: number
}

/** 把整页元素（PortalPage、DeskPage 等）渲染成应答。工作台页面此时才读左栏的件数。 */
export async function renderPage(c: Context, page: ReactElement, options: RenderOptions = {}): Promise<Response> {
  const given = c.get('frame')
  const frame = given.loadSiteName === undefined ? given : { ...given, siteName: await given.loadSiteName() }
  const isDesk = frame.path === '/desk' || frame.path.startsWith('/desk/')
  const seconds = c.req.query('refresh') === 'off' ? 0 : (options.refreshSeconds ?? 0)
  if (seconds > 0) c.header('Refresh', String(seconds))
  const html = renderToHtml(frame, isDesk ? await frame.loadRail() : NO_RAIL, seconds, page)
  return c.html(html, options.status ?? 200)
}

/** 渲染成文本；页面缓存与测试用。 */
export function renderToHtml(
  frame: Frame,
  rail: readonly RailSection[],
  refreshSeconds: number,
  page: ReactElement,
): string {
  const value = { ...frame, rail, refreshSeconds }
  return `<!doctype html>${renderToStaticMarkup(<FrameProvider value={value}>{page}</FrameProvider>)}`
}
