import './tables.ts'
import { record } from '../../audit/index.ts'
import { listBodies } from '../../bodies/index.ts'
import { actorKey, requirePermission } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Db, Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import type { Problem, Verifier } from '../../platform/verify.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { freeze, hashContent, readFrozen, refreeze } from './frozen.ts'
import type { Frozen, FrozenBody, FrozenInputs } from './frozen.ts'
import { hashRecords, isYearOver, measure, NOTHING_LISTED, periodOf, sourcesIn, toInputs } from './measure.ts'
import type { Measures } from './measure.ts'
import { hrefOf, tellBody } from './scheme-acts.ts'
import { isSettled } from './sheet.ts'
import type { Sheet } from './sheet.ts'
import type { SourceKey, Sources } from './source.ts'
import { emptyLine, findResult, getScheme, listLines, listSheets, lockScheme } from './store.ts'
import type { Line, Scheme } from './store.ts'

/** 此刻的输入：还没有公布的按记录现算。 */
export interface Live {
  scheme: Scheme
  sheets: readonly Sheet[]
  inputs: FrozenInputs
}

/** 此刻各机关所据的数；`withRecords` 的连同各清单的摘要，只在公布时要；`only` 只算这几个机关。 */
export async function loadLive(tx: Tx, sources: Sources, { year, today, withRecords = false, only }: { year: number; today: PlainDate; withRecords?: boolean; only?: readonly string[] }): Promise<Live> {
  const scheme = await getScheme(tx, year)
  const sheets = (await listSheets(tx, scheme.schemeId)).filter(({ bodyId }) => only === undefined || only.includes(bodyId))
  const bodyIds = sheets.map(({ bodyId }) => bodyId)
  const { indicators, title, basis, ranking } = scheme
  const measures = await measure(tx, sources, { indicators, year, bodyIds, today })
  const lines = await listLines(tx, scheme.schemeId, bodyIds)
  const known = new Map((await listBodies(tx, { includeAbolished: true })).map((body) => [body.bodyId, body]))
  const bodies: FrozenBody[] = []
  for (const { bodyId, excused } of sheets) {
    const [body, own] = [known.get(bodyId), lines.get(bodyId) ?? new Map<string, Line>()]
    const hashes = withRecords && excused === null ? await hashAll(tx, sources, scheme, { bodyId, today, measures }) : new Map<SourceKey, { listed: number; hash: string }>()
    bodies.push({ bodyId, code: body?.code ?? '', name: body?.name ?? '', excused, lines: toFrozenLines({ scheme, bodyId, measures, own, hashes }) })
  }
  return { scheme, sheets, inputs: { year, title, basis, ranking, indicators, takenOn: today, bodies } }
}

// 数与清单出自同一句查询，数到 0 条的不必再问；几百家里多数如此
async function hashAll(tx: Tx, sources: Sources, { indicators, year }: Scheme, { bodyId, today, measures }: { bodyId: string; today: PlainDate; measures: Measures }) {
  const found = new Map<SourceKey, { listed: number; hash: string }>()
  for (const key of sourcesIn(indicators)) {
    const isEmpty = (measures.get(key)?.get(bodyId)?.total ?? 0) === 0
    found.set(key, isEmpty ? NOTHING_LISTED : await hashRecords(tx, sources[key], { bodyId, ...periodOf(year), today }))
  }
  return found
}

function toFrozenLines({ scheme: { indicators }, bodyId, measures, own, hashes }: { scheme: Scheme; bodyId: string; measures: Measures; own: ReadonlyMap<string, Line>; hashes: ReadonlyMap<SourceKey, { listed: number; hash: string }> }): FrozenBody['lines'] {
  return toInputs(indicators, bodyId, measures, own).map((input, i) => {
    const indicator = indicators[i]
    const { checkNote, appeal, decision } = own.get(input.code) ?? emptyLine(input.code)
    return { ...input, records: indicator?.kind === 'computed' ? (hashes.get(indicator.source) ?? null) : null, checkNote, appeal, decision }
  })
}

/** 公布前：冻结所得的摘要，还不能公布的机关，核查之后数又变了的。 */
export interface Proposal {
  hash: string
  content: string
  scheme: Scheme
  frozen: Frozen
  unsettled: readonly FrozenBody[]
  moved: readonly { body: FrozenBody; code: string; before: { total: number; good: number }; now: { total: number; good: number } }[]
}

export async function proposeResult(tx: Tx, sources: Sources, { year, today }: { year: number; today: PlainDate }): Promise<Proposal> {
  const { scheme, sheets, inputs } = await loadLive(tx, sources, { year, today, withRecords: true })
  const lines = await listLines(tx, scheme.schemeId, sheets.map(({ bodyId }) => bodyId))
  const settled = new Set(sheets.filter((sheet) => isSettled(sheet, today)).map(({ bodyId }) => bodyId))
  const moved = inputs.bodies.flatMap((body) =>
    body.lines.flatMap(({ code, measured }) => {
      const before = lines.get(body.bodyId)?.get(code)?.seen ?? null
      return before !== null && measured !== null && (before.total !== measured.total || before.good !== measured.good) ? [{ body, code, before, now: measured }] : []
    }),
  )
  const { content, hash } = freeze(inputs)
  return { hash, content, scheme, frozen: readFrozen(content), unsettled: inputs.bodies.filter(({ bodyId }) => !settled.has(bodyId)), moved }
}

export const PUBLISH_REFUSED = {
  'not-open': '考核没有开始，或者已经公布',
  unsettled: '还有机关的考核没有办完',
  'year-not-over': '考核的年度还没有过完',
  changed: '刚才看过之后，记录或者分数又变了；请再看一遍',
} as const
export type PublishAnswer = { ok: true } | { ok: false; refusal: keyof typeof PUBLISH_REFUSED }

/** 公布并冻结：所据的数、清单的摘要、得分合成一份，与所见的摘要相同才公布；此后记录再改也不动它。 */
export function publishResult(deps: Deps, actor: Actor, sources: Sources, { year, seen, hash }: { year: number; seen: number; hash: string }): Promise<PublishAnswer> {
  return transaction(deps.db, async (tx) => {
    const scheme = await lockScheme(tx, year, seen)
    requirePermission(actor, 'assessment.manage', scheme.bodyId)
    const today = deps.clock.today()
    if (scheme.state !== 'open') return { ok: false, refusal: 'not-open' } as const
    if (!isYearOver(year, today)) return { ok: false, refusal: 'year-not-over' } as const
    const proposal = await proposeResult(tx, sources, { year, today })
    if (proposal.unsettled.length > 0) return { ok: false, refusal: 'unsettled' } as const
    if (proposal.hash !== hash) return { ok: false, refusal: 'changed' } as const
    const ref = { body_id: scheme.bodyId, scheme_id: scheme.schemeId }
    await tx.insertInto('assessment_result').values({ ...ref, content: proposal.content, hash, published_by: actorKey(actor), published_on: today }).execute()
    await tx.updateTable('assessment_scheme').set((eb) => ({ state: 'published', published_on: today, version: eb('version', '+', 1), updated_at: deps.clock.now() })).where('body_id', '=', scheme.bodyId).where('scheme_id', '=', scheme.schemeId).execute()
    for (const { bodyId } of proposal.frozen.inputs.bodies) await tellBody(tx, deps, actor, { bodyId, key: `${scheme.schemeId}/published`, title: `${scheme.title}的结果已公布`, href: hrefOf(year) })
    await record(tx, actor, 'assessment.published', { bodyId: scheme.bodyId, target: scheme.schemeId }, { year, hash })
    return { ok: true } as const
  })
}

export interface Published extends Frozen {
  scheme: Scheme
  hash: string
  publishedOn: PlainDate
}

/** 公布的结果；没有公布的为 null。 */
export async function findPublished(tx: Tx, year: number): Promise<Published | null> {
  const scheme = (await tx.selectFrom('assessment_scheme').select('scheme_id').where('year', '=', year).where('state', '=', 'published').executeTakeFirst()) === undefined ? null : await getScheme(tx, year)
  const result = scheme === null ? null : await findResult(tx, scheme.schemeId)
  return scheme === null || result === null ? null : { ...readFrozen(result.content), scheme, hash: result.hash, publishedOn: result.publishedOn }
}

/** 某段日子里公布的考核：名称、考核了几个机关、何日公布。 */
export async function listPublishedIn(tx: Tx, { from, to }: { from: PlainDate; to: PlainDate }): Promise<{ title: string; bodies: number; publishedOn: PlainDate }[]> {
  const rows = await tx.selectFrom('assessment_scheme').select(['year']).where('published_on', '>=', from).where('published_on', '<=', to).orderBy('published_on').limit(20).execute()
  const found = []
  for (const { year } of rows) {
    const published = await findPublished(tx, year)
    if (published !== null) found.push({ title: published.inputs.title, bodies: published.scores.length, publishedOn: published.publishedOn })
  }
  return found
}

/** 公布的结果没有被动过：摘要相符，由存下的输入重算逐字节相同，每份公布的方案都有结果。 */
export const assessmentVerifiers: readonly Verifier[] = [{ name: '考核的结果', verify: ({ db }) => verifyResults(db) }]

async function* verifyResults(db: Db): AsyncIterable<Problem> {
  const schemes = await db.selectFrom('assessment_scheme').select(['scheme_id', 'year', 'state']).orderBy('year').limit(200).execute()
  for (const { scheme_id: schemeId, year, state } of schemes) {
    const where = `${year} 年度考核`
    const result = await findResult(db, schemeId)
    if (result === null) {
      if (state === 'published') yield { where, message: '公布了而没有存下结果' }
      continue
    }
    if (state !== 'published') yield { where, message: '存有结果而没有公布' }
    if (hashContent(result.content) !== result.hash) yield { where, message: '结果与摘要不符' }
    else if (refreeze(result.content) !== result.content) yield { where, message: '由存下的输入重算，结果不同' }
  }
}
