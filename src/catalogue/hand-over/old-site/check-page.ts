import type { Deps } from '../../../platform/deps.ts'
import { ruleOf } from '../../precheck/hit.ts'
import type { Hit, RuleName } from '../../precheck/hit.ts'
import { checkContent } from '../../precheck/run-precheck.ts'
import type { FileText } from '../../precheck/run-precheck.ts'
import type { ScanContext } from '../../precheck/scan-text.ts'
import type { FoundPage } from './found-page.ts'
import { toContent } from './import-pages.ts'

/** 一页预检所得：不能导入的缘由，要人看过的，说明一声的。 */
export interface PageCheck {
  held: string[]
  doubts: string[]
  notes: string[]
}

/** 阻断的不导入；文件里看不见的内容在旧网站上早已公开，由核对的人看。 */
const LEFT_TO_PEOPLE = new Set<RuleName>(['file-hidden', 'file-waiting'])
/** 几乎每页都有的，列出来，不算可疑。 */
const COMMON = new Set<RuleName>(['picture-unread', 'picture-alt', 'no-summary', 'punctuation'])

/**
 * 旧网站的一页，照要公开的信息预检：导入即公开，没有另一人放行这一步，故阻断的（个人信息、密级标志、写明不公开的）整页留下。
 * 缘由里只写在哪里、是什么，不照抄原文。
 */
export async function checkPage(deps: Deps, bodyId: string, page: FoundPage, files: readonly FileText[], context: ScanContext): Promise<PageCheck> {
  const all = await checkContent(deps, bodyId, toContent(page), files, context)
  // 概述就是正文的开头，不说两遍
  const inBody = new Set(all.filter(({ place }) => place === '正文').map(({ rule }) => rule))
  const hits = all.filter(({ place, rule }) => place !== '内容概述' || !inBody.has(rule))
  const isHeld = ({ rule, severity }: Hit): boolean => severity === 'block' && !LEFT_TO_PEOPLE.has(rule)
  const isDoubt = (hit: Hit): boolean => !isHeld(hit) && hit.severity !== 'note' && !COMMON.has(hit.rule)
  return {
    held: hits.filter(isHeld).map((hit) => `${wordHit(hit)}，改好再导入`),
    doubts: hits.filter(isDoubt).map(wordHit),
    notes: hits.filter((hit) => !isHeld(hit) && !isDoubt(hit)).map(wordHit),
  }
}

function wordHit({ rule, place, count, samples, said }: Hit): string {
  const at = [...new Set(samples.map((sample) => sample.at))].join('、')
  const what = said === null ? ruleOf(rule).label : `${ruleOf(rule).label}（${said}）`
  return `${place}：${what}${count > 1 ? ` ${count} 处` : ''}${samples.length > 0 && place !== '标题' ? `，在${at}${count > samples.length ? '等处' : ''}` : ''}`.slice(0, 300).toWellFormed()
}
