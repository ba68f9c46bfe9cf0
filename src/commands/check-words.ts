import { ruleOf } from '../annual-report/checker/index.ts'
import type { Finding } from '../statute/finding.ts'
import type { CheckedReport } from './check.ts'

const SEVERITIES = [
  ['error', '错误'],
  ['warning', '提醒'],
  ['info', '信息'],
] as const

/** 核查结果的中文说明：先错误，后提醒、信息；同一规则的各处归在一起，应当与改法相同的只写一次。 */
export function checkedInWords({ file, body, year, form, findings }: CheckedReport): string {
  const head = `${file}：${body ?? '认不出机关名称'}，${year ?? '认不出年度'}${year === null ? '' : ' 年度'}，${form} 版格式`
  if (findings.length === 0) return `${head}\n  没有发现问题`
  const counts = SEVERITIES.map(([severity, word]) => `${word} ${findings.filter((one) => one.severity === severity).length}`)
  const groups = SEVERITIES.flatMap(([severity, word]) => {
    const mine = findings.filter((one) => one.severity === severity)
    const rules = [...new Set(mine.map((one) => one.rule))]
    return rules.map((rule) => groupInWords(word, rule, mine.filter((one) => one.rule === rule)))
  })
  return [head, `  ${counts.join('，')}`, ...groups].join('\n')
}

function groupInWords(word: string, rule: string, findings: readonly Finding[]): string {
  const { title, basis } = ruleOf(rule)
  const lines = [``, `  【${word}】${rule} ${title}（${basis}）${findings.length > 1 ? ` ${findings.length} 处` : ''}`]
  const shared = (key: 'expected' | 'mend') => {
    const [first, ...others] = findings.map((one) => one[key])
    return first !== undefined && others.every((each) => each === first) ? first : null
  }
  const [expected, mend] = [shared('expected'), shared('mend')]
  for (const one of findings) {
    lines.push(`    ${one.line === null ? '全文' : `第 ${one.line} 行`}：${one.message}`)
    if (expected === null && one.expected !== undefined) lines.push(`      应当：${one.expected}`)
    if (mend === null && one.mend !== undefined) lines.push(`      改法：${one.mend}`)
  }
  if (expected !== null) lines.push(`    应当：${expected}`)
  if (mend !== null) lines.push(`    改法：${mend}`)
  if (findings.some((one) => one.maybeExtraction)) lines.push('    可能是网页或 PDF 转成文本时造成的，请对照原件')
  return lines.join('\n')
}
