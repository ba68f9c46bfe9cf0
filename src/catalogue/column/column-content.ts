import { createHash } from 'node:crypto'
import { canonicalJson } from '../../platform/canonical-json.ts'
import { findPersonalNumbers } from '../../statute/personal-numbers.ts'
import { PARTS, fieldOf, listOf } from './column-parts.ts'
import type { PartContent, PartField, PartList, PartName, PartRow, PartSpec } from './column-parts.ts'

/** 栏名 → 哪里不对；组里的一栏写作 `leaders.0.name`，整组写作组名。 */
export type PartProblems = Readonly<Record<string, string>>

const digest = (value: unknown): string => createHash('sm3').update(canonicalJson(value)).digest('hex')

/** 内容的摘要（SM3）：批准公布的是这一份。 */
export const hashPart = (part: PartName, content: PartContent): string => digest({ part, fields: content.fields, lists: content.lists })
/** 一条渠道的摘要：核实的是这一条，改了即须重新核实。 */
export const hashRow = (row: PartRow): string => digest(row)

export const rowField = (list: string, index: number, key: string): string => `${list}.${index}.${key}`

/** 由表单读出一部分的内容；只取规定的栏与行，空行不收。 */
export function readPart(part: PartName, given: (name: string) => string): PartContent {
  const spec: PartSpec = PARTS[part]
  const tidy = (name: string) => given(name).replaceAll('\r\n', '\n').trim()
  const rowsOf = (list: PartList): PartRow[] =>
    Array.from({ length: list.most }, (_, index) => Object.fromEntries(list.fields.map(({ key }) => [key, tidy(rowField(list.key, index, key))]))).filter((row) => Object.values(row).some((text) => text !== ''))
  return {
    fields: Object.fromEntries(spec.fields.map(({ key }) => [key, tidy(key)])),
    lists: Object.fromEntries(spec.lists.map((list) => [list.key, rowsOf(list)])),
  }
}

/** 哪里不对；`complete` 为真的还查必填的有没有填（要送批、公布的），草稿不查。 */
export function problemsOf(part: PartName, content: PartContent, complete: boolean): PartProblems {
  const spec: PartSpec = PARTS[part]
  const found: Record<string, string> = {}
  const check = (name: string, field: PartField, text: string) => {
    const problem = problemIn(field, text, complete)
    if (problem !== null) found[name] = problem
  }
  for (const field of spec.fields) check(field.key, field, fieldOf(content, field.key))
  for (const list of spec.lists) {
    const rows = listOf(content, list.key)
    if (complete && rows.length < list.least) found[rowField(list.key, 0, list.fields[0]?.key ?? '')] = `至少写一条${list.one}`
    for (const [index, row] of rows.entries()) for (const field of list.fields) check(rowField(list.key, index, field.key), field, row[field.key] ?? '')
  }
  return found
}

function problemIn({ label, kind, required, most }: PartField, text: string, complete: boolean): string | null {
  if (text === '') return complete && required ? `请填写${label}` : null
  const length = Array.from(text).length
  if (length > most) return `不超过 ${most} 个字，现有 ${length} 个`
  if (kind === 'line' && text.includes('\n')) return '请写成一行'
  if (kind === 'url' && !isWebAddress(text)) return '请写以 https:// 或者 http:// 开头的网址'
  const [number] = findPersonalNumbers(text)
  return number === undefined ? null : `有${number.kind} ${number.masked}，公开的页面上不能写；请写办公电话`
}

const isWebAddress = (text: string): boolean => /^https?:$/.test(URL.parse(text)?.protocol ?? '')

/** 必填而没有填的各栏的名称。 */
export function missingIn(part: PartName, content: PartContent): string[] {
  const spec: PartSpec = PARTS[part]
  return [
    ...spec.fields.filter(({ key, required }) => required && fieldOf(content, key) === '').map(({ label }) => label),
    ...spec.lists.filter(({ key, least }) => listOf(content, key).length < least).map(({ label }) => label),
  ]
}

export interface PartLine {
  key: string
  label: string
  text: string
}

/** 逐栏写出，供比对与查看；一组写成一栏，一行一段。 */
export function toPartLines(part: PartName, content: PartContent): PartLine[] {
  const spec: PartSpec = PARTS[part]
  return [
    ...spec.fields.map(({ key, label }) => ({ key, label, text: fieldOf(content, key) })),
    ...spec.lists.map(({ key, label, fields }) => ({
      key,
      label,
      text: listOf(content, key)
        .map((row) => fields.flatMap((field) => (row[field.key] ? [`${field.label}：${row[field.key]}`] : [])).join('\n'))
        .join('\n\n'),
    })),
  ]
}
