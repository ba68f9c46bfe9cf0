import type { Context } from 'hono'
import { Notice, PortalPage, Sheet, renderPage } from '../../platform/html/index.ts'
import { isApi, parseForm, TooLarge } from '../../platform/http/index.ts'
import { safeNext } from '../web.ts'

const FORM_LIMITS = { maxBytes: 4 * 1024 * 1024, maxFields: 600, maxFieldBytes: 3 * 1024 * 1024, maxFiles: 20 }
/** 附着的文件大，带不回来的，退回登录页说明 */
const LOST = 'lost'

/** 没有登录：页面转到登录页，登录后回来；接口答 401；交来的表单照样交还，登录之后再交。 */
export async function turnAway(c: Context): Promise<Response> {
  if (isApi(c)) return c.json({ code: 'not-signed-in', message: '请先登录' }, 401)
  if (c.req.method === 'GET' || c.req.method === 'HEAD') return toSignIn(c, new URL(c.req.url))
  const kept = await keptFields(c)
  if (kept === null || kept === LOST) return toSignIn(c, URL.parse(c.req.header('referer') ?? ''), kept === LOST)
  return renderPage(c, <KeptPage action={c.req.path} {...kept} />, { status: 401 })
}

function toSignIn(c: Context, from: URL | null, lost = false): Response {
  const isOurs = from !== null && from.host === new URL(c.req.url).host
  return c.redirect(isOurs ? `/sign-in?next=${encodeURIComponent(safeNext(from.pathname + from.search))}${lost ? '&lost=1' : ''}` : `/sign-in${lost ? '?lost=1' : ''}`, 303)
}

// 会话闲置三十分钟即止，写一份正文常不止三十分钟，故不得丢。口令不写回页面，文件带不回来，只按了个按钮的没有可丢的
async function keptFields(c: Context): Promise<Kept | typeof LOST | null> {
  if (c.req.path.startsWith('/desk/account')) return null
  const type = c.req.header('content-type') ?? ''
  if (!/^(?:application\/x-www-form-urlencoded|multipart\/form-data)/.test(type)) return null
  const form = await parseForm(c, FORM_LIMITS).catch((error: unknown) => (error instanceof TooLarge ? LOST : Promise.reject(error)))
  if (form === LOST) return LOST
  const { fields, files } = form
  const kept = Object.entries(fields).flatMap(([name, values]) => values.map((value): [string, string] => [name, value]))
  return kept.length === 0 ? null : { fields: kept, files: files.map(({ name }) => name) }
}

interface Kept {
  fields: readonly (readonly [name: string, value: string])[]
  /** 带不回来的文件名 */
  files: readonly string[]
}

const KeptPage = ({ action, fields, files }: Kept & { action: string }) => (
  <PortalPage title="登录已过期">
    <div className="stack">
      <Notice tone="warn" title="刚才填写的还没有保存，但都在这一页里，请先不要关闭" live>
        会话闲置三十分钟、登录满十二小时自动结束。{files.length > 0 && `所选的文件（${files.map((name) => name.slice(0, 60)).join('、')}）带不过来，续办之后请重新选。`}
      </Notice>
      <Sheet title="两步续办">
        <ol>
          <li>
            <a href="/sign-in" target="_blank" rel="noopener">
              在新窗口登录
            </a>
          </li>
          <li>回到这一页，再提交一次</li>
        </ol>
        <form method="post" action={action}>
          {fields.map(([name, value], i) => (
            <input key={i} type="hidden" name={name} value={value} />
          ))}
          <button className="btn">已经登录，再提交一次</button>
        </form>
      </Sheet>
    </div>
  </PortalPage>
)
