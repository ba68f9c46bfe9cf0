import { DeskPage, FieldGroup, Form, LinkButton, Notice, TextArea, type FormState } from '../../platform/html/index.ts'
import { FIGURES, type FigureContext } from '../tally/figures.ts'
import { entries, fill, OTHERS, OVERVIEW, type Narrative, type ProblemPlan } from './narrative.ts'
import type { Likeness } from '../own-check/own-likeness.ts'
import { titleOf, type ReportModel } from '../editions/report-model.ts'

export interface NarrativePageModel {
  base: string
  version: number
  model: ReportModel
  /** 上年第五部分所列的问题 */
  lastProblems: readonly ProblemPlan[]
  lastSource: string | null
  likeness: readonly Likeness[]
  state?: FormState
}

/** 新问题的空栏数：写满再存，又有新的空栏。 */
const SPARE = 2

/** 写正文：文字随便写，数字只用占位；上年问题在旁，逐条交代。 */
export function NarrativePage({ base, version, model, lastProblems, lastSource, likeness, state }: NarrativePageModel) {
  const { narrative } = model
  const problems: readonly ProblemPlan[] = [...narrative.problems, ...Array.from({ length: SPARE }, () => ({ problem: '', measure: '' }))]
  return (
    <DeskPage
      title={`写正文 - ${titleOf(model)}`}
      heading="写正文"
      crumbs={[
        { label: '年度报告', href: '/desk/reports' },
        { label: `${model.year} 年度报告`, href: base },
      ]}
      lead="表格里有的数字不手写，用「{名称}」代替，保存后换成台账的数。段落之间空一行。"
      actions={
        <LinkButton second href={`${base}/narrative/registers`}>
          从登记补入
        </LinkButton>
      }
    >
      <FigureTable model={model} />
      <Form
        action={`${base}/narrative`}
        submit="保存正文"
        cancel={{ href: base }}
        hidden={{ version: String(version), problems: String(problems.length), last: String(lastProblems.length) }}
        state={state}
      >
        <TextArea name="introduction" label="引言" value={narrative.introduction} rows={4} maxLength={5000} hint="依据、统计期限、联系方式（惯例，非强制）" />
        <div id="part-1">
          <FieldGroup title="一、总体情况" lead="五项要素逐项写明（条例第五十条；国办公开办函〔2021〕30号）">
            {entries(OVERVIEW).map(([key, label]) => (
              <Field key={key} name={`overview.${key}`} label={label} value={narrative.overview[key]} model={model} likeness={likeness} required />
            ))}
          </FieldGroup>
        </div>
        <div id="part-5">
          <FieldGroup
            title="五、存在的主要问题及改进情况"
            lead={lastSource === null ? '没有上年报告，不必交代上年问题。' : `上年问题取自${lastSource}，逐条写明整改情况。`}
          >
            {lastProblems.map((one, i) => (
              <div className="beside" key={one.problem}>
                <blockquote>
                  <p className="quiet">上年问题 {i + 1}</p>
                  <p>{one.problem}</p>
                  {one.measure !== '' && <p className="quiet">当时的措施：{one.measure}</p>}
                </blockquote>
                <TextArea
                  name={`lastProblems.${i}`}
                  label={`上年问题${i + 1}的整改情况`}
                  value={answerTo(narrative, one, i)}
                  rows={4}
                  maxLength={20_000}
                  required
                />
              </div>
            ))}
            {problems.map((one, i) => (
              <div className="pair" key={i}>
                {one.problemId !== undefined && <input type="hidden" name={`problems.${i}.id`} value={one.problemId} />}
                <TextArea name={`problems.${i}.problem`} label={`本年问题${i + 1}`} value={one.problem} rows={3} maxLength={20_000} required={i === 0} />
                <TextArea name={`problems.${i}.measure`} label={`问题${i + 1}的改进措施`} value={one.measure} rows={3} maxLength={20_000} required={i === 0} />
              </div>
            ))}
          </FieldGroup>
        </div>
        <div id="part-6">
          <FieldGroup title="六、其他需要报告的事项" lead="信息处理费收取情况必写，未收也写明；其余没有的可以不写。">
            {entries(OTHERS).map(([key, label]) => (
              <Field key={key} name={`others.${key}`} label={label} value={narrative.others[key]} model={model} likeness={likeness} required={key === 'fees'} />
            ))}
          </FieldGroup>
        </div>
      </Form>
    </DeskPage>
  )
}

const answerTo = (narrative: Narrative, { problem }: ProblemPlan, index: number): string =>
  narrative.lastProblems.find((one) => one.problem === problem)?.answer ?? narrative.lastProblems[index]?.answer ?? ''

interface NarrativeFieldProps {
  name: string
  label: string
  value: string
  model: ReportModel
  likeness: readonly Likeness[]
  required: boolean
}

function Field(props: NarrativeFieldProps) {
  const like = props.likeness.filter((one) => one.field === props.name)
  const shown = fill(props.value, props.model)
  return (
    <>
      <TextArea name={props.name} label={props.label} value={props.value} rows={5} maxLength={20_000} required={props.required} />
      {shown !== props.value && (
        <details className="shown">
          <summary>换成此刻的数之后</summary>
          <p>{shown}</p>
        </details>
      )}
      {like.map((one) => (
        <Notice key={one.with} tone="warn" title={`与${one.with}相似 ${Math.round(one.likeness * 100)}%`}>
          内容雷同要依条例第四十七条追责，请写本年本单位的实际工作。
        </Notice>
      ))}
    </>
  )
}

function FigureTable({ model }: { model: FigureContext }) {
  // 「汇总综述」只有汇总的报告才有话
  const shown = entries(FIGURES).filter(([name]) => name !== '汇总综述' || model.summed !== undefined)
  return (
    <details className="sheet figures">
      <summary>可用的数字与综述（{shown.length} 个）</summary>
      <table className="list">
        <caption className="vh">写法与此刻的内容</caption>
        <thead>
          <tr>
            <th scope="col">写法</th>
            <th scope="col">此刻的内容</th>
            <th scope="col">说明</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(([name, figure]) => (
            <tr key={name}>
              <td data-label="写法">
                <code>{`{${name}}`}</code>
              </td>
              <td data-label="此刻的内容">{figure.of(model)}</td>
              <td data-label="说明">{figure.hint}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
