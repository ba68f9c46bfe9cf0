import './tables.ts'
import { sql } from 'kysely'
import { getCalendar } from '../bodies/index.ts'
import type { Tx } from '../platform/db.ts'
import { listSource } from '../platform/record-source.ts'
import type { CheckedRecord, SourceScope } from '../platform/record-source.ts'
import { reportDeadline } from '../statute/annual-deadlines.ts'
import { yearOf } from '../statute/plain-date.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import { listFilers } from './collection/filings.ts'

interface Standing {
  bodyId: string
  filedOn: PlainDate | null
  publishedOn: PlainDate | null
  returnedOn: PlainDate | null
  editions: number
}

/** 应报该年度报告的各机关：第一次报送、公布之日，退回过没有，出了几版；各机关一次取齐。 */
async function listStandings(tx: Tx, { bodyIds, to, today }: SourceScope): Promise<Standing[]> {
  const wanted = new Set(bodyIds)
  const year = yearOf(to)
  const { rows } = await sql<{ bodyId: string; filedOn: PlainDate | null; editions: number }>`
    select body_id as "bodyId", min(filed_on) as "filedOn", count(*) filter (where published_on is not null) as editions
    from annual_report_edition where body_id = any(${[...bodyIds]}::uuid[]) and year = ${year} group by 1`.execute(tx)
  const inSystem = new Map(rows.map((row) => [row.bodyId, row]))
  return (await listFilers(tx, year, today))
    .filter(({ bodyId }) => wanted.has(bodyId))
    .map(({ bodyId, filedOn, publishedOn, returnedOn }) => ({ bodyId, filedOn: filedOn ?? inSystem.get(bodyId)?.filedOn ?? null, publishedOn, returnedOn, editions: inSystem.get(bodyId)?.editions ?? 0 }))
}

const one = (bodyId: string, record: Omit<CheckedRecord, 'recordId' | 'label'>, year: number): [string, CheckedRecord[]] => [bodyId, [{ recordId: `report:${year}`, label: `${year} 年度报告`, ...record }]]

/** 年度报告是否按期报送并公布（条例第四十九条）；期限没有到而没有办完的不算。 */
export const reportsInTime = listSource(async (tx, scope) => {
  const year = yearOf(scope.to)
  const { dueOn } = reportDeadline(year, await getCalendar(tx))
  return new Map(
    (await listStandings(tx, scope)).flatMap(({ bodyId, filedOn, publishedOn }) => {
      const done = filedOn !== null && publishedOn !== null
      if (!done && scope.today <= dueOn) return []
      return [one(bodyId, { note: `期限 ${dueOn}，报送 ${filedOn ?? '没有'}，公布 ${publishedOn ?? '没有'}`, on: filedOn, good: done && filedOn <= dueOn && publishedOn <= dueOn }, year)]
    }),
  )
})

/** 报送了的年度报告有没有被退回、公布之后更正过。 */
export const reportsRight = listSource(async (tx, scope) => {
  const year = yearOf(scope.to)
  return new Map(
    (await listStandings(tx, scope)).flatMap(({ bodyId, filedOn, returnedOn, editions }) => {
      if (filedOn === null) return []
      const note = [...(returnedOn === null ? [] : [`${returnedOn} 退回`]), ...(editions > 1 ? [`更正 ${editions - 1} 次`] : [])].join('，')
      return [one(bodyId, { note: note === '' ? '没有退回、没有更正' : note, on: filedOn, good: returnedOn === null && editions <= 1 }, year)]
    }),
  )
})
