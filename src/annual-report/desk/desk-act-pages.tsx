import { Confirm, DeskPage, Form, LinkButton, RadioGroup, Sheet, TextArea, type FormState } from '../../platform/html/index.ts'
import { ReportBody } from './desk-report-page.tsx'
import { titleOf, type ReportModel } from '../editions/report-model.ts'

interface ActPageProps {
  base: string
  model: ReportModel
  state?: FormState
  version: number
  /** 主管部门退回了上一次报送：再报时可以答复 */
  returned?: boolean
}

const crumbs = (base: string, model: ReportModel) => [
  { label: '年度报告', href: '/desk/reports' },
  { label: `${model.year} 年度报告`, href: base },
]

/** 保密审查：全文在上，意见在下。 */
export const ReviewPage = ({ base, model, state, version }: ActPageProps) => (
  <DeskPage title={`保密审查 - ${titleOf(model)}`} heading="保密审查" crumbs={crumbs(base, model)} lead="先审查、后公开（条例第十七条）。审查意见绑定此刻的内容，改动一字即须重审。" actions={<LinkButton href="#act" second>到审查意见</LinkButton>}>
    <ReportBody model={model} links={null} />
    <Sheet title="审查意见" id="act">
      <Form action={`${base}/review`} submit="记下审查结论" cancel={{ href: base }} hidden={{ version: String(version) }} state={state}>
        <RadioGroup
          name="result"
          label="结论"
          required
          options={[
            { value: 'pass', label: '可以公开' },
            { value: 'fail', label: '不可以公开，退回修改', hint: '须写明理由' },
          ]}
        />
        <TextArea name="opinion" label="意见" rows={3} maxLength={2000} />
      </Form>
    </Sheet>
  </DeskPage>
)

/** 签发：全文在上，按钮在下。 */
export const SignPage = ({ base, model, state, version }: ActPageProps) => (
  <DeskPage title={`签发 - ${titleOf(model)}`} heading="签发" crumbs={crumbs(base, model)} lead="分管领导为第一责任人。签发之后即可报送、公布。" actions={<LinkButton href="#act" second>到签发</LinkButton>}>
    <ReportBody model={model} links={null} />
    <Sheet title="签发" id="act">
      <Form action={`${base}/sign`} submit="签发" cancel={{ href: base }} hidden={{ version: String(version) }} state={state} />
    </Sheet>
  </DeskPage>
)

export const ReturnPage = ({ base, model, state, version }: ActPageProps) => (
  <DeskPage title={`退回起草 - ${titleOf(model)}`} heading="退回起草" crumbs={crumbs(base, model)}>
    <Confirm
      what={`退回${titleOf(model)}`}
      consequences={['报告回到起草，已作的校核、审查、签发失效', '理由记入经过，起草人可见']}
      form={{
        action: `${base}/return`,
        submit: '退回起草',
        cancel: { href: base },
        state,
        hidden: { version: String(version) },
        children: <TextArea name="reason" label="理由" rows={3} maxLength={2000} required />,
      }}
    />
  </DeskPage>
)

export const CorrectPage = ({ base, model, state, version }: ActPageProps) => (
  <DeskPage title={`更正 - ${titleOf(model)}`} heading="更正" crumbs={crumbs(base, model)}>
    <Confirm
      what={`另起${titleOf(model)}的更正版`}
      consequences={[
        '另起一版，从起草走起；旧版照存，任何人仍可查阅',
        '新版公布之前，门户仍显示旧版',
        '更正说明写入新版正文',
      ]}
      form={{
        action: `${base}/correct`,
        submit: '开始更正',
        cancel: { href: base },
        state,
        hidden: { version: String(version) },
        children: (
          <TextArea name="reason" label="更正说明" rows={3} maxLength={2000} required hint="写明哪里有误、因何更正，不少于五个字；将公开" />
        ),
      }}
    />
  </DeskPage>
)

/** 报给谁、期限是哪一日：机关报区政务公开办，区政府的汇总报上一级。 */
const duties = ({ summed }: ActPageProps['model']) =>
  summed === undefined
    ? { to: '区政务公开办', seen: '区政务公开办即可看到这一版', file: '条例第四十九条：1 月 31 日前报送', publish: '条例第四十九条：1 月 31 日前公布' }
    : { to: '上一级主管部门', seen: '记下已报送；DOCX、JSON 在报告页下载，交上一级政府信息公开工作主管部门', file: '上一级另有期限的，从其规定', publish: '条例第四十九条：3 月 31 日前公布本级政府的报告' }

/** 报送之后，报告不再变动，故先问一次。 */
export const FilePage = ({ base, model, state, version, returned }: ActPageProps) => (
  <DeskPage title={`报送 - ${titleOf(model)}`} heading={`报送${duties(model).to}`} crumbs={crumbs(base, model)}>
    <Confirm
      what={`报送${titleOf(model)}`}
      consequences={[duties(model).seen, '报送之后内容不再变动；确有错误的，另起更正版', duties(model).file]}
      form={{ action: `${base}/file`, submit: `报送${duties(model).to}`, cancel: { href: base }, state, danger: false, hidden: { version: String(version) }, ...(returned === true && { children: <TextArea name="reply" label="对退回意见的答复" rows={3} maxLength={1000} hint="改了什么；不必改的，写明缘由" /> }) }}
    />
  </DeskPage>
)

/** 公布之后，任何人都可查阅下载，收不回来，故先问一次。 */
export const PublishPage = ({ base, model, state, version }: ActPageProps) => (
  <DeskPage title={`公布 - ${titleOf(model)}`} heading="向社会公布" crumbs={crumbs(base, model)}>
    <Confirm
      what={`公布${titleOf(model)}`}
      consequences={['门户即刻可见，任何人都可查阅、下载', '公布之后内容不再变动；确有错误的，另起更正版，旧版照存', duties(model).publish]}
      form={{ action: `${base}/publish`, submit: '向社会公布', cancel: { href: base }, state, danger: false, hidden: { version: String(version) } }}
    />
  </DeskPage>
)
