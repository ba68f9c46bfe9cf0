import { Buffer } from 'node:buffer'
import { newId } from '../../platform/id.ts'
import { UnreadableSheet } from '../../platform/ledger/index.ts'
import type { LedgerColumn } from '../../platform/ledger/index.ts'
import { readLedger } from '../../platform/ledger/read-ledger.ts'
import { SEVERITIES } from './hit.ts'
import type { Severity } from './hit.ts'
import { WORD_KINDS } from './starter-words.ts'
import type { ListedWord, WordKind } from './starter-words.ts'
import { MOST_WORDS } from './word-store.ts'

/** 词表的列：模板与导入共用。 */
export const WORD_LEDGER = {
  title: '预检的词表',
  columns: [
    { key: 'kind', label: '种类', required: true, example: WORD_KINDS.person, note: Object.values(WORD_KINDS).map((label) => `「${label}」`).join(''), aliases: ['类别'] },
    { key: 'wrong', label: '不该出现的写法', required: true, example: '区长张三', note: '至少两个字；出现即命中', aliases: ['错误写法', '错词', '敏感词'] },
    { key: 'right', label: '应当写作', example: '区长李四', note: '没有的可以不填', aliases: ['正确写法', '正词'] },
    { key: 'severity', label: '轻重', example: SEVERITIES.warn, note: `${Object.values(SEVERITIES).join('、')}；不填为${SEVERITIES.warn}`, aliases: ['级别', '分级'] },
    { key: 'note', label: '说明', example: '2026年1月起', note: '写给承办人看', aliases: ['备注', '依据'] },
  ] satisfies readonly LedgerColumn[],
}

/** 一行或一张表单里填的。 */
export type WordInput = Readonly<Record<'kind' | 'wrong' | 'right' | 'severity' | 'note', string>>

const codeOf = <K extends string>(labels: Readonly<Record<K, string>>, text: string): K | null => {
  // 「地名、机构名」只写其一的也认
  const found = (Object.entries(labels) as [K, string][]).find(([code, label]) => code === text || label === text || label.split('、').includes(text))
  return found?.[0] ?? null
}

/** 认出一个词；不合格的一栏一句。 */
export function readWord(input: WordInput): { ok: true; word: ListedWord } | { ok: false; errors: Readonly<Record<string, string>> } {
  const [kind, severity] = [codeOf<WordKind>(WORD_KINDS, input.kind.trim()), codeOf<Severity>(SEVERITIES, input.severity.trim() || 'warn')]
  const [wrong, right, note] = [input.wrong.trim(), input.right.trim(), input.note.trim()]
  const errors = {
    ...(kind === null ? { kind: `种类须为${Object.values(WORD_KINDS).map((label) => `「${label}」`).join('')}之一` } : {}),
    ...(severity === null ? { severity: `轻重须为${Object.values(SEVERITIES).join('、')}` } : {}),
    ...(wrong.length < 2 || wrong.length > 100 ? { wrong: '须为两个字至一百个字' } : {}),
    ...(right.length > 100 ? { right: '至多一百个字' } : wrong !== '' && wrong === right ? { right: '与不该出现的写法相同' } : {}),
    ...(note.length > 200 ? { note: '至多二百个字' } : {}),
  }
  return kind !== null && severity !== null && Object.keys(errors).length === 0 ? { ok: true, word: { kind, severity, wrong, right, note } } : { ok: false, errors }
}

export interface WordFault {
  line: number
  message: string
}

const MOST_FAULTS = 100

/** 读一份词表（XLSX、CSV）；有一行不合格即都不导入，逐行说明。 */
export async function readWordFile(bytes: Uint8Array): Promise<{ ok: true; words: (ListedWord & { wordId: string })[] } | { ok: false; faults: readonly WordFault[] }> {
  const [words, faults]: [Map<string, ListedWord & { wordId: string }>, WordFault[]] = [new Map(), []]
  try {
    for await (const event of readLedger(WORD_LEDGER, Buffer.from(bytes))) {
      if (event.kind === 'mapped' && event.mapping.missing.length > 0) return { ok: false, faults: [{ line: event.headLine, message: `缺少这些列：${event.mapping.missing.map(labelOf).join('、')}` }] }
      if (event.kind !== 'lines') continue
      for (const { line, values } of event.lines) {
        const read = readWord({ kind: values['kind'] ?? '', wrong: values['wrong'] ?? '', right: values['right'] ?? '', severity: values['severity'] ?? '', note: values['note'] ?? '' })
        if (read.ok) words.set(read.word.wrong, { ...read.word, wordId: newId() })
        else if (faults.length < MOST_FAULTS) faults.push({ line, message: Object.values(read.errors).join('；') })
      }
      if (words.size > MOST_WORDS) return { ok: false, faults: [{ line: 0, message: `至多 ${MOST_WORDS} 个词` }] }
    }
  } catch (error) {
    if (error instanceof UnreadableSheet) return { ok: false, faults: [{ line: 0, message: error.message }] }
    throw error
  }
  if (words.size === 0 && faults.length === 0) return { ok: false, faults: [{ line: 0, message: '没有一个词' }] }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, words: [...words.values()] }
}

const labelOf = (column: LedgerColumn | string): string => (typeof column === 'string' ? (WORD_LEDGER.columns.find(({ key }) => key === column)?.label ?? column) : column.label)
