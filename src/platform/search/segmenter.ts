import type { Jieba } from '@node-rs/jieba'
import { foldText } from './fold.ts'
import { toReading } from './reading.ts'
import type { Reading } from './reading.ts'
import type { Recency } from './recency.ts'

/** 词表：词典之外的词、同义的说法、查询里不算数的词。词（words）一变须重建索引，其余不必。 */
export interface Lexicon {
  /** 机构、事项、文种等的专名 */
  words: readonly string[]
  /** 一组同义的说法，如公积金、住房公积金：查其一亦得其余 */
  synonyms: readonly (readonly string[])[]
  /** 到处都有、不说明要找什么的 */
  ignored: readonly string[]
  /** 同义说法里未必在词典的，已是所比的写法：查询里整个认出 */
  own?: readonly string[]
}

export interface Segmenter {
  /** 入索引的词：长词连同其中的短词 */
  forIndex: (text: string) => string[]
  /** 查询的词：只取长词 */
  forQuery: (text: string) => string[]
  /** 一个词怎么读 */
  readingOf: (word: string) => Reading
}

/** 检索所靠的：切词的、词表、由近及远的几段。 */
export interface SearchTools {
  segmenter: Segmenter
  lexicon: Lexicon
  recency: Recency
}

const MOST_LETTERS = 60

/** 单个汉字到处都是，不成词，由相邻二字代之；标点不是词。 */
const isWord = (word: string): boolean => /[\p{L}\p{N}]/u.test(word) && word.length <= MOST_LETTERS && !/^\p{Script=Han}$/u.test(word)

const kept = (words: readonly string[]): string[] => words.map((word) => word.trim()).filter(isWord)

/** 用到才载入词典与拼音：约 0.3 秒、90 MiB，一个进程只载入一次。 */
export function lazySegmenter(words: readonly string[]): () => Promise<Segmenter> {
  let loading: Promise<Segmenter> | null = null
  return () => (loading ??= load(words))
}

async function load(words: readonly string[]): Promise<Segmenter> {
  const [{ Jieba }, { dict }, { pinyin }] = await Promise.all([import('@node-rs/jieba'), import('@node-rs/jieba/dict.js'), import('pinyin-pro')])
  const jieba: Jieba = Jieba.withDict(dict)
  if (words.length > 0) jieba.loadDict(Buffer.from(words.map((word) => `${foldText(word)} 100000 n\n`).join('')))
  return {
    forIndex: (text) => kept(jieba.cutForSearch(foldText(text), true)),
    forQuery: (text) => kept(jieba.cut(foldText(text), true)),
    readingOf: (word) => toReading(pinyin(word, { toneType: 'none', type: 'array', v: true })),
  }
}
