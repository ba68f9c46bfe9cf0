import { PostButton } from '../../platform/html/index.ts'
import type { RaisedFrom } from './problem.ts'
import { PROBLEMS } from './problem-acts.ts'

/**
 * 「列为问题」：投诉举报成立、责任追究、报告被退回、复议诉讼被纠正的页面上放一个按钮，按了到问题的页面。
 * 同一件记录只列一次；`content` 不得有个人信息。给 `safeguard.handle` 的人看。
 */
export const RaiseProblem = ({ source, id, content, href, year }: { source: RaisedFrom; id: string; content: string; href: string; year: number }) => (
  <PostButton action={`${PROBLEMS}/raise`} fields={{ source, ref: id, content, href, year: String(year) }} label="列为问题" kind="second" />
)
