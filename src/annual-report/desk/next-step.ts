import type { Permit } from '../../identity/index.ts'
import type { Report } from '../report.ts'

export interface StepAction {
  label: string
  href: string
  method: 'get' | 'post'
}

/** 现在该做什么，以及此人能做的。 */
export interface NextStep {
  what: string
  actions: readonly StepAction[]
}

export interface StepFacts {
  report: Report
  base: string
  errors: number
  /** 尚无人说明的提醒 */
  openWarnings: number
  yearOver: boolean
  drifted: number
  can: (permit: Permit) => boolean
  /** 主管部门退回了最近一次报送 */
  returned: boolean
  /** 本机关的人退回起草，还没有再提交校核 */
  sentBack: boolean
  /** 更正另起了一版，还没有改过一处 */
  uncorrected: boolean
  /** 起草人本人（起草人不得审查、签发自己的报告） */
  isDrafter: boolean
  /** 区政府的汇总：报上一级，3 月 31 日前公布 */
  isRollUp: boolean
}

// 一级政府的数是各机关报告之和，它自己没有这样一本台账
const COLLECTING = {
  own: { over: '统计期已满。核对台账后冻结，即取此刻的数起草报告。', running: '统计期未满，数字随台账变动。可先取数起草，期满后重新冻结。' },
  rollUp: { over: '各机关的报告受理之后冻结，即取此刻的和起草报告；以后又受理的，重新冻结就加进来。', running: '统计期未满，各机关还没有报。可先取数起草，受理之后重新冻结。' },
} as const

/** 由状态得出下一步；无权办的只说该由谁办。 */
export function nextStep(facts: StepFacts): NextStep {
  const { report, base } = facts
  const link = (label: string, path: string): StepAction => ({ label, href: `${base}/${path}`, method: 'get' })
  const post = (label: string, path: string): StepAction => ({ label, href: `${base}/${path}`, method: 'post' })
  const back = facts.can('report.return') ? [link('退回起草', 'return')] : []
  switch (report.status) {
    case 'collecting':
      return allowed(facts, 'report.draft', {
        what: COLLECTING[facts.isRollUp ? 'rollUp' : 'own'][facts.yearOver ? 'over' : 'running'],
        actions: [post(facts.isRollUp ? '冻结汇总的数' : '冻结台账的数', 'freeze'), link('载入上年报告', 'previous')],
      })
    case 'frozen':
      return allowed(facts, 'report.draft', {
        what: '数已取好。写正文：五项要素、上年问题的交代、今年的问题与措施。',
        actions: [link('写正文', 'narrative')],
      })
    case 'drafting':
      return allowed(facts, 'report.check', draftingStep(facts, link, post))
    case 'checked':
      return facts.isDrafter || !facts.can('report.secrecy-review')
        ? { what: '校核已通过，待保密审查员审查（审查人不得是起草人）。', actions: back }
        : { what: '请通读全文，作保密审查（条例第十七条：先审查、后公开）。', actions: [link('保密审查', 'review'), ...back] }
    case 'reviewed':
      return facts.isDrafter || !facts.can('report.sign')
        ? { what: '保密审查已通过，待机关领导签发。', actions: back }
        : { what: '保密审查已通过，请签发。', actions: [link('签发', 'sign'), ...back] }
    default:
      return releaseStep(facts, link, back)
  }
}

function draftingStep(
  facts: StepFacts,
  link: (label: string, path: string) => StepAction,
  post: (label: string, path: string) => StepAction,
): NextStep {
  const edit = link('写正文', 'narrative')
  if (facts.drifted > 0)
    return { what: facts.isRollUp ? '冻结之后，受理的情况或者本级的记录有变，请重新冻结，使报告与受理的各份之和一致。' : '台账在冻结之后有改动，请重新冻结，使报告与台账一致。', actions: [post('重新冻结', 'freeze'), edit] }
  if (facts.report.snapshot !== null && facts.report.year !== null && facts.report.snapshot.asOf < `${facts.report.year}-12-31`)
    return {
      what: facts.yearOver ? '统计期已满，请重新冻结全年的数。' : '统计期未满，可继续起草；期满后重新冻结，再提交校核。',
      actions: facts.yearOver ? [post('重新冻结', 'freeze'), edit] : [edit],
    }
  if (facts.errors > 0) return { what: `还有 ${facts.errors} 处错误，改正后才能提交校核。`, actions: [edit, link('看错误', 'findings')] }
  if (facts.uncorrected) return { what: '更正另起了一版，还与上一版相同。改了正文（或者改记录、重新冻结），再提交校核。', actions: [edit, post('重新冻结', 'freeze')] }
  // 退回的多半没有校核查得出的错误，意见在人写的话里
  if (facts.returned || facts.sentBack)
    return facts.openWarnings > 0
      ? { what: `照退回的意见改正文；另有 ${facts.openWarnings} 条提醒须逐条说明。改好了，再提交校核。`, actions: [edit, link('逐条说明', 'findings')] }
      : { what: '照退回的意见改正文；改好了，再提交校核。', actions: [edit, post('提交校核', 'check')] }
  if (facts.openWarnings > 0)
    return { what: `还有 ${facts.openWarnings} 条提醒无人说明，逐条说明后才能提交校核。`, actions: [link('逐条说明', 'findings'), edit] }
  return { what: '没有错误，提醒都有说明，可以提交校核。', actions: [post('提交校核', 'check'), edit] }
}

function releaseStep(
  { report, can, isRollUp, returned }: StepFacts,
  link: (label: string, path: string) => StepAction,
  back: readonly StepAction[],
): NextStep {
  const office = isRollUp ? '上一级主管部门' : '区政务公开办'
  const filing = report.filedOn === null && can('report.file') ? [link(`报送${office}`, 'file')] : []
  const publishing = report.publishedOn === null && can('report.publish') ? [link('向社会公布', 'publish')] : []
  if (report.status === 'signed')
    return { what: `已签发，请报送并公布（条例第四十九条，${isRollUp ? '3 月 31 日前公布' : '两件都须在 1 月 31 日前'}）。`, actions: [...filing, ...publishing, ...back] }
  if (report.filedOn === null || report.publishedOn === null)
    return {
      what: report.filedOn === null ? `已公布，还须报送${office}。` : '已报送，还须向社会公布。',
      actions: [...filing, ...publishing],
    }
  if (returned)
    return {
      what: '区政务公开办退回了这份报告。已经公布的，另起更正版改正，旧版照存。',
      actions: can('report.correct') ? [link('更正', 'correct')] : [],
    }
  return {
    what: '已报送并公布。发现有误，另起新版本更正，旧版照存。',
    actions: can('report.correct') ? [link('更正', 'correct')] : [],
  }
}

const allowed = (facts: StepFacts, permit: Permit, step: NextStep): NextStep =>
  facts.can(permit) ? step : { what: `${step.what}（由信息公开工作机构办理）`, actions: [] }
