import { OUTCOME_NAMES, isOutcome, outcomeRule } from '../../statute/outcomes.ts'
import type { ActionField, CaseAction, FormHelp } from '../case-action.ts'
import { propose as rule } from '../decisions.ts'
import { listResponsibleBodies } from '../list-responsible-bodies.ts'
import { evidenceFields, evidenceIn, evidenceProblems } from './evidence-fields.ts'

// 逾期不补正、不缴费的另有一步
const PROPOSABLE = OUTCOME_NAMES.filter((name) => name !== 'CLOSED_NO_CORRECTION' && name !== 'CLOSED_NO_PAYMENT')

// 年度报告表三的各类
const HEADINGS = { 'R3.1': '予以公开', 'R3.2': '部分公开', 'R3.3': '不予公开', 'R3.4': '无法提供', 'R3.5': '不予处理', 'R3.6': '其他处理' }
const GROUPS = Object.fromEntries(Object.entries(HEADINGS).map(([row, heading]) => [heading, PROPOSABLE.filter((name) => outcomeRule(name).row.startsWith(row))]))

/** 拟定处理决定：先选结果，再填该结果须有的依据。 */
export const propose: CaseAction = {
  event: 'decision-proposed',
  label: '拟定答复',
  article: '条例第三十六条至第三十九条',
  permit: 'application.handle',
  done: '处理决定已拟定，等审批',
  first: {
    name: 'outcome',
    label: '处理结果',
    kind: 'choice',
    required: true,
    options: Object.fromEntries(PROPOSABLE.map((name) => [name, outcomeRule(name).label])),
    groups: GROUPS,
    hint: '依次判断：是否明确、是否政府信息、谁负责、有没有、能不能给、怎样给',
  },
  fields: (_a, _ground, { chosen, bodies, redactions, publicItem }) =>
    isOutcome(chosen) ? evidenceFields(chosen).flatMap((field) => (field.name === RESPONSIBLE ? advice(field, bodies) : field.name === REDACTIONS ? [fromMarks(field, redactions)] : field.name === WHERE ? [fromPublic(field, publicItem)] : [field])) : [],
  check: (given) => {
    const outcome = given('outcome')
    return isOutcome(outcome) ? evidenceProblems(outcome, given) : { outcome: '请选择处理结果' }
  },
  decide: async (a, given, ground, { tx, bodyId }) => {
    const outcome = given('outcome')
    if (!isOutcome(outcome)) return { ok: false, refusal: 'evidence-missing' }
    const named = given('responsible') === '' ? undefined : (await listResponsibleBodies(tx, bodyId))[given('responsible')]
    const evidence = evidenceIn(outcome, (name) => (name === RESPONSIBLE ? [named ?? '', given(name)].filter((text) => text !== '').join('；') : given(name)))
    return rule(a, { on: ground.today, outcome, evidence }, ground)
  },
}

// 条例第三十六条第（五）项：能够确定负责机关的，告知其名称、联系方式
const RESPONSIBLE = 'evidence.responsibleBody'

// 条例第三十七条：答复附件上标了遮盖之处的，逐项照填
const REDACTIONS = 'evidence.redactions'
const fromMarks = (field: ActionField, redactions: string): ActionField => (redactions === '' ? field : { ...field, value: redactions.slice(0, field.maxLength), hint: '已照答复附件上的遮盖之处逐项填好，可以改写得更清楚' })

// 条例第三十六条第（一）项：已经主动公开的，告知获取的方式、途径
const WHERE = 'evidence.where'
const fromPublic = (field: ActionField, publicItem: string): ActionField => ({ ...field, value: publicItem.slice(0, field.maxLength), aid: { to: 'find-item', label: '查已公开的信息，选定一条填入' } })

const advice = (field: ActionField, bodies: FormHelp['bodies']): ActionField[] => [
  { name: 'responsible', label: '本区的负责机关', kind: 'choice', options: { '': '不能确定，或者不是本区的机关', ...bodies }, value: '', hint: '选定的，其名称与联系电话写入告知书，建议申请人向其提出（条例第三十六条第（五）项）' },
  { ...field, label: '不在其列的，或者要补充的名称、联系方式' },
]
