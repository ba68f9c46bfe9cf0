import { PostButton } from '../../platform/html/index.ts'
import type { RaisedFrom } from './problem.ts'
import { PROBLEMS } from './problem-acts.ts'

/**
 * 「列为问题」：投诉举报成立、责任追究、报告被退回、复议诉讼被纠正的页面上放一个按钮，按了到问题的页面。
 * 只交是哪一件，写法由服务器照记录得出；同一件记录只列一次。给 `safeguard.handle` 的人看。
 */
export const RaiseProblem = ({ source, id }: { source: RaisedFrom; id: string }) => <PostButton action={`${PROBLEMS}/raise`} fields={{ source, ref: id }} label="列为问题" kind="second" />
