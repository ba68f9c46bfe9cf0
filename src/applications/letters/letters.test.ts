import { expect, test } from 'vitest'
import { composeLetter } from './compose-letter.ts'
import { lintLetter } from './letter-lint.ts'
import { LETTER_IDS } from './letters.ts'
import { sampleLetters } from './testing-letters.ts'

test('every letter has a believable sample', () => {
  expect([...new Set(sampleLetters().map(({ input }) => input.id))].toSorted()).toEqual(LETTER_IDS)
})

test.each(sampleLetters())('$name is composed, and lints clean', ({ input }) => {
  const composed = composeLetter(input)
  if (!composed.ok) throw new Error(JSON.stringify(composed.problems, null, 1))
  expect(lintLetter(composed.letter, input, ['胡某某'])).toEqual([])
  if (process.env['SHOW']) console.log([composed.letter.docNo, composed.letter.title, composed.letter.recipient, ...composed.letter.paragraphs, ...composed.letter.rows.map((r) => `${r.label}|${r.text}`), composed.letter.remedy.text, composed.letter.attachments.join('/'), composed.letter.on].join('\n'))
})
