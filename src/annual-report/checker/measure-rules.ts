import { place, type Place, type Subject } from './rule.ts'
import { headingLine, inSection, type Paragraph } from './report-view.ts'

const MEASURE = /改进|整改|下一步|措施|今后|下年度|针对/
const PROBLEM = /问题|不足|差距|不够|有待|还需|欠缺|薄弱|不高|不强/
const ORDINALS = /[一二三四五六七八九]是/g
// 去掉套话之后几乎不剩什么的，是空泛
const EMPTY_WORDS =
  /进一步|不断|继续|切实|认真|高度|努力|加强|加大|提高|提升|强化|重视|完善|优化|改进|整改|措施|下一步|今后|下年度|针对|以上|上述|存在|问题|不足|我们|我局|我中心|本机关|政府信息公开|信息公开|政务公开|工作|学习|力度|水平|意识|质量|[将的和与及在，。；、：\s（）一二三四五六]/g
const HOLLOW_UNDER = 6

/** AR-Q01：第五部分的问题没有对应的整改，或整改空泛。 */
export function unansweredProblems(subject: Subject): Place[] {
  const line = headingLine(subject, 5)
  if (line === null) return []
  const text = withTitles(inSection(subject, 5))
  if (!PROBLEM.test(text))
    return [place(line, '第五部分没有写存在的问题', { mend: '写明主要问题，逐条写改进措施' })]
  const at = measuresAt(text)
  if (at === null) return [place(line, '第五部分只写了问题，没有写改进措施', { mend: '对每个问题写改进措施' })]
  const [problems, measures] = [text.slice(0, at), text.slice(at)]
  if (measures.replace(EMPTY_WORDS, '').length < HOLLOW_UNDER)
    return [place(line, '第五部分的改进措施空泛', { mend: '写明由谁、做什么、到什么时候' })]
  const [asked, answered] = [count(problems), count(measures)]
  if (asked < 2 || answered === 0 || answered >= asked) return []
  return [
    place(line, `第五部分列出问题 ${asked} 个，改进措施只有 ${answered} 条`, {
      expected: `至少 ${asked} 条`,
      mend: '对每个问题写改进措施',
    }),
  ]
}

// 「存在的主要问题」「改进措施」常写在小节的标题里，连标题一起看
const withTitles = (paragraphs: readonly Paragraph[]): string =>
  paragraphs
    .map(({ element, text }, index) => (element === null || element === paragraphs[index - 1]?.element ? text : `${element}\n${text}`))
    .join('\n')

const count = (text: string): number => new Set(text.match(ORDINALS) ?? []).size

// 措施自第一处问题之后的「针对…」「下一步」「改进」等字样起
function measuresAt(text: string): number | null {
  const problem = PROBLEM.exec(text)!.index
  const found = MEASURE.exec(text.slice(problem))
  return found ? problem + found.index : null
}
