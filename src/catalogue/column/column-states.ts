import './tables.ts'
import { listBodies } from '../../bodies/index.ts'
import type { Tx } from '../../platform/db.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { hashRow, missingIn } from './column-content.ts'
import { changedFacts, factsOf } from './column-facts.ts'
import type { FactChange } from './column-facts.ts'
import { PART_NAMES, listOf } from './column-parts.ts'
import type { PartName } from './column-parts.ts'
import { toVersion } from './column-store.ts'
import type { ColumnVersion } from './column-store.ts'

/** 一条公布着的渠道；没有核实过的为 null。 */
export interface ChannelState {
  name: string
  checkedOn: PlainDate | null
}

/** 一个机构的专栏现状，供公开职责看板。 */
export interface ColumnState {
  bodyId: string
  code: string
  name: string
  /** 各部分最近公布之日；没有公布过的为 null */
  publishedOn: Readonly<Record<PartName, PlainDate | null>>
  /** 公布着的指南缺的要素；没有公布指南的为全部 */
  guideMissing: readonly string[]
  /** 公布指南之后机构情况变了的（条例第十二条：须及时更新） */
  guideOutdated: readonly FactChange[]
  channels: readonly ChannelState[]
}

/** 各现存机构的专栏现状，按机构的次序；一次至多一千个机构。 */
export async function listColumnStates(tx: Tx): Promise<ColumnState[]> {
  const bodies = await listBodies(tx)
  if (bodies.length === 0) return []
  const ids = bodies.map(({ bodyId }) => bodyId)
  const rows = await tx.selectFrom('column_version').selectAll().where('body_id', 'in', ids).where('status', '=', 'published').execute()
  const checks = await tx.selectFrom('column_channel_check').select(['body_id', 'row_hash', 'checked_on']).where('body_id', 'in', ids).execute()
  const checkedOn = new Map(checks.map((row) => [`${row.body_id} ${row.row_hash}`, row.checked_on]))
  const shown = Map.groupBy(rows, (row) => row.body_id)
  return bodies.map(({ bodyId, code, name }) => {
    const parts = new Map<PartName, ColumnVersion>((shown.get(bodyId) ?? []).map((row) => [row.part, toVersion(row)]))
    const guide = parts.get('guide')
    const channels = parts.get('channels')
    return {
      bodyId,
      code,
      name,
      publishedOn: Object.fromEntries(PART_NAMES.map((part) => [part, parts.get(part)?.publishedOn ?? null])) as Record<PartName, PlainDate | null>,
      guideMissing: missingIn('guide', guide?.content ?? { fields: {}, lists: {} }),
      guideOutdated: guide === undefined ? [] : changedFacts(guide.facts, factsOf(name, parts.get('institution')?.content ?? null)),
      channels: channels === undefined ? [] : listOf(channels.content, 'channels').map((row) => ({ name: row['name'] ?? '', checkedOn: checkedOn.get(`${bodyId} ${hashRow(row)}`) ?? null })),
    }
  })
}
