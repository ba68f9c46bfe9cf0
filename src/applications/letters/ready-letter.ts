import type { Finding } from '../../statute/finding.ts'
import { composeLetter } from './compose-letter.ts'
import type { ComposedLetter, LetterInput, LetterProblem } from './letter-input.ts'
import { hasErrors, lintLetter } from './letter-lint.ts'

export type ReadyLetter =
  | { ok: true; letter: ComposedLetter; warnings: readonly Finding[] }
  | { ok: false; problems: readonly LetterProblem[]; findings: readonly Finding[] }

/**
 * 可以发出的文书：拟成，换上手改的段落（`edited`，没有改则 null），十条核对都没有错误。
 * 手改的只能是正文各段；文号、法条、救济、署名、成文之日都照拟成的。
 */
export function readyLetter(input: LetterInput, edited: readonly string[] | null = null, personal: readonly string[] = []): ReadyLetter {
  const composed = composeLetter(input)
  if (!composed.ok) return { ...composed, findings: [] }
  const letter = edited === null ? composed.letter : { ...composed.letter, paragraphs: edited }
  const findings = lintLetter(letter, input, personal)
  return hasErrors(findings) ? { ok: false, problems: [], findings } : { ok: true, letter, warnings: findings }
}
