import { chineseDate } from '../../documents/index.ts'
import { outcomeRule } from '../../statute/outcomes.ts'
import { isPlainDate } from '../../statute/plain-date.ts'
import { remedyText } from '../../statute/remedies.ts'
import type { Remedy } from '../../statute/remedies.ts'
import type { Facts } from './case-facts.ts'
import { holds } from './holds.ts'
import { remedyFor } from './letter-decision.ts'
import type { ComposedLetter, LetterDecision, LetterInput } from './letter-input.ts'
import { letterRule } from './letters.ts'
import type { LetterRule } from './letter-rule.ts'

/** 以各值填入文书的各段。`decision` 只在答复处理决定的文书里有。 */
export function writeLetter(input: LetterInput, decision: LetterDecision | null, values: Facts, lists: Readonly<Record<string, readonly string[]>>): ComposedLetter {
  const rule = letterRule(input.id)
  const labels = optionLabels(rule, decision)
  const shown: Facts = { ...values, recipient: input.recipient.trim(), on: input.on }
  const fillWith = (text: string, parts: Facts): string => text.replace(/\{(\w+)\}/g, (_, key: string) => parts[key] ?? show(key, shown, labels))
  const wording = Object.fromEntries(Object.entries(input.wording ?? {}).filter(([key]) => rule.free.some(({ part }) => part === key)))
  const parts = Object.fromEntries(rule.free.map(({ part, text }) => [part, fillWith(wording[part] ?? text, {})]))
  const fill = (text: string): string => fillWith(text, parts)
  const paragraphs = rule.paragraphs.flatMap((paragraph): string[] => {
    if (typeof paragraph === 'string') return split(fill(paragraph))
    if (!holds(paragraph.when, values)) return []
    return 'each' in paragraph ? numbered(lists[paragraph.each] ?? []) : split(fill(paragraph.text))
  })
  const rows = (rule.rows ?? []).filter((row) => holds(row.when, values)).map(({ label, text, lines }) => ({ label, text: fill(text).replaceAll('\n', '　'), lines }))
  const kind = remedyFor(input, decision)
  return {
    id: input.id,
    title: (decision && rule.titles?.[decision.outcome]) ?? rule.title,
    docNo: input.docNo,
    addressee: rule.addressee,
    recipient: input.recipient.trim(),
    paragraphs,
    rows,
    remedy: { kind, text: remedyWords(input, rule, kind) },
    attachments: [...(rule.attachments ?? []), ...(lists['attachments'] ?? [])],
    signature: rule.rows === undefined ? input.body.name : null,
    contact: `联系人：${input.body.contact}，电话：${input.body.phone}`,
    on: input.on,
    ...(Object.keys(wording).length === 0 ? {} : { wording }),
    quoted: [values['content'], values['supplementQuoted'], values['askedQuoted']].filter((text) => text !== undefined),
  }
}

// 有互联网复议渠道的一律写明，另起一段：电子送达的应当提供（行政复议法第二十二条）
function remedyWords({ body }: LetterInput, { act }: LetterRule, kind: Remedy): string {
  const text = remedyText(kind, { ...body, act })
  return text === '' || body.reviewOnlineUrl === '' ? text : `${text}\n提交行政复议申请的互联网渠道：${body.reviewOnlineUrl}。`
}

function optionLabels(rule: LetterRule, decision: LetterDecision | null): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const evidence = decision === null ? [] : outcomeRule(decision.outcome).evidence
  return Object.fromEntries([...rule.fields, ...evidence].flatMap(({ key, options }) => (options === undefined ? [] : [[key, options]])))
}

function show(key: string, values: Facts, labels: Readonly<Record<string, Readonly<Record<string, string>>>>): string {
  const value = values[key] ?? ''
  const label = labels[key]?.[value]
  if (label !== undefined) return label
  if (isPlainDate(value)) return chineseDate(value)
  return key === 'opening' || key === 'openingShort' ? value : value.trim().replace(/[。；;，,、]+$/u, '')
}

// 所填的文字分行的，各自成段
const split = (text: string): string[] => text.split(/\r?\n+/).map((line) => line.trim()).filter((line) => line !== '')

const numbered = (lines: readonly string[]): string[] =>
  lines.map((line, i) => `${lines.length === 1 ? '' : `${i + 1}．`}${line}${i === lines.length - 1 ? '。' : '；'}`)
