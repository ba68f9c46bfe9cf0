import type { ReactNode } from 'react'
import type { Context, ErrorHandler, NotFoundHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { isDatabaseAway } from '../connect.ts'
import { Conflict, Forbidden, NotFound } from '../errors.ts'
import { DeskPage, PortalPage, renderPage, setFrame } from '../html/index.ts'
import { isApi } from './env.ts'
import { answerProblem } from './problem.ts'
import { Busy, ForeignOrigin, Malformed, TooLarge, TooOften } from './refused.ts'

interface Answer {
  status: ContentfulStatusCode
  code: string
  title: string
  message: string
}

/** 错误怎样答：可以预料的各有其词，其余是缺陷，只给请求号。 */
function toAnswer(error: Error): Answer {
  if (error instanceof NotFound)
    return { status: 404, code: 'not-found', title: '没有这个页面', message: '它可能已经撤下，或地址有误。' }
  if (error instanceof Forbidden)
    return { status: 403, code: 'forbidden', title: '无权办理', message: '您的岗位不能办这件事。需要办理的，请找本机关的系统管理员或信息公开工作机构。' }
  if (error instanceof ForeignOrigin)
    return { status: 403, code: 'foreign-origin', title: '没有办理', message: '这次提交不是从本站页面发出的，已经拒绝。请回到本站页面重新提交。' }
  if (error instanceof Conflict)
    return { status: 409, code: 'conflict', title: '这件事已有变动', message: '您打开页面之后，同一件事已经有人办过（也可能是您连按了两次，或者在另一页办过），这次没有办理，也没有覆盖。请返回看过最新情形，再决定是否办理。' }
  if (error instanceof TooLarge)
    return { status: 413, code: 'too-large', title: '内容太大', message: `提交的内容${error.message}，没有接收。请退回上一页，换小一些的文件再交；此前已经保存的没有丢。` }
  if (error instanceof TooOften)
    return { status: 429, code: 'too-often', title: '操作太频繁', message: `请 ${error.retrySeconds} 秒后再试。` }
  if (error instanceof Busy)
    return { status: 503, code: 'busy', title: '此刻太忙', message: `同时提交大文件的人太多，这一份没有接收。请 ${error.retrySeconds} 秒后再试。` }
  if (isDatabaseAway(error))
    return { status: 503, code: 'database-away', title: '暂时不能办理', message: '数据库暂时连不上，这次没有办成。多半很快恢复，请过一会儿再试；一直如此的，请告诉系统管理员。' }
  if (isDiskFull(error))
    return { status: 507, code: 'storage-full', title: '存不下了', message: '服务器的磁盘已满，这次没有办成，也没有留下残片。请告诉系统管理员，腾出空间后再试。' }
  if (error instanceof Malformed || isClientMistake(error))
    return { status: 400, code: 'malformed', title: '请求有误', message: error instanceof Malformed ? `${error.message}，没有办理。` : '请求的格式不对，没有办理。' }
  return { status: 500, code: 'internal', title: '系统出错', message: '这次没有办成，已经记录。稍后可以再试；仍不行的，请把请求号告诉系统管理员。' }
}

const DISK_FULL = new Set(['ENOSPC', 'EDQUOT', '53100'])
const isDiskFull = (error: Error): boolean => 'code' in error && DISK_FULL.has(String(error.code))

const isClientMistake = (error: Error): boolean => error instanceof HTTPException && error.status < 500

/** 唯一的错误出口。 */
export const handleError: ErrorHandler = async (error, c) => {
  const answer = toAnswer(error)
  if (answer.status >= 500 && answer.code !== 'busy')
    c.get('deps').log.error({ err: error, requestId: c.get('requestId') }, 'request failed')
  if (error instanceof TooOften || error instanceof Busy) c.header('Retry-After', String(error.retrySeconds))
  // 数据库不通时左栏也数不出来，出错的页面照样要出得来
  if (answer.status >= 500) setFrame(c, { loadRail: async () => [] })
  return say(c, answer)
}

export const handleNotFound: NotFoundHandler = (c) => say(c, toAnswer(new NotFound(c.req.path)))

async function say(c: Context, { status, code, title, message }: Answer): Promise<Response> {
  const requestId = c.get('requestId')
  if (isApi(c)) return answerProblem(c, { status, code, title, detail: message })
  const { path, user } = c.get('frame')
  const atDesk = path.startsWith('/desk') && user !== null
  const body = (
    <ErrorBody home={atDesk ? { href: '/desk', label: '回到工作台' } : { href: '/', label: '回到首页' }} requestId={requestId}>
      {message}
    </ErrorBody>
  )
  const page = atDesk ? <DeskPage title={title}>{body}</DeskPage> : <PortalPage title={title}>{body}</PortalPage>
  return renderPage(c, page, { status })
}

function ErrorBody(props: { children: ReactNode; home: { href: string; label: string }; requestId: string }) {
  return (
    <div className="prose">
      <p>{props.children}</p>
      <p>
        <a className="btn" href={props.home.href}>
          {props.home.label}
        </a>
      </p>
      <p className="quiet">请求号 {props.requestId}</p>
    </div>
  )
}
