import './tables.ts'
import { getCalendar, listBodies, listMergers, listNamesOf, type Body, type BodyKind } from '../../bodies/index.ts'
import type { Tx } from '../../platform/db.ts'
import { reportDeadline } from '../../statute/annual-deadlines.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { Cells, Edition } from '../../statute/report-form.ts'
import type { ReadLine } from '../reading/read-report.ts'
import type { Status } from '../report.ts'
import { absorbedIn, dutyOf, formerNamesIn, nameInYear, type Absorbed, type DutyGround, type FilingReason, type NotFiling } from './filing-duty.ts'
import type { FilingSource, FilingStatus } from './filing.ts'

/** 应报某年度报告的一个机关，与它报到哪里。 */
export interface Filer {
  bodyId: string
  bodyCode: string
  /** 年末的名称 */
  name: string
  /** 现名 */
  currentName: string
  formerNames: readonly string[]
  kind: BodyKind
  sort: number
  /** 为何应报：全年的、年内新设的、加报的 */
  because: FilingReason
  /** 年后撤并的，并入了谁 */
  mergedInto: { bodyId: string; code: string; name: string } | null
  /** 年内并入来的，其记录由本机关一并报 */
  absorbed: readonly Absorbed[]
  /** 已列入名单：开始收集，或者已经有过报送、分派之类的事 */
  listed: boolean
  status: FilingStatus
  round: number
  source: FilingSource | null
  /** 第一次报送之日 */
  filedOn: PlainDate | null
  lastFiledOn: PlainDate | null
  returnedOn: PlainDate | null
  acceptedOn: PlainDate | null
  lockedOn: PlainDate | null
  /** 过了法定期限才报的，或者至今没有报的 */
  late: boolean
  remindedOn: PlainDate | null
  /** 审核的人（账号） */
  reviewer: string | null
  errorsAllowed: boolean
  /** 在系统里编到哪一步；没有开始的为 null */
  reportStatus: Status | null
  /** 公布之日；在别处公布的由机关自报 */
  publishedOn: PlainDate | null
  /** 公布在哪里：站内的路径，或网址 */
  publishedAt: string | null
}

/** 不报的机构，写明缘故。 */
export interface NonFiler {
  bodyId: string
  bodyCode: string
  name: string
  kind: BodyKind
  sort: number
  because: NotFiling
}

export interface Collection {
  filers: Filer[]
  /** 名册里其余的机构，一个不漏 */
  others: NonFiler[]
}

/** 某年度的收集：名册里的每一个机构，或者应报，或者写明为何不报；按 sort、代码排。 */
export async function listCollection(tx: Tx, year: number, today: PlainDate): Promise<Collection> {
  const bodies = await listBodies(tx, { includeAbolished: true })
  const ground: DutyGround = { year, bodies: new Map(bodies.map((body) => [body.bodyId, body])), names: await listNamesOf(tx, bodies.map((body) => body.bodyId)), mergers: await listMergers(tx) }
  const rows = new Map((await tx.selectFrom('filing').selectAll().where('year', '=', year).execute()).map((row) => [row.body_id, row]))
  const reports = new Map((await tx.selectFrom('annual_report').select(['body_id', 'status']).where('year', '=', year).execute()).map((row) => [row.body_id, row.status]))
  const published = await publishedIn(tx, year)
  const { dueOn } = reportDeadline(year, await getCalendar(tx))
  const filers: Filer[] = []
  const others: NonFiler[] = []
  for (const body of bodies) {
    const row = rows.get(body.bodyId)
    const exception = row?.exception == null ? null : { kind: row.exception, reason: row.exception_reason ?? '' }
    const duty = dutyOf(ground, body, exception)
    const named = { bodyId: body.bodyId, bodyCode: body.code, name: nameInYear(ground, body), kind: body.kind, sort: body.sort }
    // 依法不报而报了的，也列出
    if (!duty.files && (row === undefined || row.round === 0)) {
      others.push({ ...named, because: duty.because })
      continue
    }
    const filedOn = row?.filed_on ?? null
    const inSystem = published.get(body.bodyId)
    filers.push({
      ...named,
      currentName: body.name,
      formerNames: formerNamesIn(ground, body),
      because: duty.files ? duty.because : { why: 'added', words: duty.because.words },
      mergedInto: successorOf(ground, body),
      absorbed: absorbedIn(ground, body.bodyId),
      listed: row !== undefined,
      status: row?.status ?? 'none',
      round: row?.round ?? 0,
      source: row?.source ?? null,
      filedOn,
      lastFiledOn: row?.last_filed_on ?? null,
      returnedOn: row?.returned_on ?? null,
      acceptedOn: row?.accepted_on ?? null,
      lockedOn: row?.locked_on ?? null,
      late: (filedOn ?? today) > dueOn,
      remindedOn: row?.reminded_on ?? null,
      reviewer: row?.reviewer ?? null,
      errorsAllowed: row?.errors_allowed != null,
      reportStatus: reports.get(body.bodyId) ?? null,
      publishedOn: inSystem ?? row?.published_on ?? null,
      publishedAt: inSystem === undefined ? (row?.published_url ?? null) : `/bodies/${body.code}/annual-reports/${year}`,
    })
  }
  return { filers, others }
}

/** 应报某年度报告的各机关；同 `listCollection` 的 filers。 */
export const listFilers = async (tx: Tx, year: number, today: PlainDate): Promise<Filer[]> => (await listCollection(tx, year, today)).filers

function successorOf(ground: DutyGround, body: Body): Filer['mergedInto'] {
  const merger = ground.mergers.find((one) => one.bodyId === body.bodyId)
  const into = merger === undefined ? undefined : ground.bodies.get(merger.successorId)
  return into === undefined ? null : { bodyId: into.bodyId, code: into.code, name: into.name }
}

/** 本系统公布的，第一次公布之日。 */
async function publishedIn(tx: Tx, year: number): Promise<Map<string, PlainDate>> {
  const rows = await tx
    .selectFrom('annual_report_edition')
    .innerJoin('annual_report', (join) => join.onRef('annual_report.body_id', '=', 'annual_report_edition.body_id').onRef('annual_report.report_id', '=', 'annual_report_edition.report_id'))
    .select((eb) => ['annual_report.body_id', eb.fn.min('annual_report_edition.published_on').as('on')])
    .where('annual_report.year', '=', year)
    .where('annual_report_edition.published_on', 'is not', null)
    .groupBy('annual_report.body_id')
    .execute()
  return new Map(rows.flatMap((row) => (row.on === null ? [] : [[row.body_id, row.on] as const])))
}

/** 受理了的一份报告；锁定的也在内。 */
export interface AcceptedReport {
  bodyId: string
  bodyCode: string
  /** 报告上的名称 */
  bodyName: string
  kind: BodyKind
  year: number
  form: Edition
  round: number
  source: FilingSource
  cells: Cells
  lines: readonly ReadLine[]
  acceptedOn: PlainDate
}

/** 某年度受理了的各份，按机构的 sort、代码排。只要数的给 `lines: false`，不取正文。 */
export async function listAcceptedReports(tx: Tx, year: number, want: { lines?: boolean } = {}): Promise<AcceptedReport[]> {
  const rows = await tx
    .selectFrom('filing')
    .innerJoin('filing_round', (join) =>
      join
        .onRef('filing_round.body_id', '=', 'filing.body_id')
        .onRef('filing_round.filing_id', '=', 'filing.filing_id')
        .onRef('filing_round.round', '=', 'filing.round'),
    )
    .select(['filing.body_id', 'filing.round', 'filing.accepted_on', 'filing_round.source', 'filing_round.form', 'filing_round.body_name', 'filing_round.cells'])
    .$if(want.lines !== false, (query) => query.select('filing_round.lines'))
    .where('filing.year', '=', year)
    .where('filing.status', 'in', ['accepted', 'locked'])
    .execute()
  const byBody = new Map(rows.map((row) => [row.body_id, row]))
  return (await listBodies(tx, { includeAbolished: true })).flatMap((body) => {
    const row = byBody.get(body.bodyId)
    if (row === undefined) return []
    return [
      {
        bodyId: body.bodyId,
        bodyCode: body.code,
        bodyName: row.body_name,
        kind: body.kind,
        year,
        form: row.form,
        round: row.round,
        source: row.source,
        cells: row.cells,
        lines: row.lines ?? [],
        acceptedOn: row.accepted_on ?? '',
      },
    ]
  })
}
