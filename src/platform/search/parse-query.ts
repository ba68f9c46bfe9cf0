import { findNumbers, foldNumber, foldText } from './fold.ts'
import type { Lexicon, Segmenter } from './segmenter.ts'
import { allOf, anyOf, hasNumber, hasRun, hasWord } from './vector.ts'

/** 查询的一个词：怎样算有它，怎样算标题里有它。 */
export interface QueryWord {
  word: string
  anywhere: string
  inTitle: string
}

export interface ParsedQuery {
  words: readonly QueryWord[]
  /** 引号里的，须一字不差；已是所比的写法 */
  phrases: readonly string[]
  /** 合于所求的文号、索引号；没有写号的为 null */
  number: string | null
  /** 标题里连着有所写的全部文字 */
  whole: string | null
  /** 在结果里标出的文字，长的在前 */
  marks: readonly string[]
}

/** 查询至多看这么多字，更多的不看。 */
export const QUERY_LIMIT = 200
const MOST_WORDS = 16
const QUOTED = /["“「『]([^"”」』]{2,60})["”」』]/g

/** 读一句查询：引号里的是短语，像文号、索引号的照号找，其余切成词，逐词添上同义的说法。 */
export function parseQuery(text: string, segmenter: Segmenter, lexicon: Lexicon): ParsedQuery {
  const given = text.slice(0, QUERY_LIMIT).toWellFormed()
  const phrases = [...given.matchAll(QUOTED)].map(([, inner = '']) => foldText(inner).trim()).filter((phrase) => phrase.length > 1)
  const folded = foldText(given.replaceAll(QUOTED, ' $1 '))
  const ignored = new Set(lexicon.ignored.map(foldText))
  const words = [...new Set(segmenter.forQuery(folded))].filter((word) => !ignored.has(word)).slice(0, MOST_WORDS)
  return {
    words: words.map((word) => toWord(word, segmenter, lexicon)),
    phrases,
    number: anyOf(numbersIn(given).map(hasNumber)),
    whole: hasRun(folded),
    marks: [...new Set([...phrases, folded.trim(), ...words, ...words.flatMap((word) => alikes(word, lexicon))])].filter((mark) => mark.length > 1).toSorted((a, b) => b.length - a.length),
  }
}

// 整句不长的，或许就是一个索引号
const numbersIn = (given: string): string[] => [...new Set([...findNumbers(given), ...(given.trim().length <= 80 ? [foldNumber(given)] : [])])].filter((each) => /\d/.test(each))

const alikes = (word: string, { synonyms }: Lexicon): string[] => synonyms.filter((group) => group.some((each) => foldText(each) === word)).flatMap((group) => group.map(foldText)).filter((each) => each !== word)

function toWord(word: string, segmenter: Segmenter, lexicon: Lexicon): QueryWord {
  const ways = [[word], ...alikes(word, lexicon).map((each) => segmenter.forQuery(each))]
  const any = (inTitle: boolean): string => anyOf(ways.map((way) => allOf(way.map((each) => hasWord(each, inTitle))))) ?? hasWord(word, inTitle)
  return { word, anywhere: any(false), inTitle: any(true) }
}
