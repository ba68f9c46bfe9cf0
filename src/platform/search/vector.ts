import { bigramsOf, foldNumber, foldText } from './fold.ts'
import type { Segmenter } from './segmenter.ts'

/** 数据库所认的词：引号与反斜线写两遍。 */
const quote = (lexeme: string): string => `'${lexeme.replaceAll(/['\\]/g, '$&$&')}'`

// 与正文的词不相混的几种：标题里的词、标题相邻二字、文号与索引号、筛选项
const titleLexeme = (word: string): string => `$${word}`
const bigramLexeme = (bigram: string): string => `~${bigram}`
const numberLexeme = (number: string): string => `#${foldNumber(number)}`
const facetLexeme = (name: string, value: string): string => `=${name}:${value}`

// tsvector 至多 1 MB；正文的词到此为止，余下的（多半是表里的数字）不收
const MOST_BYTES = 600_000

/** 一件可检索的文字。 */
export interface Indexed {
  title: string
  text: string
  numbers: readonly string[]
  /** 筛选项，「名:值」 */
  facets: readonly string[]
}

/** 一件的两份 tsvector 写法：全部的词（查找用）、标题的词（排序用）；都不带位置。由应用造，故不随数据库的词典而变。 */
export function toVectors({ title, text, numbers, facets }: Indexed, segmenter: Segmenter): { tokens: string; titleTokens: string; titleWords: string[] } {
  const titleWords = [...new Set(segmenter.forIndex(title))]
  const exact = [...numbers.filter((number) => number !== '').map(numberLexeme), ...new Set(bigramsOf(foldText(title)).map(bigramLexeme))].map(quote)
  const first = [...titleWords.map(quote), ...titleWords.map((word) => quote(titleLexeme(word))), ...exact, ...facets.map((facet) => quote(`=${facet}`))]
  return { tokens: [...first, ...textLexemes(text, new Set(titleWords), segmenter)].join(' '), titleTokens: [...titleWords.map(quote), ...exact].join(' '), titleWords }
}

function textLexemes(text: string, besides: ReadonlySet<string>, segmenter: Segmenter): string[] {
  const lexemes: string[] = []
  let bytes = 0
  for (const word of new Set(segmenter.forIndex(text))) {
    if (besides.has(word)) continue
    const lexeme = quote(word)
    bytes += lexeme.length * 3 + 8
    if (bytes > MOST_BYTES) break
    lexemes.push(lexeme)
  }
  return lexemes
}

/** 皆有；没有词的为 null。 */
export const allOf = (queries: readonly (string | null)[]): string | null => join(queries, ' & ')
/** 有其一。 */
export const anyOf = (queries: readonly (string | null)[]): string | null => join(queries, ' | ')

function join(queries: readonly (string | null)[], by: string): string | null {
  const given = [...new Set(queries.filter((query) => query !== null))]
  return given.length === 0 ? null : given.length === 1 ? (given[0] ?? null) : `(${given.join(by)})`
}

/** 有这个词。 */
export const hasWord = (word: string): string => quote(word)
/** 标题里有这个词（查 tokens 用）。 */
export const hasTitleWord = (word: string): string => quote(titleLexeme(word))
export const hasNumber = (number: string): string => quote(numberLexeme(number))
export const hasFacet = (name: string, value: string): string => quote(facetLexeme(name, value))
/** 标题里有这些字，先后相连，标点、空白不论；不足二字的为 null。 */
export const hasRun = (folded: string): string | null => allOf([...new Set(bigramsOf(folded))].map((bigram) => quote(bigramLexeme(bigram))))
