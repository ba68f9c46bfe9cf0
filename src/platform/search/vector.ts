import { bigramsOf, foldNumber, foldText } from './fold.ts'
import type { Segmenter } from './segmenter.ts'

/** 数据库所认的词：引号与反斜线写两遍。 */
const quote = (lexeme: string): string => `'${lexeme.replaceAll(/['\\]/g, '$&$&')}'`

// 一个文号、索引号，标题里相邻二字，各作一个不与词相混的词
const numberLexeme = (number: string): string => `#${foldNumber(number)}`
const bigramLexeme = (bigram: string): string => `~${bigram}`

const MOST_WORDS = 4000

/** 一件的 tsvector 写法：标题的词带权 A，正文的词不带位置。由应用造，故不随数据库的词典而变。 */
export function toVector({ title, text, numbers }: { title: string; text: string; numbers: readonly string[] }, segmenter: Segmenter): string {
  const inTitle = new Set(segmenter.forIndex(title))
  const inText = new Set(segmenter.forIndex(text).slice(0, MOST_WORDS).filter((word) => !inTitle.has(word)))
  const others = [...numbers.filter((number) => number !== '').map(numberLexeme), ...bigramsOf(foldText(title)).map(bigramLexeme)]
  return [...[...inTitle].map((word) => `${quote(word)}:1A`), ...[...inText, ...new Set(others)].map(quote)].join(' ')
}

/** 皆有；没有词的为 null。 */
export const allOf = (queries: readonly (string | null)[]): string | null => join(queries, ' & ')
/** 有其一。 */
export const anyOf = (queries: readonly (string | null)[]): string | null => join(queries, ' | ')

function join(queries: readonly (string | null)[], by: string): string | null {
  const given = queries.filter((query) => query !== null)
  return given.length === 0 ? null : given.length === 1 ? (given[0] ?? null) : `(${given.join(by)})`
}

/** 一个词；`inTitle` 为真的须在标题里。 */
export const hasWord = (word: string, inTitle = false): string => `${quote(word)}${inTitle ? ':A' : ''}`
export const hasNumber = (number: string): string => quote(numberLexeme(number))
/** 标题里有这些字，先后相连，标点、空白不论；不足二字的为 null。 */
export const hasRun = (folded: string): string | null => allOf([...new Set(bigramsOf(folded))].map((bigram) => quote(bigramLexeme(bigram))))
