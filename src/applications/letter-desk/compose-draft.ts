import { createHash } from 'node:crypto'
import { canonicalJson } from '../../platform/canonical-json.ts'
import type { Finding } from '../../statute/finding.ts'
import { composeLetter } from '../letters/compose-letter.ts'
import type { ComposedLetter, LetterProblem } from '../letters/letter-input.ts'
import { lintLetter } from '../letters/letter-lint.ts'
import type { LetterId } from '../letters/letters.ts'
import { personalOf, toLetterInput } from './letter-source.ts'
import type { LetterSource } from './letter-source.ts'
import type { IssuedModel, Letter, LetterContent } from './letter-store.ts'

export interface Refused {
  ok: false
  problems: readonly LetterProblem[]
}

export interface Draft {
  ok: true
  letter: ComposedLetter
  /** 系统拟成的正文，手改的由此改起 */
  generated: readonly string[]
  warnings: readonly Finding[]
}

/** 不可以的缘故，不属哪一栏。 */
export const refuse = (message: string): Refused => ({ ok: false, problems: [{ field: '', label: '', message }] })

/**
 * 照现在的案件拟成一件，换上手改的正文，再过十条核对；有错误的拟不成，逐项说明。
 * 草稿没有文号，故只在给了文号时核对文号。
 */
export function composeDraft(source: LetterSource, type: LetterId, content: LetterContent, at: { on?: string; docNo?: string | null } = {}): Draft | Refused {
  const input = toLetterInput(source, type, content, at)
  const composed = composeLetter(input)
  if (!composed.ok) return composed
  const generated = composed.letter.paragraphs
  const { edited } = content
  const letter = edited === null ? composed.letter : { ...composed.letter, paragraphs: edited.paragraphs }
  const findings = lintLetter(letter, input, personalOf(source.applicant)).filter(({ rule }) => input.docNo !== null || rule !== 'LT-01')
  const errors = findings.filter(({ severity }) => severity === 'error').map(toProblem)
  if (edited !== null && !isSame(edited.from, generated)) errors.push({ field: 'paragraphs', label: '正文', message: '手改正文之后，案件、所填各项或者成文之日有变，拟成的正文已不同，请对照重改' })
  if (errors.length > 0) return { ok: false, problems: errors }
  return { ok: true, letter, generated, warnings: findings }
}

const isSame = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((text, i) => text === b[i])

// 给人看的只有话，没有规则的编号
const toProblem = ({ message, mend, line }: Finding): LetterProblem => ({
  field: 'paragraphs',
  label: '',
  message: `${line === null ? '' : `第 ${line} 段：`}${message}。${mend}`,
})

/** 照签批时的成文之日再拟一遍，与签批的不同：案件已有变。没有签批的不算。 */
export function isStale(source: LetterSource, { type, content, signed }: Pick<Letter, 'type' | 'content' | 'signed'>): boolean {
  if (signed === null) return false
  const again = composeDraft(source, type, content, { on: signed.for })
  return !again.ok || signedHashOf(again.letter) !== signed.hash
}

const sm3 = (text: string): string => createHash('sm3').update(text).digest('hex')
/** 签批所认的内容：不含文号。 */
export const signedHashOf = (letter: ComposedLetter): string => sm3(canonicalJson({ ...letter, docNo: null }))
/** 发出的文书的 SM3 摘要。 */
export const issuedHashOf = (model: IssuedModel): string => sm3(canonicalJson(model))
