import { isIdNumber } from './id-number.ts'

/** 文字中疑为个人信息的号码；公开内容里出现的须先脱敏（个人信息保护法第二十八条）。 */
export interface PersonalNumber {
  kind: '居民身份证号码' | '手机号码' | '银行卡号'
  /** 已遮盖的写法，可以显示与记录 */
  masked: string
}

function isLuhn(digits: string): boolean {
  const sum = Array.from(digits).toReversed().reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 1 ? 2 : 1)
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return sum % 10 === 0
}

/** 找出文字里的身份证、手机、银行卡号码；固定电话与 12345 之类不算。 */
export function findPersonalNumbers(text: string): PersonalNumber[] {
  return [...text.normalize('NFKC').matchAll(/(?<![0-9A-Za-z])\d{11,19}[Xx]?(?![0-9A-Za-z])/g)].flatMap(([number]): PersonalNumber[] => {
    if (isIdNumber(number)) return [{ kind: '居民身份证号码', masked: mask(number, 3, 4) }]
    if (/^1[3-9]\d{9}$/.test(number)) return [{ kind: '手机号码', masked: mask(number, 3, 4) }]
    if (/^62\d{14,17}$/.test(number) && isLuhn(number)) return [{ kind: '银行卡号', masked: mask(number, 4, 4) }]
    return []
  })
}

const mask = (text: string, head: number, tail: number): string =>
  `${text.slice(0, head)}${'*'.repeat(text.length - head - tail)}${text.slice(-tail)}`
