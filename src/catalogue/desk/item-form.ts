import { z } from 'zod'
import { EXEMPTIONS } from '../exemptions.ts'
import type { ExemptionCode } from '../exemptions.ts'
import { A19_REASONS, COLUMN_BLOCKS, GENRES, RELATIONS, TOPICS } from '../item-details.ts'
import type { A19Reason, ColumnBlock, Genre, ItemDetails, Relation, RelationKind, Topic } from '../item-details.ts'
import { ATTRIBUTES, ORIGINS } from '../item.ts'
import type { Attribute, Classification, Item, ItemContent, Origin } from '../item.ts'
import { PUBLICATION_CODES, SUMMARY_KINDS } from '../publication-codes.ts'
import type { NormativeDocument } from '../normative/normative-document.ts'
import type { PublicationCode, SummaryKind } from '../publication-codes.ts'
import { findPersonalNumbers } from '../../statute/personal-numbers.ts'
import { isPlainDate } from '../../statute/plain-date.ts'
import { PUBLICATION_TERMS } from '../../statute/publication.ts'
import type { PublicationTerm } from '../../statute/publication.ts'

/** 表单里填的，不含正文与附件。 */
export interface ItemForm {
  content: Omit<ItemContent, 'files' | 'details'>
  details: Omit<ItemDetails, 'body' | 'pictures' | 'attachments'>
  /** 还没有定的为 null */
  classification: Classification | null
}

export type Fields = Readonly<Record<string, readonly string[]>>

const keysOf = <T extends string>(table: Readonly<Record<T, unknown>>): [T, ...T[]] => {
  const [first, ...rest] = Object.keys(table) as T[]
  if (first === undefined) throw new Error('空表')
  return [first, ...rest]
}
/** 撤回处罚的期限是撤回的，不是公开的 */
export const FORM_TERMS = keysOf<PublicationTerm>(PUBLICATION_TERMS).filter((term) => term !== 'PENALTY_WITHDRAWAL')

const optional = (most: number, what: string) => z.string().max(most, `${what}至多 ${most} 字`).transform((text) => (text === '' ? null : text))
const day = (missing: string) => z.string().min(1, missing).refine(isPlainDate, '不是日期，请照 2026-01-05 的样子填')
const dayOrNone = z.string().refine((text) => text === '' || isPlainDate(text), '不是日期，请照 2026-01-05 的样子填').transform((text) => (text === '' ? null : text))
const choice = <T extends string>(table: Readonly<Record<T, unknown>>, message: string) => z.enum(keysOf<T>(table), message)
const choiceOrNone = <T extends string>(table: Readonly<Record<T, unknown>>) => z.union([z.enum(keysOf<T>(table)), z.literal('').transform(() => null)], '请从所列的里选')

const MOST_KEYWORDS = 10

const SCHEMA = z.object({
  title: z.string().min(1, '请写标题').max(500, '标题至多 500 字'),
  docNo: optional(100, '文号'),
  summary: optional(2000, '概述'),
  origin: choice<Origin>(ORIGINS, '请选来源'),
  formedOn: day('请填成文日期'),
  effectiveOn: dayOrNone,
  issuer: optional(200, '发文机关'),
  topic: choiceOrNone<Topic>(TOPICS),
  genre: choiceOrNone<Genre>(GENRES),
  keywords: z.string().max(300, '主题词太长').transform((text) => [...new Set(text.split(/[、，,；;\s]+/).filter((word) => word !== ''))]).refine((words) => words.length <= MOST_KEYWORDS, `主题词至多 ${MOST_KEYWORDS} 个`),
  block: choice<ColumnBlock>(COLUMN_BLOCKS, '请选放在专栏的哪一块'),
  attribute: choiceOrNone<Attribute>(ATTRIBUTES),
  summaryKind: choiceOrNone<SummaryKind>(SUMMARY_KINDS),
  exemptionCode: choiceOrNone<ExemptionCode>(EXEMPTIONS),
  exemptionReason: z.string().max(2000, '理由至多 2000 字'),
  term: z.enum(FORM_TERMS, '请选期限'),
  termFrom: dayOrNone,
})

export type FormOutcome = { ok: true; form: ItemForm } | { ok: false; errors: Record<string, string> }

const first = (fields: Fields, name: string): string => (fields[name]?.[0] ?? '').trim()
const known = <T extends string>(fields: Fields, name: string, table: Readonly<Record<T, unknown>>): T[] => (fields[name] ?? []).filter((value): value is T => Object.hasOwn(table, value))

/** 读表单：各栏对不对，相互合不合；错处写在栏旁。 */
export function readItemForm(fields: Fields, { today }: { today: string }): FormOutcome {
  const given = Object.fromEntries(Object.keys(SCHEMA.shape).map((name) => [name, first(fields, name)]))
  const parsed = SCHEMA.safeParse(given)
  const errors: Record<string, string> = {}
  if (!parsed.success) for (const issue of parsed.error.issues) errors[String(issue.path[0] ?? '')] ??= issue.message
  const codes = known<PublicationCode>(fields, 'codes', PUBLICATION_CODES)
  check(given, codes, today, errors)
  if (!parsed.success || Object.keys(errors).length > 0) return { ok: false, errors }
  const { title, docNo, summary, origin, formedOn, effectiveOn, issuer, topic, genre, keywords, block } = parsed.data
  return {
    ok: true,
    form: {
      content: { title, docNo, summary, origin, formedOn },
      details: { issuer, topic, genre, keywords, effectiveOn, block, a19: known<A19Reason>(fields, 'a19', A19_REASONS), relations: readRelations(fields) },
      classification: toClassification(parsed.data, codes),
    },
  }
}

function check(given: Readonly<Record<string, string>>, codes: readonly PublicationCode[], today: string, errors: Record<string, string>): void {
  const say = (name: string, message: string) => (errors[name] ??= message)
  const { title = '', summary = '', attribute, formedOn = '', term = '', termFrom = '', exemptionCode, exemptionReason } = given
  if (findPersonalNumbers(title).length > 0) say('title', '标题里有身份证、手机或者银行卡号码，请去掉或者遮盖')
  if (findPersonalNumbers(summary).length > 0) say('summary', '概述里有身份证、手机或者银行卡号码，请去掉或者遮盖')
  if (formedOn > today) say('formedOn', '成文日期晚于今日')
  if (termFrom > today) say('termFrom', '起算之日晚于今日')
  if (attribute === 'proactive') {
    if (codes.length === 0) say('codes', '主动公开的须至少选一项：属于条例第二十条、第二十一条的哪一项')
    if (term !== 'GENERAL' && term !== '' && termFrom === '') say('termFrom', '特别的期限须写明自哪一日起算')
  }
  if (attribute === 'exempt') {
    if (exemptionCode === '') say('exemptionCode', '不予公开的须选依据（条例第十四条至第十六条）')
    if (exemptionReason === '') say('exemptionReason', '不予公开的须写明理由')
  }
}

function toClassification(data: z.infer<typeof SCHEMA>, codes: readonly PublicationCode[]): Classification | null {
  const { attribute, summaryKind, exemptionCode, exemptionReason, term, termFrom } = data
  if (attribute === null) return null
  const proactive = attribute === 'proactive'
  return {
    attribute,
    codes: proactive ? codes : [],
    summaryKind: proactive ? summaryKind : null,
    exemption: attribute === 'exempt' && exemptionCode !== null ? { code: exemptionCode, reason: exemptionReason } : null,
    term: proactive ? term : 'GENERAL',
    termFrom: proactive ? termFrom : null,
  }
}

const MOST_RELATIONS = 50

/** 相关的信息：一条一个「关系 索引号」。 */
export const readRelations = (fields: Fields): Relation[] =>
  (fields['relation'] ?? [])
    .flatMap((text) => {
      const [kind = '', ...rest] = text.split(' ')
      const indexNo = rest.join(' ').trim()
      return Object.hasOwn(RELATIONS, kind) && indexNo !== '' && indexNo.length <= 80 ? [{ kind: kind as RelationKind, indexNo }] : []
    })
    .filter((relation, i, all) => all.findIndex((each) => each.kind === relation.kind && each.indexNo === relation.indexNo) === i)
    .slice(0, MOST_RELATIONS)

export const relationValue = ({ kind, indexNo }: Relation): string => `${kind} ${indexNo}`

/** 已登记的一条，填回表单。 */
export function toFields({ content, classification }: Pick<Item, 'content' | 'classification'>): Fields {
  const { details } = content
  const one = (text: string | null | undefined): string[] => [text ?? '']
  return {
    title: one(content.title),
    docNo: one(content.docNo),
    summary: one(content.summary),
    origin: one(content.origin),
    formedOn: one(content.formedOn),
    effectiveOn: one(details?.effectiveOn),
    issuer: one(details?.issuer),
    topic: one(details?.topic),
    genre: one(details?.genre),
    keywords: one(details?.keywords.join('、')),
    block: one(details?.block ?? 'statutory'),
    a19: details?.a19 ?? [],
    relation: details?.relations.map(relationValue) ?? [],
    attribute: one(classification?.attribute),
    codes: classification?.codes ?? [],
    summaryKind: one(classification?.summaryKind),
    exemptionCode: one(classification?.exemption?.code),
    exemptionReason: one(classification?.exemption?.reason),
    term: one(classification?.term ?? 'GENERAL'),
    termFrom: one(classification?.termFrom),
  }
}

/** 新的一条，先填上常用的。 */
export const blankFields = ({ today, issuer, given }: { today: string; issuer: string; given: Fields }): Fields => ({ origin: ['made'], formedOn: [today], issuer: [issuer], block: ['statutory'], term: ['GENERAL'], attribute: ['proactive'], ...given })

/** 规范性文件已经写着的，填进为它登记的一条；归入第二十条第（一）项。 */
export const fieldsOfDocument = ({ title, docNo, madeOn, effectiveOn, making }: Pick<NormativeDocument, 'title' | 'docNo' | 'madeOn' | 'effectiveOn' | 'making'>): Fields => ({
  title: [title], docNo: [docNo], formedOn: [madeOn], effectiveOn: [effectiveOn ?? ''], topic: [making.topic ?? ''], codes: ['A20_01'],
})
