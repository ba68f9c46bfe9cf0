import type { Found, Severity } from './hit.ts'
import { toPlain } from './plain.ts'

/** 词表里的一个词：出现 `wrong` 即命中，应为 `right`（没有正确写法的为空）。 */
export interface WatchedWord {
  wrong: string
  right: string
  note: string
  severity: Severity
}

export interface WordIndex {
  find: (plain: string) => Found[]
}

/** 词表按首字分组：文字只走一遍，一处只与首字相同的词比。词再多，没有它们的文字也一样快。 */
export function toWordIndex(words: readonly WatchedWord[]): WordIndex {
  const plainWords = words.map((word) => ({ ...word, wrong: toPlain(word.wrong), right: toPlain(word.right) }))
  const byFirst = Map.groupBy(plainWords.filter(({ wrong }) => wrong.length >= 2), ({ wrong }) => wrong.charCodeAt(0))
  return {
    find: (plain) => {
      const found: Found[] = []
      for (let at = 0; at < plain.length; at += 1) {
        const candidates = byFirst.get(plain.charCodeAt(at))
        if (candidates === undefined) continue
        for (const word of candidates) if (plain.startsWith(word.wrong, at) && !isWithinRight(plain, at, word)) found.push({ rule: 'word', from: at, to: at + word.wrong.length, word })
      }
      return found
    },
  }
}

// 错的写法正是对的写法里的一截的，如「区政府」在「区政府办公室」里，不算
function isWithinRight(plain: string, at: number, { wrong, right }: WatchedWord): boolean {
  for (let inside = right.indexOf(wrong); inside >= 0; inside = right.indexOf(wrong, inside + 1)) if (plain.startsWith(right, at - inside)) return true
  return false
}
