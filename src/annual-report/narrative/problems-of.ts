import type { ReadLine, ReadReport } from '../reading/read-report.ts'

const NUMBER = /^\s*[（(]?[一二三四五六七八九十]{0,3}[）)]?\s*/
const LAST = /^上(?:一)?年/
const NOW = /^(?:本年度?|今年|\d{4}年度?|当前|目前)?(?:政府信息公开)?(?:工作)?中?还?存在的?(?:主要)?(?:问题|困难|不足)/
const PLANS = /^(?:下一?步|今后|改进|整改).{0,12}(?:打算|措施|情况|计划|安排|思路|方向)/

/**
 * 从读出的报告第五部分取出当年的问题，一段一条，供人核对修改。
 * 交代上年旧事的、单列的改进措施不取，分段的小标题也不是问题；分不出的，整部分都取。
 */
export function problemsOf({ lines }: ReadReport): string[] {
  const from = lines.findIndex((line) => line.kind === 'heading' && line.text.includes('存在的主要问题'))
  if (from < 0) return []
  const after = lines.slice(from + 1)
  const end = after.findIndex((line) => line.kind === 'heading' && /其他需要报告的事项/.test(line.text))
  const part = (end < 0 ? after : after.slice(0, end)).filter((line) => line.kind === 'prose' || line.kind === 'heading')
  const { now, all } = sortOut(part)
  const found = joinBroken(now).filter((text) => !LAST.test(text.replace(NUMBER, '')))
  return (found.length > 0 ? found : joinBroken(all)).filter((text) => text !== '').slice(0, 20)
}

// 小标题管到下一个小标题为止：只取说当年问题的
function sortOut(part: readonly Pick<ReadLine, 'kind' | 'text'>[]): { now: string[]; all: string[] } {
  const now: string[] = []
  const all: string[] = []
  let taken = true
  for (const { kind, text } of part) {
    const words = text.trim()
    const plain = words.replace(NUMBER, '')
    const group = kind === 'heading' && [LAST, NOW, PLANS].find((one) => one.test(plain))
    if (group) {
      taken = group === NOW
      continue
    }
    all.push(words)
    if (taken) now.push(words)
  }
  return { now, all }
}

/** 被截断的段落（不以句号一类结尾）与下一段相接。 */
function joinBroken(texts: readonly string[]): string[] {
  const joined: string[] = []
  for (const text of texts) {
    const last = joined.at(-1)
    if (last !== undefined && !/[。！？；：]$/.test(last)) joined[joined.length - 1] = last + text
    else joined.push(text)
  }
  return joined
}
