import './tables.ts'
import { record } from '../../audit/index.ts'
import { listBodies } from '../../bodies/index.ts'
import type { Body } from '../../bodies/index.ts'
import { actorKey, requirePermission } from '../../identity/index.ts'
import type { Actor, SignedInActor } from '../../identity/index.ts'
import { notify } from '../../notices/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { newId } from '../../platform/id.ts'
import { yearOf } from '../../statute/plain-date.ts'
import { DEFAULT_INDICATORS } from './default-indicators.ts'
import { MOST_INDICATORS, SCHEME_REFUSED, faultOf, nextCode } from './indicator.ts'
import type { Indicator, SchemeFault } from './indicator.ts'
import { lockScheme } from './store.ts'
import type { Scheme } from './store.ts'

export const ACT_REFUSED = {
  ...SCHEME_REFUSED,
  'year-taken': '这一年已经有方案了',
  'not-draft': '方案已经启用，指标不能再改',
  'not-open': '考核没有开始，或者已经公布',
  'self-by-passed': '自评的截止日不得早于今日，请先在「方案」里改',
  'no-bodies': '没有可以考核的机关',
} as const
export type ActRefusal = keyof typeof ACT_REFUSED
export type ActAnswer = { ok: true } | { ok: false; refusal: ActRefusal }
const refused = (refusal: ActRefusal) => ({ ok: false, refusal }) as const

export const hrefOf = (year: number): string => `/desk/assessment/${year}`
export const sheetHref = (year: number, code: string): string => `${hrefOf(year)}/bodies/${code}`

/** 起草一年的方案；指标抄自最近一年的，没有的用底稿。 */
export function draftScheme(deps: Deps, actor: SignedInActor, year: number): Promise<ActAnswer> {
  requirePermission(actor, 'assessment.manage', actor.bodyId)
  return transaction(deps.db, async (tx) => {
    const [last] = await tx.selectFrom('assessment_scheme').select(['indicators', 'last_code', 'ranking', 'appeal_days']).where('year', '<', year).orderBy('year', 'desc').limit(1).execute()
    const taken = await tx.selectFrom('assessment_scheme').select('scheme_id').where('year', '=', year).executeTakeFirst()
    if (taken !== undefined) return refused('year-taken')
    const indicators = last?.indicators ?? DEFAULT_INDICATORS
    const schemeId = newId()
    await tx
      .insertInto('assessment_scheme')
      .values({
        body_id: actor.bodyId, scheme_id: schemeId, version: 1, year, title: `${year} 年度政务公开责任考核`, basis: '条例第四十六条', state: 'draft', indicators: JSON.stringify(indicators),
        last_code: last?.last_code ?? indicators.length, ranking: last?.ranking ?? false, self_by: null, appeal_days: last?.appeal_days ?? 10, opened_on: null, published_on: null, updated_at: deps.clock.now(),
      })
      .execute()
    await record(tx, actor, 'assessment.drafted', { bodyId: actor.bodyId, target: schemeId }, { year })
    return { ok: true }
  })
}

const save = (tx: Tx, deps: Deps, { bodyId, schemeId }: Scheme, to: object): Promise<unknown> =>
  tx.updateTable('assessment_scheme').set((eb) => ({ ...to, version: eb('version', '+', 1), updated_at: deps.clock.now() })).where('body_id', '=', bodyId).where('scheme_id', '=', schemeId).execute()

interface SchemeRef {
  year: number
  seen: number
}

/** 改方案的名称、依据、截止日等；启用之后仍可改截止日、申诉期与是否排名，公布之后不再改。 */
export function changeScheme(deps: Deps, actor: Actor, { year, seen, ...given }: SchemeRef & Pick<Scheme, 'title' | 'basis' | 'selfBy' | 'appealDays' | 'ranking'>): Promise<ActAnswer> {
  return transaction(deps.db, async (tx) => {
    const scheme = await lockScheme(tx, year, seen)
    requirePermission(actor, 'assessment.manage', scheme.bodyId)
    if (scheme.state === 'published') return refused('not-open')
    await save(tx, deps, scheme, { title: given.title, basis: given.basis, self_by: given.selfBy, appeal_days: given.appealDays, ranking: given.ranking })
    await record(tx, actor, 'assessment.changed', { bodyId: scheme.bodyId, target: scheme.schemeId }, { year })
    return { ok: true }
  })
}

/** 新增或者改一项指标；`code` 不写的为新增。 */
export function saveIndicator(deps: Deps, actor: Actor, { year, seen, code, given }: SchemeRef & { code: string | null; given: (code: string) => Indicator }): Promise<ActAnswer> {
  return changeIndicators(deps, actor, { year, seen }, (scheme) => {
    if (code !== null) return { indicators: scheme.indicators.map((each) => (each.code === code ? given(code) : each)) }
    if (scheme.indicators.length >= MOST_INDICATORS) return 'too-many'
    const next = nextCode([String(scheme.lastCode), ...scheme.indicators.map((each) => each.code)])
    return { indicators: [...scheme.indicators, given(next)], lastCode: Number(next) }
  })
}

/** 去掉一项指标。 */
export const removeIndicator = (deps: Deps, actor: Actor, { year, seen, code }: SchemeRef & { code: string }): Promise<ActAnswer> =>
  changeIndicators(deps, actor, { year, seen }, ({ indicators }) => ({ indicators: indicators.filter((each) => each.code !== code) }))

function changeIndicators(deps: Deps, actor: Actor, { year, seen }: SchemeRef, change: (scheme: Scheme) => { indicators: readonly Indicator[]; lastCode?: number } | SchemeFault): Promise<ActAnswer> {
  return transaction(deps.db, async (tx) => {
    const scheme = await lockScheme(tx, year, seen)
    requirePermission(actor, 'assessment.manage', scheme.bodyId)
    if (scheme.state !== 'draft') return refused('not-draft')
    const changed = change(scheme)
    if (typeof changed === 'string') return refused(changed)
    if (new Set(changed.indicators.map(({ name }) => name)).size < changed.indicators.length) return refused('name-taken')
    await save(tx, deps, scheme, { indicators: JSON.stringify(changed.indicators), last_code: changed.lastCode ?? scheme.lastCode })
    await record(tx, actor, 'assessment.changed', { bodyId: scheme.bodyId, target: scheme.schemeId }, { year })
    return { ok: true }
  })
}

/** 考核哪些机关：现存的机关，年末之前成立的；一级政府、组织考核的区政务公开办不在其中。 */
export const isAssessed = ({ kind, establishedOn }: Body, year: number): boolean => kind !== 'government' && kind !== 'district-office' && (establishedOn === null || yearOf(establishedOn) <= year)

/** 启用：指标自此不改，各机关各有一份考核表，并得到通知。 */
export function openScheme(deps: Deps, actor: Actor, { year, seen }: SchemeRef): Promise<ActAnswer> {
  return transaction(deps.db, async (tx) => {
    const scheme = await lockScheme(tx, year, seen)
    requirePermission(actor, 'assessment.manage', scheme.bodyId)
    if (scheme.state !== 'draft') return refused('not-draft')
    const fault = faultOf(scheme.indicators)
    if (fault !== null) return refused(fault)
    const today = deps.clock.today()
    if (scheme.selfBy === null || scheme.selfBy < today) return refused('self-by-passed')
    const bodies = (await listBodies(tx)).filter((body) => isAssessed(body, year))
    if (bodies.length === 0) return refused('no-bodies')
    await tx.insertInto('assessment_sheet').values(bodies.map((body, position) => emptySheet(body.bodyId, scheme, position))).execute()
    await save(tx, deps, scheme, { state: 'open', opened_on: today })
    for (const { bodyId, code } of bodies) await tellBody(tx, deps, actor, { bodyId, key: `${scheme.schemeId}/opened`, title: `${scheme.title}：请在 ${scheme.selfBy} 前自评`, href: sheetHref(year, code) })
    await record(tx, actor, 'assessment.opened', { bodyId: scheme.bodyId, target: scheme.schemeId }, { year })
    return { ok: true }
  })
}

const emptySheet = (bodyId: string, { schemeId, year }: Scheme, position: number) => ({
  body_id: bodyId, scheme_id: schemeId, version: 1, year, position, state: 'self' as const, submitted_by: null, submitted_on: null, checked_by: null, checked_on: null, appeal_by: null,
  answered_by: null, answered_on: null, decided_by: null, decided_on: null, excused: null,
})

/** 告诉一机关办公开的人。 */
export const tellBody = (tx: Tx, deps: Deps, actor: Actor, { bodyId, key, title, href }: { bodyId: string; key: string; title: string; href: string }): Promise<number> =>
  notify(tx, { bodyId, at: deps.clock.now(), roles: ['disclosure-officer', 'disclosure-head'], except: actorKey(actor), key: `assessment/${key}`, title, note: '', href })
