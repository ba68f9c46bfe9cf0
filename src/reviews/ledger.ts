import { getCalendar } from '../bodies/index.ts'
import type { Tx } from '../platform/db.ts'
import { newId } from '../platform/id.ts'
import { countChanges, eventsOfLine, rowReader } from '../platform/ledger/index.ts'
import type { LedgerColumn, LedgerDefinition, RowReader } from '../platform/ledger/index.ts'
import { getLitigation, litigationStore, newLitigation, saveLitigation } from './litigation-store.ts'
import { LITIGATION_REFUSALS, NEW_LITIGATION, recordLitigation } from './litigation.ts'
import type { LitigationRecord, RoleInCourt } from './litigation.ts'
import { LITIGATION_RESULTS, readResult, REVIEW_RESULTS } from './results.ts'
import { getReview, newReview, reviewStore, saveReviews } from './review-store.ts'
import { NEW_REVIEW, PROCEDURES, recordReview, REVIEW_REFUSALS } from './review.ts'
import type { Procedure, ReviewRecord } from './review.ts'

const labels = (results: Readonly<Record<string, { label: string }>>): string =>
  Object.values(results).map((result) => result.label).join('、')

const COLUMNS = [
  { key: 'type', label: '案件类型', aliases: ['类型', '类别', '案件种类'], required: true, example: '行政复议', note: '行政复议、未经复议直接起诉、复议后起诉' },
  { key: 'caseNo', label: '案号', aliases: ['案件编号', '复议案号', '案件号'], required: true, example: '示例：武昌复〔2024〕1号', note: '再次导入时以案件类型与案号认出同一件' },
  { key: 'organ', label: '复议机关或法院', aliases: ['复议机关', '法院', '审理机关', '受理机关', '受理法院'], example: '武昌区人民政府' },
  { key: 'decisionNo', label: '被复议、被诉的文书文号', aliases: ['答复文号', '原答复文号', '行政行为文号'], example: '' },
  { key: 'ground', label: '不服事由', aliases: ['事由', '案由'], example: '不服不予公开答复', note: '不得写申请人、原告的姓名等个人信息' },
  { key: 'role', label: '本机关身份', aliases: ['身份', '诉讼地位', '应诉身份'], example: '原行为主体', note: '诉讼填：原行为主体、复议机关（共同被告）；后者不计入本机关的报告。不填为原行为主体' },
  { key: 'procedure', label: '审理程序', aliases: ['程序', '复议程序'], example: '普通程序', note: '复议填：普通程序、简易程序' },
  { key: 'receivedOn', label: '收到日期', aliases: ['收案日期', '受理日期', '收到副本日期', '立案日期'], required: true, example: '2024-05-06', note: '收到申请书副本、起诉状副本之日' },
  { key: 'answeredOn', label: '答复或答辩日期', aliases: ['答复日期', '答辩日期'], example: '2024-05-15' },
  { key: 'result', label: '结果', aliases: ['审理结果', '案件结果', '复议结果', '裁判结果'], example: '维持', note: `复议：${labels(REVIEW_RESULTS)}；诉讼：${labels(LITIGATION_RESULTS)}。未审结的留空` },
  { key: 'endedOn', label: '审结日期', aliases: ['结案日期', '决定日期', '裁判生效日期', '作出决定日期'], example: '2024-07-02', note: '复议为作出决定之日；诉讼为裁判生效之日，一审判决尚未生效的留空' },
  { key: 'firstResult', label: '一审结果', aliases: ['一审裁判结果'], example: '', note: '诉讼填' },
  { key: 'firstOn', label: '一审裁判日期', aliases: ['一审日期', '一审判决日期'], example: '' },
  { key: 'appealedOn', label: '上诉日期', example: '' },
] as const satisfies readonly LedgerColumn[]

type Key = (typeof COLUMNS)[number]['key']

export type CaseRow =
  | { type: 'review'; record: ReviewRecord }
  | { type: 'litigation'; record: LitigationRecord }

const TYPES: Record<string, 'review' | 'direct' | 'after-review'> = {
  行政复议: 'review',
  复议: 'review',
  未经复议直接起诉: 'direct',
  直接起诉: 'direct',
  '行政诉讼(直接起诉)': 'direct',
  复议后起诉: 'after-review',
  '行政诉讼(复议后起诉)': 'after-review',
}

const ROLE_NAMES: Record<string, RoleInCourt> = {
  '': 'original',
  原行为主体: 'original',
  原行政行为主体: 'original',
  原机关: 'original',
  被告: 'original',
  被申请人: 'original',
  '复议机关(共同被告)': 'review-organ',
  复议机关: 'review-organ',
  共同被告: 'review-organ',
}

/** 复议诉讼台账。行键为案件类型与案号。 */
export const reviewLedger: LedgerDefinition<CaseRow> = {
  kind: 'reviews',
  title: '复议诉讼台账',
  columns: COLUMNS,

  parseRow(values, { today }) {
    const row = rowReader<Key>(values)
    const type = TYPES[row.of('type').normalize('NFKC').replace(/\s/g, '')]
    if (!type) row.wrong('type', row.of('type') === '' ? '未填' : '不在可选之列', '填 行政复议、未经复议直接起诉 或 复议后起诉')
    const value = type === undefined || type === 'review' ? readReview(row, today) : readLitigation(row, today, type === 'after-review')
    if (row.problems.length > 0) return { ok: false, problems: row.problems }
    const refusal = refusalOf(value, today)
    if (refusal) return { ok: false, problems: [{ column: 'receivedOn', message: refusal }] }
    return { ok: true, key: keyOf(value), value }
  },

  async importRows(tx, { bodyId, actor, at, today }, rows) {
    const calendar = await getCalendar(tx)
    const reviews = await findReviews(tx, bodyId, rows)
    const suits = await findSuits(tx, bodyId, rows)
    const reviewChanges = rows.flatMap(({ key, value, line }) => {
      if (value.type !== 'review') return []
      const found = reviews.get(key) ?? newReview(bodyId, newId(), key)
      const decided = recordReview(found.state, { on: today, record: value.record, source: actor })
      return [{ found, events: eventsOfLine(line, decided, REVIEW_REFUSALS) }]
    })
    const suitChanges = rows.flatMap(({ key, value, line }) => {
      if (value.type !== 'litigation') return []
      const found = suits.get(key) ?? newLitigation(bodyId, newId(), key)
      const decided = recordLitigation(found.state, { on: today, record: value.record, source: actor })
      return [{ found, events: eventsOfLine(line, decided, LITIGATION_REFUSALS) }]
    })
    await saveReviews(tx, reviewChanges, { actor, at }, calendar)
    await saveLitigation(tx, suitChanges, { actor, at }, calendar)
    return countChanges([...reviewChanges, ...suitChanges])
  },
}

type Rows = readonly { key: string; value: CaseRow }[]

/** 行键认得的；认不得而案号已在工作台登记了的，就是那一件，从此归这一行：同一件不重复计。 */
async function findReviews(tx: Tx, bodyId: string, rows: Rows) {
  const found = await reviewStore.findByLedgerKeys(tx, bodyId, rows.map(({ key }) => key))
  const asked = rows.filter(({ key, value }) => value.type === 'review' && !found.has(key))
  if (asked.length === 0) return found
  const known = await tx.selectFrom('review_case').select(['review_id as id', 'case_no']).where('body_id', '=', bodyId).where('ledger_key', 'is', null).where('case_no', 'in', asked.map(({ value }) => value.record.facts.caseNo)).execute()
  for (const { key, id } of pair(asked, known)) found.set(key, { ...(await getReview(tx, bodyId, id)), ledgerKey: key })
  return found
}

async function findSuits(tx: Tx, bodyId: string, rows: Rows) {
  const found = await litigationStore.findByLedgerKeys(tx, bodyId, rows.map(({ key }) => key))
  const asked = rows.filter(({ key, value }) => value.type === 'litigation' && !found.has(key))
  if (asked.length === 0) return found
  const known = await tx.selectFrom('litigation_case').select(['litigation_id as id', 'case_no']).where('body_id', '=', bodyId).where('ledger_key', 'is', null).where('case_no', 'in', asked.map(({ value }) => value.record.facts.caseNo)).execute()
  for (const { key, id } of pair(asked, known)) found.set(key, { ...(await getLitigation(tx, bodyId, id)), ledgerKey: key })
  return found
}

const pair = (asked: Rows, known: readonly { id: string; case_no: string }[]): { key: string; id: string }[] =>
  asked.flatMap(({ key, value }) => known.filter(({ case_no }) => case_no === value.record.facts.caseNo).slice(0, 1).map(({ id }) => ({ key, id })))

function readReview(row: RowReader<Key>, today: string): CaseRow {
  const { result, endedOn } = readEnding(row, today, REVIEW_RESULTS)
  return {
    type: 'review',
    record: {
      facts: {
        caseNo: row.text('caseNo', { most: 100, required: true }) ?? '',
        authority: row.text('organ', { most: 100 }),
        decisionNo: row.text('decisionNo', { most: 100 }),
        ground: row.text('ground', { most: 500 }),
        procedure: row.pick<Procedure, Procedure>('procedure', PROCEDURES, 'ordinary'),
        receivedOn: row.day('receivedOn', { required: true, notAfter: today }) ?? '',
      },
      answeredOn: row.day('answeredOn', { notAfter: today }),
      result,
      decidedOn: endedOn,
    },
  }
}

function readLitigation(row: RowReader<Key>, today: string, afterReview: boolean): CaseRow {
  const { result, endedOn } = readEnding(row, today, LITIGATION_RESULTS)
  const role = ROLE_NAMES[row.of('role').normalize('NFKC').replace(/\s/g, '')]
  if (!role) row.wrong('role', '不在可选之列', '填 原行为主体 或 复议机关（共同被告）')
  const firstResult = row.of('firstResult') === '' ? null : readResult(LITIGATION_RESULTS, row.of('firstResult'))
  const firstOn = row.day('firstOn', { notAfter: today })
  if (row.of('firstResult') !== '' && firstResult === null) row.wrong('firstResult', '认不出是哪一种结果', `填 ${labels(LITIGATION_RESULTS)}`)
  else if ((firstResult === null) !== (firstOn === null)) row.wrong('firstOn', '一审结果与日期须一并填写')
  return {
    type: 'litigation',
    record: {
      facts: {
        caseNo: row.text('caseNo', { most: 100, required: true }) ?? '',
        court: row.text('organ', { most: 100 }),
        decisionNo: row.text('decisionNo', { most: 100 }),
        afterReview,
        role: role ?? 'original',
        receivedOn: row.day('receivedOn', { required: true, notAfter: today }) ?? '',
      },
      answeredOn: row.day('answeredOn', { notAfter: today }),
      firstInstance: firstResult && firstOn ? { result: firstResult, on: firstOn } : null,
      appealedOn: row.day('appealedOn', { notAfter: today }),
      final: result && endedOn ? { result, on: endedOn } : null,
    },
  }
}

function readEnding<R extends string>(
  row: RowReader<Key>,
  today: string,
  results: Parameters<typeof readResult<R>>[0],
): { result: R | null; endedOn: string | null } {
  const text = row.of('result').replace(/^(尚未审结|未审结|审理中)$/, '')
  const result = text === '' ? null : readResult(results, text)
  const endedOn = row.day('endedOn', { notAfter: today })
  if (text !== '' && result === null) row.wrong('result', '认不出是哪一种结果', `填 ${labels(results)}；未审结的留空`)
  else if (result !== null && row.of('endedOn') === '') row.wrong('endedOn', '有结果的须填审结日期')
  else if (result === null && endedOn !== null) row.wrong('result', '有审结日期的须填结果')
  return { result, endedOn }
}

const refusalOf = ({ type, record }: CaseRow, on: string): string | null => {
  if (type === 'review') {
    const decided = recordReview(NEW_REVIEW, { on, record, source: '' })
    return decided.ok ? null : REVIEW_REFUSALS[decided.refusal]
  }
  const decided = recordLitigation(NEW_LITIGATION, { on, record, source: '' })
  return decided.ok ? null : LITIGATION_REFUSALS[decided.refusal]
}

const keyOf = ({ type, record }: CaseRow): string =>
  `${type === 'review' ? '复议' : '诉讼'} ${record.facts.caseNo.normalize('NFKC').replace(/\s/g, '')}`
