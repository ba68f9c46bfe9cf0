import type { ReadReport } from './reading/read-report.ts'

/**
 * 从读出的报告第五部分取出当年的问题，一段一条，供人核对修改。
 * 写「上年度」的段落是交代旧事，不取；分不出的，整部分都取。
 */
export function problemsOf({ lines }: ReadReport): string[] {
  const from = lines.findIndex((line) => line.kind === 'heading' && line.text.includes('存在的主要问题'))
  if (from < 0) return []
  const after = lines.slice(from + 1)
  const end = after.findIndex((line) => line.kind === 'heading' && /其他需要报告的事项/.test(line.text))
  const prose = joinBroken((end < 0 ? after : after.slice(0, end)).filter((line) => line.kind === 'prose' || line.kind === 'heading').map((line) => line.text.trim()))
  const now = prose.filter((text) => !/^[（(]?[一二三四五]?[）)]?\s*上年度?/.test(text))
  return (now.length > 0 ? now : prose).filter((text) => text !== '').slice(0, 20)
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
