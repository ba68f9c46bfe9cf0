import { dict } from '@node-rs/jieba/dict.js'
import { newId } from '../platform/id.ts'
import type { SearchDocument } from '../platform/search/index.ts'

/** 到处都有的事项、文种，与人人都用的词：查它们的，命中极多。 */
const MATTERS = ['部门预算', '部门决算', '行政许可', '行政处罚', '政府采购', '老旧小区改造', '义务教育招生', '食品安全抽检', '最低生活保障', '临时救助', '养老服务', '住房公积金', '房屋征收补偿', '安全生产检查', '应急预案', '公开招聘', '机构职能', '领导分工', '重大建设项目', '法治政府建设']
const GENRES = ['通知', '公告', '公示', '实施方案', '管理办法', '情况报告', '批复', '意见', '清单', '解读']
const YEARS = Array.from({ length: 12 }, (_, n) => 2014 + n)
const TEXT_WORDS = 150
const BODIES = 300

/** 一组可以重现的随机数（mulberry32）。 */
function numbersFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

interface Words {
  words: readonly string[]
  /** 依次累加的词频 */
  upTo: Float64Array
}

let known: Words | null = null

// 词典里的汉字词，照词频抽：常见的词处处有，罕见的词百万件里也没几件
function dictionary(): Words {
  if (known !== null) return known
  const words: string[] = []
  const sums: number[] = []
  let sum = 0
  for (const line of dict.toString().split('\n')) {
    const [word = '', count = ''] = line.split(' ')
    if (!/^\p{Script=Han}{2,4}$/u.test(word)) continue
    sum += Number(count)
    words.push(word)
    sums.push(sum)
  }
  known = { words, upTo: Float64Array.from(sums) }
  return known
}

function drawn({ words, upTo }: Words, at: number): string {
  const wanted = at * (upTo.at(-1) ?? 0)
  let [low, high] = [0, upTo.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((upTo[middle] ?? 0) > wanted) high = middle
    else low = middle + 1
  }
  return words[low] ?? ''
}

const pick = <T>(list: readonly T[], random: () => number, skew = 1): T => list[Math.floor(random() ** skew * list.length)]!

/** 生成的文件，像政府信息的样子：二十种常见的事项、词典里照词频抽的词，标题三十来字、正文三百来字。 */
export function* generatedDocuments(count: number, seed: number): Generator<SearchDocument> {
  const random = numbersFrom(seed)
  const from = dictionary()
  const bodies = Array.from({ length: BODIES }, () => newId())
  for (let n = 0; n < count; n += 1) {
    const body = Math.floor(random() ** 1.5 * BODIES)
    const [matter, genre, year] = [pick(MATTERS, random, 2), pick(GENRES, random, 1.5), pick(YEARS, random, 0.7)]
    const title = `示例区第${body + 1}局关于${drawn(from, random())}${drawn(from, random())}${matter}的${genre}（${year}年）`
    const text = Array.from({ length: TEXT_WORDS }, (_, i) => (i % 25 === 7 ? pick(MATTERS, random, 2) : drawn(from, random())) + (i % 9 === 8 ? '，' : '')).join('')
    const day = `${year}-${String(1 + Math.floor(random() * 12)).padStart(2, '0')}-${String(1 + Math.floor(random() * 28)).padStart(2, '0')}`
    yield {
      bodyId: bodies[body]!, kind: 'item', id: newId(), title, text, publishedOn: day,
      numbers: [`局${body + 1}/${year}-${String(n).padStart(7, '0')}`, `示${body + 1}发〔${year}〕${n % 900}号`],
      invalidFrom: random() < 0.05 ? `${year + 1}-01-01` : null,
      facets: [`code:A20_${String(1 + Math.floor(random() * 15)).padStart(2, '0')}`, `genre:${pick(['circular', 'notice', 'plan', 'rules'], random)}`, `topic:${pick(['general', 'finance', 'construction', 'science', 'health'], random)}`],
    }
  }
}

/** 一组问法，各若干句。 */
export interface Questions {
  name: string
  asked: readonly string[]
}

/** 罕见的词、常见的词、两个词、罕见加常见、文号、拼音、写错的各若干句。 */
export function questionsFor(count: number, seed: number): Questions[] {
  const random = numbersFrom(seed)
  const from = dictionary()
  const many = (make: () => string): string[] => Array.from({ length: count }, make)
  const rare = (): string => from.words[Math.floor(random() * from.words.length)]!
  const usual = (): string => drawn(from, random())
  return [
    { name: '罕见的词', asked: many(rare) },
    { name: '照词频抽的一个词', asked: many(usual) },
    { name: '处处都有的词', asked: many(() => pick([...MATTERS, ...GENRES], random)) },
    { name: '两个词', asked: many(() => `${usual()} ${usual()}`) },
    { name: '两个处处都有的词', asked: many(() => `${pick(MATTERS, random)}${pick(GENRES, random)}`) },
    { name: '三个词带年份', asked: many(() => `${pick(YEARS, random)}年${pick(MATTERS, random)}${usual()}`) },
    { name: '文号', asked: many(() => `示${1 + Math.floor(random() * BODIES)}发〔${pick(YEARS, random)}〕${Math.floor(random() * 900)}号`) },
    { name: '写错的（公基金之类）', asked: many(() => `${pick(['公基金', '老旧小曲改造', '最底生活保障', '形政处罚', '羊老服务', '房屋征收不偿'], random)} ${usual()}`) },
  ]
}
