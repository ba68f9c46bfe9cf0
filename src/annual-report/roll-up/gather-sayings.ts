import { gramsOf, jaccard } from '../checker/likeness.ts'

/** 一家说的一句。 */
export interface Said {
  who: string
  text: string
}

/** 相近的几句归在一起：取第一家的原话，列出说过的各家。 */
export interface Saying {
  text: string
  who: readonly string[]
  /** 其余各家的原话 */
  others: readonly Said[]
}

const MOST_SAID = 4000
const MOST_GROUPS = 200 // 句数 × 组数为比对的次数
const LONGEST = 400

/**
 * 把各家的话按相近归组，家数多的在前；一字不改，不概括。
 * @param alike 三字组 Jaccard 系数到此即为相近
 */
export function gatherSayings(said: readonly Said[], alike: number): Saying[] {
  const groups: { grams: ReadonlySet<string>; first: Said; others: Said[] }[] = []
  for (const one of said.slice(0, MOST_SAID)) {
    const text = one.text.trim().slice(0, LONGEST)
    if (text === '') continue
    const grams = gramsOf(text)
    const near = groups.find((group) => group.first.text === text || jaccard(group.grams, grams) >= alike)
    if (near !== undefined) near.others.push({ who: one.who, text })
    else if (groups.length < MOST_GROUPS) groups.push({ grams, first: { who: one.who, text }, others: [] })
  }
  return groups
    .map(({ first, others }): Saying => ({ text: first.text, who: [...new Set([first.who, ...others.map(({ who }) => who)])], others: others.filter(({ text, who }) => text !== first.text || who !== first.who) }))
    .toSorted((a, b) => b.who.length - a.who.length)
}

const NAMED = 3

/** 「甲局、乙局等 5 个机关」。 */
export const whoSaid = (who: readonly string[]): string =>
  who.length <= NAMED ? who.join('、') : `${who.slice(0, NAMED).join('、')}等${who.length}个机关`
