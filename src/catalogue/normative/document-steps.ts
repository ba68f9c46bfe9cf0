import { sql } from 'kysely'
import type { Permit } from '../../identity/index.ts'
import type { Tx } from '../../platform/db.ts'
import type { Decision } from '../../statute/decision.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { addCalendarDays, addCalendarMonths } from '../../statute/plain-date.ts'
import { findIndexNumbers } from '../store.ts'
import { validityOn } from './normative-document.ts'
import type { NormativeDocument, NormativeEvent } from './normative-document.ts'
import { findByDocNo } from './normative-queries.ts'
import { amendDocument, correctDocument, extendDocument, isTrial, linkItem, listDocument, repealDocument, unlinkItem } from './normative-rules.ts'
import type { DocumentRefusal } from './normative-rules.ts'
import { orNull } from './step-fields.ts'
import type { Given, StepField } from './step-fields.ts'
import type { ValidityYears } from './document-form.ts'

export interface StepGround {
  tx: Tx
  bodyId: string
  documentId: string
  /** 办的人 */
  actor: string
  today: PlainDate
}

/** 办不成的一句话，写在哪一栏旁；整张表的为 ''。 */
export interface StepProblem {
  ok: false
  field: string
  message: string
}
export type StepAnswer = Decision<NormativeEvent, DocumentRefusal> | StepProblem

/** 一件文件上可以办的一步，作为数据。 */
export interface DocumentStep {
  label: string
  permit: Permit
  /** 办了什么，写在办完的一句话里 */
  done: string
  /** 留痕的动作 */
  audit: string
  lead: string
  consequences?: readonly string[]
  /** 此刻可不可以办 */
  fits: (document: NormativeDocument, today: PlainDate) => boolean
  fields: (document: NormativeDocument, today: PlainDate, validity: ValidityYears) => readonly StepField[]
  decide: (document: NormativeDocument, given: Given, ground: StepGround) => StepAnswer | Promise<StepAnswer>
}

const isValid = (document: NormativeDocument, today: PlainDate): boolean => validityOn(document, today) === 'valid'
const dayOfStep = (label: string, today: PlainDate): StepField => ({ name: 'on', label, kind: 'date', required: true, value: today })
const reason: StepField = { name: 'reason', label: '更正的缘故', kind: 'long', required: true, hint: '写明原来错在哪里；更正前后的都留在经过里' }
const tooLate = (on: PlainDate, today: PlainDate, field = 'on'): StepProblem | null => (on > today ? { ok: false, field, message: '晚于今日' } : null)

export const DOCUMENT_STEPS = {
  link: {
    label: '连上正文',
    permit: 'item.handle',
    done: '已连上正文',
    audit: 'normative.linked',
    lead: '连上载有正文的信息：信息公开之后，政策文件库里即可看到全文；文件不再有效时，那条信息随之标明失效。',
    fits: () => true,
    fields: () => [{ name: 'indexNo', label: '索引号', kind: 'text', required: true, maxLength: 80, hint: '本机关主动公开信息里那一条的索引号' }],
    decide: async (document, given, { tx, bodyId, documentId, today }) => {
      const found = (await findIndexNumbers(tx, bodyId, [given('indexNo')])).get(given('indexNo'))
      if (found === undefined) return { ok: false, field: 'indexNo', message: '本机关没有这个索引号的信息' }
      const { rows } = await sql<{ doc_no: string }>`select doc_no from normative_document where body_id = ${bodyId} and item_id = ${found.itemId} and document_id <> ${documentId}`.execute(tx)
      if (rows[0] !== undefined) return { ok: false, field: 'indexNo', message: `这一条已经是 ${rows[0].doc_no} 的正文` }
      return linkItem(document, { on: today, itemId: found.itemId })
    },
  },
  unlink: {
    label: '不再连着这条信息',
    permit: 'item.handle',
    done: '已不再连着',
    audit: 'normative.unlinked',
    lead: '连错了的，在此断开。',
    consequences: ['政策文件库里不再显示这一件，直到重新连上公开着的信息，或者另一位负责人批准列入', '那条信息照旧公开，随这一件标明的失效去掉；要撤回的另办'],
    fits: (document) => document.itemId !== null,
    fields: () => [],
    decide: (document, _given, { today }) => unlinkItem(document, { on: today }),
  },
  list: {
    label: '批准列入政策文件库',
    permit: 'item.approve',
    done: '已列入政策文件库',
    audit: 'normative.listed',
    lead: '正文在别处公布的，名称、文号与效力列入门户的政策文件库。',
    consequences: ['名称、文号、登记号、日期、效力与所填的网址即对公众公开', '登记、更正过这一件的人不能自己批准'],
    fits: (document) => !document.listed && document.itemId === null,
    fields: () => [],
    decide: (document, _given, { today, actor }) => listDocument(document, { on: today, approver: actor }),
  },
  amend: {
    label: '登记修改',
    permit: 'item.approve',
    done: '修改已登记',
    audit: 'normative.amended',
    lead: '修改若干条款而文号不变的，在此登记；另以新文号公布的，登记为新的一件，再由它废止这一件。',
    fits: isValid,
    fields: (_document, today) => [
      dayOfStep('修改公布之日', today),
      { name: 'basis', label: '依据', kind: 'text', required: true, hint: '修改所据的文件名称与文号；公众看得到' },
      { name: 'note', label: '改了什么', kind: 'long', hint: '公众看得到；新的文本在所连的信息里改，经审查重新公开' },
    ],
    decide: (document, given, { today }) => tooLate(given('on'), today) ?? amendDocument(document, { on: given('on'), basis: given('basis'), note: given('note') }),
  },
  extend: {
    label: '延续有效期',
    permit: 'item.approve',
    done: '有效期已延续',
    audit: 'normative.extended',
    lead: '有效期届满之前，经评估需要继续施行的，延续有效期；届满之后不能延续，须重新制定。',
    fits: (document, today) => isValid(document, today) && document.expiresOn !== null && document.repealedOn === null,
    fields: ({ title, expiresOn }, today, { years, trialYears }) => [
      dayOfStep('决定延续之日', today),
      { name: 'expiresOn', label: '延续到', kind: 'date', required: true, value: addCalendarMonths(expiresOn ?? today, 12 * (isTrial(title) ? trialYears : years)), hint: `有效的最后一日；现在的有效期至 ${expiresOn ?? '—'}` },
      { name: 'basis', label: '依据', kind: 'long', required: true, hint: '评估的结论与决定延续的文号或者会议；公众看得到' },
    ],
    decide: (document, given, { today }) => tooLate(given('on'), today) ?? extendDocument(document, { on: given('on'), expiresOn: given('expiresOn'), basis: given('basis') }),
  },
  repeal: {
    label: '废止',
    permit: 'item.approve',
    done: '废止已登记',
    audit: 'normative.repealed',
    lead: '由新的文件废止、清理后宣布废止、宣布失效的，都在此登记。',
    consequences: ['自废止之日起不再有效，计入当年「废止」', '载有正文的信息到那一日标明失效，仍可查阅', '登记错了的，须由负责人更正效力，写明缘故'],
    fits: isValid,
    fields: (_document, today) => [
      { ...dayOfStep('废止之日', today), hint: '自这一日起不再有效；可以是将来的一日' },
      { name: 'by', label: '由本机关的哪一件废止', kind: 'text', maxLength: 100, hint: '新文件的文号，须先登记；没有的不填' },
      { name: 'basis', label: '依据', kind: 'long', hint: '没有填上一栏的必填：清理决定、上级文件等的名称与文号；公众看得到' },
    ],
    decide: async (document, given, { tx, bodyId, documentId, today }) => {
      if (given('on') < document.madeOn) return { ok: false, field: 'on', message: '早于公布之日' }
      if (given('on') > addCalendarDays(today, MOST_AHEAD)) return { ok: false, field: 'on', message: '太远了，请到时再登记' }
      const by = orNull(given('by'))
      const repealer = by === null ? null : await findByDocNo(tx, bodyId, by)
      if (by !== null && repealer === null) return { ok: false, field: 'by', message: '本机关没有登记这个文号的文件，请先登记，或者只写依据' }
      const basis = given('basis') || (repealer === null ? '' : `由《${repealer.title}》（${by}）废止`)
      if (basis === '') return { ok: false, field: 'basis', message: '请填写依据，或者填写由哪一件废止' }
      return repealDocument(document, { on: given('on'), basis, ...(repealer === null ? {} : { by: repealer.documentId }) }, documentId)
    },
  },
  'correct-validity': {
    label: '更正效力',
    permit: 'item.approve',
    done: '效力已更正',
    audit: 'normative.corrected',
    lead: '有效期、废止登记错了的，在此更正；延续、废止本身不在此办。',
    consequences: ['各年度「废止」「现行有效」的件数随之改变；已经冻结、报送的年度报告不变，会列出出入', '随这一件标明失效的正文信息，失效与否、自哪一日起立即随之改；另由人标明失效的不变'],
    fits: () => true,
    fields: ({ expiresOn, repealedOn, repealBasis }) => [
      { name: 'expiresOn', label: '有效期至', kind: 'date', value: expiresOn ?? '', hint: '有效的最后一日；没有有效期的不填' },
      { name: 'repealedOn', label: '废止之日', kind: 'date', value: repealedOn ?? '', hint: '没有废止的不填' },
      { name: 'repealBasis', label: '废止的依据', kind: 'long', value: repealBasis ?? '' },
      reason,
    ],
    decide: (document, given, { today, actor }) => {
      const [expiresOn, repealedOn] = [orNull(given('expiresOn')), orNull(given('repealedOn'))]
      const from = document.effectiveOn ?? document.madeOn
      if (expiresOn !== null && expiresOn < from) return { ok: false, field: 'expiresOn', message: '早于施行、公布之日' }
      if (repealedOn !== null && repealedOn < document.madeOn) return { ok: false, field: 'repealedOn', message: '早于公布之日' }
      if (repealedOn !== null && given('repealBasis') === '') return { ok: false, field: 'repealBasis', message: '请填写废止的依据' }
      const { status: _, making, itemId: _i, listed: _l, registrars: _r, repealedBy: _b, settled: _s, amendments: _a, cleanUps: _c, ...known } = document
      const facts = { ...known, expiresOn, repealedOn, repealBasis: repealedOn === null ? null : given('repealBasis') }
      return correctDocument(document, { on: today, facts, making, source: actor, reason: given('reason') })
    },
  },
} as const satisfies Readonly<Record<string, DocumentStep>>

const MOST_AHEAD = 366

export type StepName = keyof typeof DOCUMENT_STEPS
export const isStepName = (text: string): text is StepName => Object.hasOwn(DOCUMENT_STEPS, text)
export const stepOf = (name: StepName): DocumentStep => DOCUMENT_STEPS[name]
export const CORRECTION_REASON = reason
