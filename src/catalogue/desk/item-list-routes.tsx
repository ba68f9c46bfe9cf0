import { writeXlsx } from 'hucre/xlsx'
import { Hono } from 'hono'
import type { Context } from 'hono'
import { record } from '../../audit/index.ts'
import { can, permit, requirePermission, signedIn, takeFlash } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import { renderPage } from '../../platform/html/index.ts'
import { safeCell, toCsvLine } from '../../platform/ledger/index.ts'
import { listNewDrafts } from '../content/draft-store.ts'
import { ATTRIBUTES, ITEM_STATUSES } from '../item.ts'
import { articleOf } from '../publication-codes.ts'
import { ItemListPage } from './item-list-page.tsx'
import { itemFilterOf, parseItemList, sortOf } from './item-list-spec.ts'
import { countItemRows, listFormedYears, listItems, MOST_COUNTED } from './list-items.ts'
import type { ItemRow } from './list-items.ts'

/** 信息的列表与导出。 */
export const itemListRoutes = new Hono()

itemListRoutes.get('/desk/items', permit('item.read'), async (c) => {
  const { deps, actor } = signedIn(c)
  const { db, clock } = deps
  const { bodyId } = actor
  const query = parseItemList(c.req.url)
  const filter = itemFilterOf(query, { bodyId, today: clock.today() })
  const rows = await listItems(db, filter, { sort: sortOf(query), descending: query.descending, limit: query.size, offset: query.offset })
  const total = await countItemRows(db, filter)
  const canHandle = can(actor, 'item.handle', bodyId)
  return renderPage(
    c,
    <ItemListPage
      {...{ rows, query, canHandle }}
      total={total >= MOST_COUNTED ? { atLeast: MOST_COUNTED } : total}
      years={await listFormedYears(db, bodyId)}
      late={await countItemRows(db, { bodyId, lateOn: clock.today() })}
      drafts={canHandle ? await listNewDrafts(db, { bodyId, accountId: actor.accountId }) : []}
      today={clock.today()}
      canExport={can(actor, 'export.data')}
      flash={takeFlash(c)}
    />,
  )
})

const HEAD = ['索引号', '标题', '发文字号', '办到', '公开属性', '事项', '成文日期', '应当公开之日', '首次公开之日', '现行版本公开之日', '撤回之日']
const EXPORT_ROWS = 100_000
const STEP = 1000

const lineOf = (row: ItemRow): string[] => [
  row.indexNo, row.title, row.docNo ?? '', ITEM_STATUSES[row.status], row.attribute === null ? '' : ATTRIBUTES[row.attribute], row.codes.map(articleOf).join('、'),
  row.formedOn, row.dueOn ?? '', row.firstPublishedOn ?? '', row.publishedOn ?? '', row.withdrawnOn ?? '',
]

/** 照列表的条件取出各行并留痕。 */
async function exported(c: Context): Promise<string[][]> {
  const { deps, actor } = signedIn(c)
  requirePermission(actor, 'item.read')
  const query = parseItemList(c.req.url)
  const filter = itemFilterOf(query, { bodyId: actor.bodyId, today: deps.clock.today() })
  const lines: string[][] = []
  for (let offset = 0; offset < EXPORT_ROWS; offset += STEP) {
    const rows = await listItems(deps.db, filter, { sort: sortOf(query), descending: query.descending, limit: STEP, offset })
    lines.push(...rows.map(lineOf))
    if (rows.length < STEP) break
  }
  await transaction(deps.db, (tx) => record(tx, actor, 'item.exported-list', { bodyId: actor.bodyId, target: 'items' }, { rows: lines.length }))
  return lines
}

const named = (c: Context, name: string) => c.header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)

itemListRoutes.get('/desk/items.csv', permit('export.data'), async (c) => {
  const lines = await exported(c)
  c.header('Content-Type', 'text/csv; charset=utf-8')
  named(c, '信息.csv')
  return c.body(`\uFEFF${[HEAD, ...lines].map(toCsvLine).join('')}`)
})

itemListRoutes.get('/desk/items.xlsx', permit('export.data'), async (c) => {
  const lines = await exported(c)
  const bytes = await writeXlsx({ sheets: [{ name: '信息', rows: [HEAD, ...lines].map((line) => line.map(safeCell)) }] })
  c.header('Content-Type', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
  named(c, '信息.xlsx')
  return c.body(new Uint8Array(bytes))
})
