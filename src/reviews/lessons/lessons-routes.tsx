import { Hono } from 'hono'
import type { Context } from 'hono'
import { record } from '../../audit/index.ts'
import { getBody, listBodies } from '../../bodies/index.ts'
import { toXlsx } from '../../documents/index.ts'
import { can, permit, requirePermission, signedIn } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import { parseListQuery, renderPage } from '../../platform/html/index.ts'
import type { ListQuery } from '../../platform/html/index.ts'
import { OUTCOME_NAMES } from '../../statute/outcomes.ts'
import { CAUSES } from './lesson.ts'
import { whyOf } from './lessons-for.ts'
import { articleOf, LESSONS, LessonsPage } from './lessons-page.tsx'
import { isWanted, toGroundRows, toYears } from './lessons-view.ts'
import { listAttacked } from './list-attacked.ts'
import type { Attacked } from './list-attacked.ts'

/** 工作台的败诉与纠错；须先于案件的地址挂上。 */
export const lessonsRoutes = new Hono()

const LIST = { sorts: ['endedOn'], defaultSort: '-endedOn', filters: { state: ['corrected'], outcome: OUTCOME_NAMES, cause: [...Object.keys(CAUSES), 'unset'], unit: 'text', body: 'text', year: 'year' } } as const
/** 台账里最早的 */
const EARLIEST = '2008-05-01'

async function load(c: Context) {
  const { deps, actor } = signedIn(c)
  const query = parseListQuery(c.req.url, LIST)
  // 区政务公开办看全区，其余看本机关
  const district = actor.roles.includes('district-office')
  const bodies = district ? new Map((await listBodies(deps.db, { includeAbolished: true })).map(({ bodyId, name }) => [bodyId, name])) : null
  const all = await listAttacked(deps.db, bodies === null ? [actor.bodyId] : [...bodies.keys()], EARLIEST)
  return { deps, actor, query, bodies, all, chosen: sorted(all.filter(isWanted(filterOf(query))).filter(({ corrected }) => corrected || query.filters['state'] === undefined), query) }
}

const filterOf = ({ q, filters }: ListQuery) => {
  const { year, outcome, cause, unit, body } = filters
  return { text: q, ...(year === undefined ? {} : { year }), ...(outcome === undefined ? {} : { outcome }), ...(cause === undefined ? {} : { cause }), ...(unit === undefined ? {} : { unit }), ...(body === undefined ? {} : { bodyId: body }) }
}

const sorted = (rows: readonly Attacked[], { descending }: ListQuery): Attacked[] => {
  const key = (row: Attacked): string => row.endedOn ?? '9999-12-31'
  return rows.toSorted((a, b) => (descending ? key(b).localeCompare(key(a)) : key(a).localeCompare(key(b))) || a.id.localeCompare(b.id))
}

lessonsRoutes.get(LESSONS, permit('review.read'), async (c) => {
  const { actor, query, bodies, all, chosen } = await load(c)
  return renderPage(
    c,
    <LessonsPage
      bodies={bodies}
      ownBodyId={actor.bodyId}
      grounds={toGroundRows(chosen)}
      years={toYears(chosen)}
      units={[...new Set(all.flatMap(({ unit }) => unit ?? []))].toSorted()}
      endedYears={[...new Set(all.flatMap(({ endedOn }) => (endedOn === null ? [] : [Number(endedOn.slice(0, 4))])))].toSorted((a, b) => b - a)}
      rows={chosen.slice(query.offset, query.offset + query.size)}
      total={chosen.length}
      query={query}
      canExport={can(actor, 'export.data', actor.bodyId)}
    />,
  )
})

const HEAD = ['案号', '机关', '答复与依据', '结果', '审结之日', '科室', '错在何处'] as const

lessonsRoutes.get(`${LESSONS}.xlsx`, permit('export.data'), async (c) => {
  const { deps, actor, bodies, chosen } = await load(c)
  requirePermission(actor, 'review.read')
  const body = await getBody(deps.db, actor.bodyId)
  await transaction(deps.db, (tx) => record(tx, actor, 'review.exported', { bodyId: actor.bodyId, target: 'lessons' }, { rows: chosen.length }))
  const rows = chosen.map((row) => [row.caseNo, bodies?.get(row.bodyId) ?? body.name, articleOf(row), row.label ?? '尚未审结', row.endedOn ?? '', row.unit ?? '', whyOf(row)].map((text) => ({ text, align: 'left' as const })))
  const bytes = await toXlsx({
    title: '败诉与纠错',
    issuer: body.name,
    creator: body.name,
    datedOn: deps.clock.today(),
    demo: body.demo,
    blocks: [{ kind: 'table', table: { caption: '败诉与纠错', widths: [2, 2, 3, 2, 1, 1, 3], headRows: 1, landscape: true, rows: [HEAD.map((text) => ({ text, head: true })), ...rows] } }],
  })
  c.header('Content-Type', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
  c.header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent('败诉与纠错.xlsx')}`)
  return c.body(Uint8Array.from(bytes))
})
