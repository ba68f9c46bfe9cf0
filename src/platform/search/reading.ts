/** 一个词的读法，都是小写字母。 */
export interface Reading {
  /** 全拼，如 gongjijin */
  spelling: string
  /** 首字母，如 gjj */
  initials: string
  /** 逐字的读音，不分前后鼻音、平翘舌、n 与 l，如 gon ji jin：读音相同的，多半是打错的 */
  sound: string
}

/** 由逐字的拼音得出；字母、数字各作一字，照原样。 */
export function toReading(syllables: readonly string[]): Reading {
  const letters = syllables.map((syllable) => syllable.toLowerCase())
  return { spelling: letters.join(''), initials: letters.map((each) => each.slice(0, 1)).join(''), sound: letters.map(blur).join(' ') }
}

const blur = (syllable: string): string =>
  syllable.replace(/^(?=[zcs])([zcs])h/, '$1').replace(/^n(?=[aeiouv])/, 'l').replace(/ng$/, 'n')

/** 本词与缺一字的各种写法；两个词有一种相同的，至多差一字（多一字、少一字、错一字）。 */
export function nearOf(word: string): string[] {
  const letters = [...word]
  if (letters.length < LEAST || letters.length > MOST) return []
  return [...new Set([word, ...letters.map((_, i) => letters.toSpliced(i, 1).join(''))])]
}

// 二字的词错一字，像它的太多；太长的多半是机构的全称
const LEAST = 3
const MOST = 12

/** 二者至多差一字：多一字、少一字、错一字，或相邻二字颠倒。 */
export function isNear(a: string, b: string): boolean {
  const [left, right] = [[...a], [...b]]
  if (Math.abs(left.length - right.length) > 1) return false
  const from = left.findIndex((letter, i) => letter !== right[i])
  const first = from === -1 ? Math.min(left.length, right.length) : from
  const rest = (letters: readonly string[], at: number) => letters.slice(at).join('')
  if (left.length > right.length) return rest(left, first + 1) === rest(right, first)
  if (left.length < right.length) return rest(left, first) === rest(right, first + 1)
  if (rest(left, first + 1) === rest(right, first + 1)) return true
  return left[first] === right[first + 1] && left[first + 1] === right[first] && rest(left, first + 2) === rest(right, first + 2)
}
