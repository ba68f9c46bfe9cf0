import { nameOn, type Body, type BodyName, type Merger } from '../../bodies/index.ts'
import { yearOf, type PlainDate } from '../../statute/plain-date.ts'
import { owesReport } from '../owes-report.ts'
import type { Exception } from './filing.ts'

/** 当年并入、更替来的机构：它的记录与报送的责任由后继承担。 */
export interface Absorbed {
  bodyId: string
  code: string
  name: string
  on: PlainDate
  basis: string
}

/** 不报的缘故：一个机关也不悄悄漏下。 */
export type NotFiling =
  | { why: 'exempt'; words: string }
  | { why: 'merged'; words: string; into: { bodyId: string; code: string; name: string } }
  | { why: 'abolished' | 'not-yet' | 'government'; words: string }

/** 应报的缘故：全年的、当年新设的、另定加报的。 */
export type FilingReason = { why: 'by-law' | 'new' | 'added'; words: string }

export type Duty = { files: true; because: FilingReason } | { files: false; because: NotFiling }

/** 一个年度应报与否所据的各事。 */
export interface DutyGround {
  year: number
  bodies: ReadonlyMap<string, Body>
  names: ReadonlyMap<string, readonly BodyName[]>
  mergers: readonly Merger[]
}

/** 年末所用的名称；年内撤并的，撤并之时的名称。 */
export const nameInYear = ({ names, year }: DutyGround, body: Body): string => {
  const known = names.get(body.bodyId)
  return known === undefined || known.length === 0 ? body.name : nameOn(known, `${year}-12-31`)
}

/** 年内用过而年末不用了的名称，与更早的曾用名。 */
export function formerNamesIn({ names, year }: DutyGround, body: Body): string[] {
  const now = nameInYear({ names, year, bodies: new Map(), mergers: [] }, body)
  const former = (names.get(body.bodyId) ?? []).filter((one) => one.kind === 'official' && one.name !== now && (one.from ?? '') <= `${year}-12-31`)
  return [...new Set(former.map((one) => one.name))]
}

/** 当年并入这个机构的。 */
export const absorbedIn = (ground: DutyGround, bodyId: string): Absorbed[] =>
  ground.mergers
    .filter((one) => one.successorId === bodyId && yearOf(one.on) === ground.year)
    .flatMap((one) => {
      const body = ground.bodies.get(one.bodyId)
      return body === undefined ? [] : [{ bodyId: one.bodyId, code: body.code, name: nameInYear(ground, body), on: one.on, basis: one.basis }]
    })

/**
 * 这个机构应否报某年度的报告（条例第四十九条），为何。
 *
 * | 情形 | 报否 |
 * |---|---|
 * | 年末仍在的机关、授权组织 | 报 |
 * | 年内新设的 | 报设立之后的一部分 |
 * | 年内并入别的机构的 | 不报，由后继报 |
 * | 年内撤销、没有后继的 | 不报，写明 |
 * | 年后才设立的、一级政府 | 不报 |
 * | 主管部门另定 | 从其所定，写明理由 |
 */
export function dutyOf(ground: DutyGround, body: Body, exception: { kind: Exception; reason: string } | null): Duty {
  const { year } = ground
  const owes = owesReport(body, year)
  if (exception?.kind === 'exempt') return { files: false, because: { why: 'exempt', words: `免报：${exception.reason}` } }
  if (!owes && exception?.kind === 'added') return { files: true, because: { why: 'added', words: `加报：${exception.reason}` } }
  if (owes) {
    const isNew = body.establishedOn !== null && yearOf(body.establishedOn) === year
    return { files: true, because: isNew ? { why: 'new', words: `${body.establishedOn} 新设，报设立之后的` } : { why: 'by-law', words: '' } }
  }
  return { files: false, because: whyNot(ground, body) }
}

function whyNot(ground: DutyGround, body: Body): NotFiling {
  if (body.kind === 'government') return { why: 'government', words: '本级政府的报告就是全区的汇总，3 月 31 日前公布（条例第四十九条）；它名下的记录直接加进汇总，不另报送' }
  if (body.establishedOn !== null && yearOf(body.establishedOn) > ground.year) return { why: 'not-yet', words: `${body.establishedOn} 才设立` }
  const merger = ground.mergers.find((one) => one.bodyId === body.bodyId)
  const into = merger === undefined ? undefined : ground.bodies.get(merger.successorId)
  if (into !== undefined) return { why: 'merged', words: `${merger?.on ?? body.abolishedOn} 并入${into.name}，由其报送`, into: { bodyId: into.bodyId, code: into.code, name: into.name } }
  return { why: 'abolished', words: `${body.abolishedOn} 撤销，没有登记后继机构` }
}
