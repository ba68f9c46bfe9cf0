import {
  CheckboxGroup,
  DateField,
  DeskPage,
  FieldGroup,
  FileField,
  Form,
  Island,
  Notice,
  RadioGroup,
  SelectField,
  Tabs,
  TextArea,
  TextField,
} from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { CHANNELS } from '../../statute/receipt.ts'
import { ASSISTANCE, CARRIERS, ORGANISATION_FIELDS, ORGANISATION_KINDS, PERSON_FIELDS, WAYS } from '../applicants/applicant-form.ts'
import { STATUSES } from '../application.ts'
import { ACCEPT, paperWords } from '../citizen/apply-pages.tsx'
import type { Duplicate } from '../find-duplicates.ts'
import { INTAKE_PAPERS, MOST_INTAKE_PAPERS } from './intake-papers.ts'
import { PAPER_KINDS } from '../papers/paper-store.ts'
import type { Paper } from '../papers/paper-store.ts'
import { duplicateWords } from '../desk/related-cases.tsx'

export interface IntakeModel {
  caseId: string
  asPerson: boolean
  today: string
  state: FormState
  /** 可能重复的，请人判断；没有则空 */
  duplicates: readonly Duplicate[]
  duplicateKey: string
  /** 已经附上的扫描件：表单填错了退回，也不必再传 */
  papers: readonly Paper[]
}

const NEW = '/desk/applications/new'

/** 登记一件申请：一栏一问，三要素不全的照收。 */
export function IntakePage({ caseId, asPerson, today, state, duplicates, duplicateKey, papers }: IntakeModel) {
  const fields = asPerson ? PERSON_FIELDS : ORGANISATION_FIELDS
  return (
    <DeskPage
      title={asPerson ? '登记申请' : '登记申请（法人或其他组织）'}
      heading="登记申请"
      crumbs={[{ label: '在办申请', href: '/desk/applications' }]}
      lead="三要素不全的不得拒收：照实登记，再自收到之日起七个工作日内一次性告知补正（条例第二十九条、第三十条）。不得要求说明用途。"
    >
      {duplicates.length > 0 && <Duplicates duplicates={duplicates} />}
      <Tabs
        label="申请人"
        current={asPerson ? NEW : `${NEW}?as=organisation`}
        tabs={[
          { label: '自然人', href: NEW },
          { label: '法人或其他组织', href: `${NEW}?as=organisation` },
        ]}
      />
      <Form
        action={asPerson ? NEW : `${NEW}?as=organisation`}
        submit={duplicates.length > 0 ? '已核对，仍要登记' : '登记申请'}
        cancel={{ href: '/desk/applications' }}
        hidden={{ caseId, seen: duplicateKey, ...(asPerson ? { kind: 'N' } : {}) }}
        state={state}
        multipart
        keepsFiles
      >
        <FieldGroup title="收到" lead="收到之日由渠道认定，凭据随案留存（条例第三十一条）。">
          <RadioGroup
            name="channel"
            label="渠道"
            required
            options={Object.entries(CHANNELS).map(([value, { label, basis }]) => ({ value, label, hint: basis }))}
          />
          <DateField name="submittedOn" label="提交、到件之日" required value={today} max={today} />
          <DateField
            name="confirmedOn"
            label="签收、与申请人确认之日"
            max={today}
            hint="当面提交、口头申请的不填。还没有签收、确认的留空：先登记为待确认收到，期限不走，当日须与申请人联系。"
          />
          <TextField name="proof" label="凭据" maxLength={200} hint="如挂号单号、确认的方式与时刻。不写申请人的姓名、电话" />
        </FieldGroup>
        <FieldGroup title="申请人" lead="加密存放，列表与案卷只显示遮盖后的；查看全部须填事由并留痕。">
          {!asPerson && (
            <SelectField name="kind" label="类型" required options={ORGANISATION_KINDS.map(([value, label]) => ({ value, label }))} hint="计入年度报告表三的哪一列" />
          )}
          {fields.map(({ key, label, maxLength, hint, required, type }) => (
            <TextField key={key} name={key} label={label} maxLength={maxLength} hint={hint} required={required} type={type} autoComplete="off" width={maxLength > 100 ? 'full' : 'middle'} />
          ))}
          <CheckboxGroup name="assistance" label="需要的协助" hint="条例第四十三条" options={Object.entries(ASSISTANCE).map(([value, label]) => ({ value, label }))} />
        </FieldGroup>
        <FieldGroup title="所求">
          <TextArea name="content" label="所需政府信息" required rows={6} maxLength={5000} hint="名称、文号或便于查询的其他特征描述；照申请原文录入。" />
          <output id="intake-found" data-post="/desk/applications/duplicates" />
          <SelectField name="way" label="获取方式" options={WAYS.map((value) => ({ value, label: value }))} blank="没有写明" />
          <SelectField name="carrier" label="载体形式" options={CARRIERS.map((value) => ({ value, label: value }))} blank="没有写明" />
          <TextArea name="note" label="备注" rows={2} maxLength={500} hint="不写申请人的姓名、证件、联系方式" />
        </FieldGroup>
        <FieldGroup title="扫描件" lead={`加密存放，下载须填事由并留痕。PDF、DOCX、JPEG、PNG，每份不超过 10 MB，合计至多 ${MOST_INTAKE_PAPERS} 份。`}>
          <KeptPapers papers={papers} />
          {INTAKE_PAPERS.map(({ kind, hint }) => (
            <FileField key={kind} name={kind} label={PAPER_KINDS[kind]} hint={hint} accept={ACCEPT} multiple />
          ))}
        </FieldGroup>
      </Form>
      <Island name="intake" />
    </DeskPage>
  )
}

/** 已存下、随表单一并归案的各份，可以去掉。 */
export function KeptPapers({ papers, words = paperWords }: { papers: readonly Paper[]; words?: (paper: Paper) => string }) {
  if (papers.length === 0) return null
  return (
    <ul className="papers">
      {papers.map((paper, i) => (
        <li key={paper.paperId}>
          已附 {words(paper)}{' '}
          <button className="link" name="remove" value={paper.paperId} aria-label={`去掉第 ${i + 1} 份`}>
            去掉
          </button>
        </li>
      ))}
    </ul>
  )
}

function Duplicates({ duplicates }: { duplicates: readonly Duplicate[] }) {
  return (
    <Notice tone="warn" title={`有 ${duplicates.length} 件可能重复，请核对后再登记；填过的内容都在`}>
      <ul>
        {duplicates.map((one) => (
          <li key={one.caseId}>
            <a href={`/desk/applications/${one.caseId}`}>{one.regNo}</a>（{duplicateWords(one)}，{STATUSES[one.status]}
            {one.receivedOn !== null && `，${one.receivedOn} 收到`}）：{one.content.slice(0, 60)}
          </li>
        ))}
      </ul>
      <p>
        前案已作答复、申请人与内容都相同的，方可不予重复处理（条例第三十六条第六项）；前案尚未答复的，登记后并案或说明；逾期不补正后再提的不是重复申请。
      </p>
    </Notice>
  )
}
