import { Hono } from 'hono'
import type { Context } from 'hono'
import { WHOLE_DISTRICT, listAudit, record } from '../../audit/index.ts'
import type { AuditEntry, AuditFilter } from '../../audit/index.ts'
import { listBodies } from '../../bodies/index.ts'
import { isId } from '../../platform/id.ts'
import { toCsvLine } from '../../platform/ledger/index.ts'
import { parseListQuery, renderPage } from '../../platform/html/index.ts'
import type { ListQuery } from '../../platform/html/index.ts'
import { AuditPage } from './audit-pages.tsx'
import { AUDIT_KINDS, actionText, actorText, detailText } from './audit-words.ts'
import { listDisplayNames } from '../queries.ts'
import { permit, signedIn } from '../web.ts'

/** 审计员查阅、导出留痕。 */
export const auditRoutes = new Hono()

const queryOf = (c: Context): ListQuery =>
  parseListQuery(c.req.url, {
    sorts: ['at'],
    defaultSort: '-at',
    filters: { body: 'text', kind: Object.keys(AUDIT_KINDS), from: 'date', to: 'date' },
  })

function toFilter({ filters, after }: ListQuery): AuditFilter {
  const { body, kind, from, to } = filters
  return {
    bodyId: isId(body) ? body : null,
    ...(kind ? { action: kind } : {}),
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
    ...(isId(after) ? { before: after } : {}),
  }
}

const peopleIn = (c: Context, entries: readonly AuditEntry[]) =>
  listDisplayNames(c.get('deps').db, entries.flatMap((entry) => [entry.actor, entry.target, entry.detail['by'], entry.detail['giver'], entry.detail['onBehalfOf']].flat().filter((id) => typeof id === 'string')))

auditRoutes.get('/desk/admin/audit', permit('audit.read'), async (c) => {
  const { deps } = signedIn(c)
  const query = queryOf(c)
  const { entries, next } = await listAudit(deps.db, toFilter(query))
  const bodies = await listBodies(deps.db, { includeAbolished: true })
  return renderPage(
    c,
    <AuditPage
      entries={entries}
      next={next}
      query={query}
      bodies={[
        { value: WHOLE_DISTRICT, label: '不属某一机关的（登录未成、日历等）' },
        ...bodies.map((body) => ({ value: body.bodyId, label: body.name })),
      ]}
      people={await peopleIn(c, entries)}
    />,
  )
})

/** 一次至多导出几行；更多的请按日期分次。 */
const MAX_EXPORT = 50_000

auditRoutes.get('/desk/admin/audit.csv', permit('audit.read'), async (c) => {
  const { deps, actor } = signedIn(c)
  const filter = toFilter(queryOf(c))
  await record(deps.db, actor, 'audit.exported', filter.bodyId ?? 'all')
  const lines = [toCsvLine(['时刻', '何人', '做了什么', '所涉', '说明', '封存'])]
  for (let before = filter.before; lines.length <= MAX_EXPORT; ) {
    const { entries, next } = await listAudit(deps.db, { ...filter, ...(before ? { before } : {}) })
    const people = await peopleIn(c, entries)
    for (const entry of entries) lines.push(toCsvLine(toCells(entry, people)))
    if (next === null) break
    before = next
  }
  c.header('Content-Type', 'text/csv; charset=utf-8')
  c.header('Content-Disposition', `attachment; filename="audit-${deps.clock.today()}.csv"`)
  // 有 BOM，表格软件才认作 UTF-8
  return c.body(`\uFEFF${lines.join('')}`)
})

const toCells = (entry: AuditEntry, people: ReadonlyMap<string, string>): string[] => [
  entry.at.toISOString(),
  actorText(entry.actor, people),
  actionText(entry.action),
  people.get(entry.target) ?? entry.target,
  detailText(entry.detail, people),
  entry.sealed ? '已封存' : '待封存',
]
