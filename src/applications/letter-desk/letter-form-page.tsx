import { DateField, DeskPage, Form, Notice, RadioGroup, SelectField, Sheet, TextArea, TextField } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { MOST_RECIPIENT } from './letter-form.ts'
import type { LetterFormModel } from './letter-form.ts'
import { crumbsOf } from './letter-list-page.tsx'

const MOST_RADIOS = 7

export interface LetterFormPageModel {
  caseId: string
  regNo: string
  form: LetterFormModel
  /** 起草时为新的编号，修改时为所见的版本 */
  hidden: Readonly<Record<string, string>>
  action: string
  cancel: string
  verb: '起草' | '修改'
  state: FormState
}

/** 起草或修改一件文书的各项；由文书的数据生成。 */
export const LetterFormPage = ({ caseId, regNo, form, hidden, action, cancel, verb, state }: LetterFormPageModel) => (
  <DeskPage
    title={`${verb}${form.title} ${regNo}`}
    heading={`${verb}《${form.title}》`}
    crumbs={[...crumbsOf(caseId, regNo), { label: '文书', href: `/desk/applications/${caseId}/letters` }]}
    lead={`${form.lead}。案件已知的、法条、期限与救济由系统写，不在此填。`}
  >
    {verb === '修改' && <Notice tone="info" title="保存之后，手改过的正文作废，签批过的须重新签批" />}
    <Sheet>
      <Form action={action} submit={verb === '起草' ? '拟成草稿' : '保存'} cancel={{ href: cancel }} hidden={hidden} state={state}>
        {form.consultations !== null && (
          <RadioGroup name="consultation" label="给哪一次征求意见的对方" value={form.consultations.value} options={Object.entries(form.consultations.options).map(([value, label]) => ({ value, label }))} />
        )}
        {form.recipient !== null && <TextField name="recipient" label={form.recipient.label} hint={form.consultations === null ? undefined : '上面选定的对方已登记名称的，不必填'} required={form.consultations === null} maxLength={MOST_RECIPIENT} value={form.recipient.value} />}
        {form.fields.map((field) => (
          <Field key={field.key} field={field} />
        ))}
        {form.recipient === null && form.fields.length === 0 && <p>这件文书所需的，案件都已有，不须填写。</p>}
      </Form>
    </Sheet>
  </DeskPage>
)

function Field({ field }: { field: LetterFormModel['fields'][number] }) {
  const { name, label, hint, value } = field
  const shared = { name, label, hint, required: field.optional !== true, value }
  if (field.options !== undefined) {
    const options = Object.entries(field.options).map(([key, text]) => ({ value: key, label: text }))
    return options.length <= MOST_RADIOS ? <RadioGroup {...shared} options={options} /> : <SelectField {...shared} options={options} />
  }
  switch (field.kind) {
    case 'date':
      return <DateField {...shared} />
    case 'number':
      return <TextField {...shared} inputMode="numeric" width="short" maxLength={7} />
    case 'text':
      return <TextArea {...shared} rows={2} maxLength={4000} />
    case 'list':
      return <TextArea {...shared} rows={4} maxLength={4000} />
  }
}
