import { isIdNumber } from './id-number.ts'

/** 文字中疑为个人信息的号码；公开内容里出现的须先脱敏（个人信息保护法第二十八条）。 */
export interface PersonalNumber {
  kind: '居民身份证号码' | '手机号码' | '银行卡号'
  /** 已遮盖的写法，可以显示与记录 */
  masked: string
  /** 在所查文字（全角化半角、去掉不占位的字符之后）里的起、止 */
  from: number
  to: number
}

function isLuhn(digits: string): boolean {
  const sum = Array.from(digits).toReversed().reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 1 ? 2 : 1)
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return sum % 10 === 0
}

// 连着写的；照习惯以空格、连字符分段写的
const TOGETHER = /(?<![0-9A-Za-z])\d{11,19}[Xx]?(?![0-9A-Za-z])/g
const IN_GROUPS = /(?<![0-9A-Za-z])(?:1[3-9]\d[ -]\d{4}[ -]?\d{4}|1[3-9]\d{5}[ -]\d{4}|\d{6}[ -]\d{8}[ -]?\d{3}[0-9Xx]|\d{14}[ -]\d{3}[0-9Xx]|62\d{2}(?:[ -]\d{4}){3}(?:[ -]\d{1,3})?)(?![0-9A-Za-z])/g

/** 找出文字里的身份证、手机、银行卡号码；固定电话与 12345 之类不算。号码里夹着不占位的字符的也认得出。 */
export function findPersonalNumbers(text: string): PersonalNumber[] {
  const plain = plainText(text)
  return [...plain.matchAll(TOGETHER), ...plain.matchAll(IN_GROUPS)]
    .flatMap((found): PersonalNumber[] => {
      const number = found[0].replaceAll(/[ -]/g, '')
      const kind = kindOf(number)
      return kind === null ? [] : [{ kind, masked: mask(number, kind === '银行卡号' ? 4 : 3, 4), from: found.index, to: found.index + found[0].length }]
    })
    .toSorted((one, other) => one.from - other.from)
}

const plainText = (text: string): string => text.normalize('NFKC').replaceAll(/\p{Cf}/gu, '')

/** 把文字里的身份证、手机、银行卡号码换成遮盖的写法；号码之外一字不动，全角的标点仍是全角。 */
export function maskPersonalNumbers(text: string): string {
  const found = findPersonalNumbers(text)
  if (found.length === 0) return text
  const pieces = piecesOf(text)
  // 所查文字的每一位出自原文的第几个字
  const origin = pieces.flatMap(({ plain }, i) => Array.from({ length: plain.length }, () => i))
  const kept = (from: number, to: number): string => pieces.slice(from, to).map(({ written }) => written).join('')
  let done = 0
  const parts = found.map(({ masked, from, to }) => {
    const before = kept(done, origin[from] ?? done)
    done = (origin[to - 1] ?? done) + 1
    return `${before}${masked}`
  })
  return `${parts.join('')}${kept(done, pieces.length)}`
}

// 逐字化半角；与整段化得的不同的（组合的符号），以化过的为准
function piecesOf(text: string): { written: string; plain: string }[] {
  const pieces = Array.from(text, (written) => ({ written, plain: plainText(written) }))
  const plain = plainText(text)
  return pieces.map((one) => one.plain).join('') === plain ? pieces : Array.from(plain, (each) => ({ written: each, plain: each }))
}

function kindOf(number: string): PersonalNumber['kind'] | null {
  if (isIdNumber(number)) return '居民身份证号码'
  if (/^1[3-9]\d{9}$/.test(number)) return '手机号码'
  return /^62\d{14,17}$/.test(number) && isLuhn(number) ? '银行卡号' : null
}

const mask = (text: string, head: number, tail: number): string =>
  `${text.slice(0, head)}${'*'.repeat(text.length - head - tail)}${text.slice(-tail)}`
