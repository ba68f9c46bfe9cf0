import { readCount, readYear } from '../../platform/ledger/index.ts'
import { textProblem } from '../progress/check-text.ts'
import type { TableSpec } from '../progress/read-table.ts'

export interface KeyFieldFacts {
  year: number
  field: string
  /** 公开了什么 */
  content: string
  /** 在哪几条信息 */
  indexNos: readonly string[]
  /** 公开几条；不填即所列信息的条数 */
  count: number
}

const MOST_LINKS = 50

/** 一行或一张表单里填的 → 一个领域；不合格的一栏一句。索引号以空白、顿号、逗号、分号隔开。 */
export function readKeyField(values: Readonly<Record<string, string>>): { ok: true; row: KeyFieldFacts } | { ok: false; errors: Readonly<Record<string, string>> } {
  const of = (key: string): string => (values[key] ?? '').trim()
  const [year, field, content] = [readYear(of('year')), of('field'), of('content')]
  const indexNos = [...new Set(of('indexNos').split(/[\s、，,；;]+/).filter((text) => text !== ''))]
  const count = of('count') === '' ? indexNos.length : readCount(of('count'))
  const errors: Record<string, string> = {}
  if (year === null) errors['year'] = '写四位的年度'
  const [fieldWrong, contentWrong] = [textProblem(field, 2, 60), textProblem(content, 2, 1000)]
  if (fieldWrong !== null) errors['field'] = fieldWrong
  if (contentWrong !== null) errors['content'] = contentWrong
  if (indexNos.length > MOST_LINKS || indexNos.some((text) => text.length > 80)) errors['indexNos'] = `至多 ${MOST_LINKS} 个索引号`
  if (count === null || count > 1_000_000) errors['count'] = '写整数'
  else if (count < indexNos.length) errors['count'] = `少于所列的 ${indexNos.length} 条信息`
  if (year === null || count === null || Object.keys(errors).length > 0) return { ok: false, errors }
  return { ok: true, row: { year, field, content, indexNos, count } }
}

/** 重点领域登记的列：模板、导入、导出共用。 */
export const KEY_FIELD_TABLE: TableSpec<KeyFieldFacts> = {
  title: '重点领域登记',
  columns: [
    { key: 'year', label: '年度', required: true, example: '2025', note: '四位数字' },
    { key: 'field', label: '领域', required: true, example: '社会救助', aliases: ['重点领域'] },
    { key: 'content', label: '公开了什么', required: true, example: '低保、特困、临时救助的标准、程序与按月的结果', aliases: ['公开内容', '内容'] },
    { key: 'count', label: '条数', example: '12', note: '不填即所列信息的条数', aliases: ['公开条数'] },
    { key: 'indexNos', label: '信息的索引号', example: '', note: '几条的以空格隔开，可以不填', aliases: ['索引号'] },
  ],
  read: readKeyField,
  keyOf: ({ year, field }) => `${year} ${field}`,
  most: 500,
}

export const keyFieldCells = (row: KeyFieldFacts): string[] => [String(row.year), row.field, row.content, String(row.count), row.indexNos.join(' ')]
