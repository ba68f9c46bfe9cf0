import type { Tx } from '../db.ts'
import { findBareNumbers, findNumbers, foldNumber, foldText } from './fold.ts'
import type { Lexicon, SearchTools, Segmenter } from './segmenter.ts'
import { spelledWords } from './spelled.ts'
import { allOf, anyOf, hasNumber, hasRun, hasTitleWord, hasWord } from './vector.ts'

/** 查询的一个词：怎样算有它，怎样算标题里有它（`titled` 查标题的向量，`found` 查全部的）。 */
export interface QueryWord {
  word: string
  anywhere: string
  /** 标题里有：用于全部的词 */
  found: string
  /** 标题里有：用于标题的词 */
  titled: string
  /** 标题里有所写的本词，不是同义的说法：用于标题的词 */
  said: string
}

export interface ParsedQuery {
  /** 所看的文字，已是所比的写法 */
  text: string
  words: readonly QueryWord[]
  /** 引号里的，须一字不差；已是所比的写法 */
  phrases: readonly string[]
  /** 合于所求的文号、索引号；没有写号的为 null */
  number: string | null
  /** 除了号，没有写别的 */
  onlyNumber: boolean
  /** 标题里连着有所写的全部文字 */
  whole: string | null
  /** 词没有盖住的汉字：或许写错了 */
  uncovered: boolean
  /** 在结果里标出的文字，长的在前 */
  marks: readonly string[]
}

/** 查询至多看这么多字，更多的不看。 */
export const QUERY_LIMIT = 200
const MOST_WORDS = 16
const QUOTED = /["“「『]([^"”」』]{2,60})["”」』]/g

/** 读一句查询：引号里的是短语，像文号、索引号的照号找，其余切成词，逐词添上同义的说法；字母的照全拼、首字母另找汉字的词。 */
export async function parseQuery(tx: Tx, text: string, { segmenter, lexicon, recency }: SearchTools): Promise<ParsedQuery> {
  const given = text.slice(0, QUERY_LIMIT).toWellFormed()
  const phrases = [...given.matchAll(QUOTED)].map(([, inner = '']) => foldText(inner).trim()).filter((phrase) => phrase.length > 1)
  const folded = foldText(given.replaceAll(QUOTED, ' $1 ')).trim()
  const ignored = new Set(lexicon.ignored.map(foldText))
  const cut = [...new Set(cutKnown(folded, segmenter, lexicon))].filter((word) => !ignored.has(word)).slice(0, MOST_WORDS)
  const numbers = numbersIn(given)
  const spelled = await spelledWords(tx, cut, recency)
  const words = cut.flatMap((word) => (spelled.get(word) ?? [[]]).map((read) => toWord(word, read, segmenter, lexicon)))
  return {
    text: folded,
    words,
    phrases,
    number: anyOf(numbers.map(hasNumber)),
    onlyNumber: numbers.includes(foldNumber(given)) && /\d{3}/.test(foldText(given)),
    whole: hasRun(folded),
    uncovered: isUncovered(folded, cut),
    marks: toMarks([...phrases, folded, ...cut, ...cut.flatMap((word) => [...alikes(word, lexicon), ...(spelled.get(word) ?? []).flat()])]),
  }
}

const toMarks = (marks: readonly string[]): string[] => [...new Set(marks)].filter((mark) => mark.length > 1).toSorted((a, b) => b.length - a.length)

// 本区自定的说法未必在词典里：先认出它们，其余再切
function cutKnown(folded: string, segmenter: Segmenter, { own = [] }: Lexicon): string[] {
  if (own.length === 0) return segmenter.forQuery(folded)
  const longest = Math.max(...own.map((word) => word.length))
  const known = new Set(own)
  const words: string[] = []
  let rest = ''
  for (let at = 0; at < folded.length; ) {
    const length = lengthAt(folded, at, known, longest)
    if (length === 0) {
      rest += folded.charAt(at)
      at += 1
      continue
    }
    words.push(...segmenter.forQuery(rest), folded.slice(at, at + length))
    rest = ''
    at += length
  }
  return [...words, ...segmenter.forQuery(rest)]
}

function lengthAt(text: string, at: number, known: ReadonlySet<string>, longest: number): number {
  for (let length = Math.min(longest, text.length - at); length > 1; length -= 1) if (known.has(text.slice(at, at + length))) return length
  return 0
}

/** 不说明要找什么的字，不当作写错。 */
export const FUNCTION_LETTERS = /[的了吗呢啊吧么在是有和与及或之为对从把被将要想我你他她它们这那哪几个请问谁怎么样里到去给能会可不没就都也还很最多少上下前后各每某第年月日号件条次份元]/gu

function isUncovered(folded: string, words: readonly string[]): boolean {
  const left = words.toSorted((a, b) => b.length - a.length).reduce((text, word) => text.replaceAll(word, ' '), folded)
  return /\p{Script=Han}/u.test(left.replaceAll(FUNCTION_LETTERS, ''))
}

// 整句不长的，或许就是一个索引号
const numbersIn = (given: string): string[] => [...new Set([...findNumbers(given), ...findBareNumbers(given), ...(given.trim().length <= 80 ? [foldNumber(given)] : [])])].filter((each) => /\d/.test(each))

const alikes = (word: string, { synonyms }: Lexicon): string[] =>
  synonyms.filter((group) => group.some((each) => foldText(each) === word)).flatMap((group) => group.map(foldText)).filter((each) => each !== word)

function toWord(word: string, spelled: readonly string[], segmenter: Segmenter, lexicon: Lexicon): QueryWord {
  // 字母的读作什么都算本词；自定的说法切开了也是本词
  const own = [[word], ...[...spelled, ...((lexicon.own ?? []).includes(word) ? [word] : [])].map((each) => segmenter.forQuery(each))]
  const ways = [...own, ...alikes(word, lexicon).map((each) => segmenter.forQuery(each))].filter((way) => way.length > 0)
  const any = (has: (word: string) => string, of = ways): string => anyOf(of.map((way) => allOf(way.map(has)))) ?? has(word)
  return { word, anywhere: any(hasWord), found: any(hasTitleWord), titled: any(hasWord), said: any(hasWord, own) }
}
