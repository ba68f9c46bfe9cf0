import type { Basis, Matter } from '../complaint.ts'

const WORDS: readonly (readonly [RegExp, Matter])[] = [
  [/不(予|给|肯)?答复|不(予|给|肯)公开|超期|逾期|依申请|申请公开/u, 'unlawful-reply'],
  [/(没有|未|没|不)(主动)?公开/u, 'not-published'],
  [/打不开|打不通|失效|不更新|没有更新|404/u, 'broken-column'],
  [/错误|写错|有误|不准确|不对/u, 'wrong-content'],
]

/** 由信里的话估计反映的是哪一种；只作登记时的初值，受理的人看过原信再定去向。 */
export function guessMatter(text: string): { basis: Basis; matter: Matter } {
  const matter = WORDS.find(([pattern]) => pattern.test(text))?.[1] ?? 'other'
  return { basis: /投诉|举报|侵犯.{0,10}权益/u.test(text) ? 'A51' : 'A47', matter }
}
