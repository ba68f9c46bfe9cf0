import { Hono } from 'hono'
import type { Context } from 'hono'
import { getBodyByCode } from '../../bodies/index.ts'
import { NotFound } from '../../platform/errors.ts'
import { DataTable, DefinitionList, PortalPage, Sheet, parseListQuery, renderPage } from '../../platform/html/index.ts'
import type { ListQuery } from '../../platform/html/index.ts'
import { publicPage, rateLimit } from '../../platform/http/index.ts'
import { isId } from '../../platform/id.ts'
import { openAnswerDocument } from '../redaction-desk/index.ts'
import { listLoggable } from './answered-log-acts.ts'
import { Lines } from './answered-log-pages.tsx'
import { getPublicEntry, listEntries, listPublishedYears } from './answered-log-store.ts'
import type { LogEntry } from './answered-log-store.ts'

/** 门户上答复过的申请：列表、每件一页、所附的文件；撤下的只说明已撤下（410）。 */
export const answeredLogRoutes = new Hono()

const PATH = '/bodies/:code/answered-requests'
const LIST = { sorts: ['publishedOn'], defaultSort: '-publishedOn', filters: { year: 'year' }, size: 50 } as const

answeredLogRoutes.get(PATH, (c) => publicPage(c, () => listPage(c)))

async function listPage(c: Context) {
  const { db } = c.get('deps')
  const body = await getBodyByCode(db, c.req.param('code') ?? '')
  const query = parseListQuery(c.req.url, LIST)
  const year = query.filters['year']
  const { rows, total } = await listEntries(db, { bodyId: body.bodyId, status: 'published', text: query.q, limit: query.size, offset: query.offset, ...(year === undefined ? {} : { year: Number(year) }) })
  return renderPage(c, <LogPage body={body} rows={rows} total={total} query={query} years={await listPublishedYears(db, body.bodyId)} />)
}

interface Named {
  code: string
  name: string
}
const crumbsOf = ({ code, name }: Named) => [
  { label: '首页', href: '/' },
  { label: name, href: `/bodies/${code}` },
]

const LogPage = ({ body, rows, total, query, years }: { body: Named; rows: readonly LogEntry[]; total: number; query: ListQuery; years: readonly number[] }) => (
  <PortalPage title={`${body.name}答复过的申请`} heading="答复过的申请" crumbs={crumbsOf(body)} lead="公众关心的答复，已去掉个人信息。要找的在这里的，不用再申请。">
    <DataTable
      caption={`${body.name}答复过的申请`}
      columns={[
        { key: 'title', label: '题目', render: (row: LogEntry) => row.title },
        { key: 'asked', label: '申请公开什么', render: (row) => (row.asked.length > 80 ? `${row.asked.slice(0, 80)}…` : row.asked) },
        { key: 'on', label: '公布日期', align: 'end', nowrap: true, render: (row) => <time dateTime={row.publishedOn ?? ''}>{row.publishedOn}</time> },
      ]}
      rows={rows}
      rowKey={(row) => row.entryId}
      rowHref={(row) => `/bodies/${body.code}/answered-requests/${row.entryId}`}
      list={{ query, total, search: '题目、申请、答复里的字', filters: [{ kind: 'select', name: 'year', label: '公布年度', options: years.map((each) => ({ value: String(each), label: `${each} 年` })) }] }}
      empty={{ title: '还没有公布的答复', children: '没有主动公开、也没有答复过的，可以申请。', action: { label: `向${body.name}申请公开`, href: `/apply/${body.code}` } }}
    />
  </PortalPage>
)

async function find(c: Context) {
  const { db } = c.get('deps')
  const body = await getBodyByCode(db, c.req.param('code') ?? '')
  const entryId = c.req.param('id') ?? ''
  if (!isId(entryId)) throw new NotFound('这件答复')
  return { body, entry: await getPublicEntry(db, body.bodyId, entryId) }
}

answeredLogRoutes.get(`${PATH}/:id`, (c) => publicPage(c, () => entryPage(c)))

async function entryPage(c: Context) {
  const { body, entry } = await find(c)
  const crumbs = [...crumbsOf(body), { label: '答复过的申请', href: `/bodies/${body.code}/answered-requests` }]
  if (entry.status === 'withdrawn') return renderPage(c, <GonePage entry={entry} crumbs={crumbs} />, { status: 410 })
  return renderPage(
    c,
    <PortalPage title={`${entry.title} - ${body.name}`} heading={entry.title} crumbs={crumbs} lead={`${body.name} · ${entry.publishedOn ?? ''} 公布`}>
      <Sheet>
        <DefinitionList
          items={[
            ['申请公开什么', <Lines key="asked" text={entry.asked} />],
            ['答复', <Lines key="answer" text={entry.answer} />],
          ]}
        />
        {entry.attachments.length > 0 && (
          <>
            <h2>所附的文件</h2>
            <ul>
              {entry.attachments.map(({ documentId, name }) => (
                <li key={documentId}>
                  <a href={`/bodies/${body.code}/answered-requests/${entry.entryId}/attachments/${documentId}`}>{name}</a>
                </li>
              ))}
            </ul>
          </>
        )}
        <p className="quiet">答复针对当时的申请作出，已去掉个人信息。</p>
      </Sheet>
    </PortalPage>,
  )
}

const GonePage = ({ entry, crumbs }: { entry: LogEntry; crumbs: readonly { label: string; href: string }[] }) => (
  <PortalPage title="这件答复已撤下" crumbs={crumbs}>
    <div className="prose">
      <p>
        这件答复已于 {entry.withdrawnOn} 撤下：{entry.withdrawReason}
      </p>
    </div>
  </PortalPage>
)

answeredLogRoutes.get(`${PATH}/:id/attachments/:documentId`, rateLimit({ burst: 30, perMinute: 30 }), async (c) => {
  const deps = c.get('deps')
  const { body, entry } = await find(c)
  const listed = entry.status === 'published' ? entry.attachments.find(({ documentId }) => documentId === c.req.param('documentId')) : undefined
  const now = listed === undefined ? [] : await listLoggable(deps.db, body.bodyId, entry.caseId)
  // 批准之后换过的不再给：所公布的须正是批准的那一份
  if (listed === undefined || !now.some((each) => each.documentId === listed.documentId && each.sha === listed.sha)) throw new NotFound('这份文件')
  const { bytes, type, name } = await openAnswerDocument(deps, { bodyId: body.bodyId, caseId: entry.caseId, documentId: listed.documentId })
  c.header('Content-Type', type)
  c.header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
  c.header('Cache-Control', 'public, no-cache')
  return c.body(Uint8Array.from(bytes))
})
