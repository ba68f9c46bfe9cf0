import type { Mark, Run } from './body-blocks.ts'

type Text = Extract<Run, { kind: 'text' }>
interface Waiting {
  run: Text
  wide: string
  folded: boolean
}

// 看不见的：零宽、方向控制、软连字符、控制字符
const UNSEEN = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffc\ufffe\uffff]|(?![\t\n\r])\p{Cc}/gu
const SPACE = /[\s\u00a0]/u
// 汉字与全角的标点：源码里在其间折行的，不是空格
const WIDE = /[\p{Script=Han}\u3000-\u303f\uff00-\uffef\u2018-\u201d\u2014\u2026]/u

/** 一段里断得开的各处：空行、另起一行而首行缩进的，其实是另一段。 */
export function splitParagraphs(runs: readonly Run[]): Run[][] {
  const parts: Run[][] = [[]]
  for (const [i, run] of runs.entries()) {
    const next = runs[i + 1]
    const previous = parts.at(-1)?.at(-1)
    const blank = run.kind === 'text' && run.text.trim() === '' && previous?.kind === 'break'
    if (blank) continue
    if (run.kind === 'break' && (previous?.kind === 'break' || isIndented(next))) parts.push([])
    else parts.at(-1)?.push(run)
  }
  return parts
}

const isIndented = (run: Run | undefined): boolean => run?.kind === 'text' && /^(?:[\r\n\t ]*)(?:\u3000{2}|\u00a0{4})/u.test(run.text)

/** 理好一段：空白并作一格，首尾与换行两边的去掉，相邻而标记相同的并在一起。 */
export function tidyRuns(runs: readonly Run[]): Run[] {
  const tidy: Run[] = []
  // 还没有写下的空白：在哪一段文字里、有几个全角的、是不是源码里的折行；后面再有字才写下
  let waiting = null as Waiting | null
  for (const run of runs) {
    if (run.kind !== 'text') {
      waiting = null
      if (run.kind !== 'break' || (tidy.length > 0 && tidy.at(-1)?.kind !== 'break')) tidy.push(run)
      continue
    }
    for (const letter of run.text.toWellFormed().replaceAll(UNSEEN, '')) {
      const before = tidy.at(-1)
      if (SPACE.test(letter)) {
        if (before?.kind === 'text')
          waiting = { run: waiting?.run ?? run, wide: (waiting?.wide ?? '') + (letter === '\u3000' ? letter : ''), folded: (waiting?.folded ?? true) && /[\r\n]/.test(letter) }
        continue
      }
      if (waiting !== null && before?.kind === 'text') put(tidy, spaceBetween(before.text, letter, waiting), waiting.run)
      waiting = null
      put(tidy, letter, run)
    }
  }
  while (tidy.at(-1)?.kind === 'break') tidy.pop()
  return tidy
}

// 全角空格在文字中间的留着（姓名两字之间的）
function spaceBetween(before: string, letter: string, { wide, folded }: Waiting): string {
  if (wide !== '') return wide
  return folded && WIDE.test(before.at(-1) ?? '') && WIDE.test(letter) ? '' : ' '
}

function put(tidy: Run[], text: string, { marks, href }: Text): void {
  if (text === '') return
  const before = tidy.at(-1)
  if (before?.kind === 'text' && before.href === href && sameMarks(before.marks, marks)) tidy[tidy.length - 1] = { ...before, text: before.text + text }
  else tidy.push({ kind: 'text', text, marks, href })
}

const sameMarks = (a: readonly Mark[], b: readonly Mark[]): boolean => a.length === b.length && a.every((mark) => b.includes(mark))
