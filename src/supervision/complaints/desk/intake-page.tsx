import { CheckboxGroup, DateField, DefinitionList, DeskPage, FieldGroup, FileField, Form, LinkButton, Notice, RadioGroup, SelectField, Sheet, TextArea, TextField } from '../../../platform/html/index.ts'
import type { FormState } from '../../../platform/html/index.ts'
import { COMPLAINANT_FIELDS } from '../complainant-store.ts'
import { BASES, MATTERS, ROUTES } from '../complaint.ts'
import type { Route } from '../complaint.ts'
import { ACCEPT } from '../file-store.ts'
import { MOST_TEXT } from '../text-store.ts'
import { HOME, LIST, hrefOf } from './complaint-words.tsx'
import { DESK_CHANNELS, OTHER_LENGTH, PERSON_LENGTH } from './intake-form.ts'

export const optionsOf = (labels: Readonly<Record<string, string>>) => Object.entries(labels).map(([value, label]) => ({ value, label }))
const TYPES = { phone: 'tel', mail: 'email' } as const

/** 反映人的各栏；公众与工作台相同。 */
export const PersonFields = () => (
  <>
    {Object.entries(COMPLAINANT_FIELDS).map(([key, label]) => (
      <TextField key={key} name={key} label={label} maxLength={PERSON_LENGTH[key as keyof typeof PERSON_LENGTH]} type={key === 'phone' || key === 'mail' ? TYPES[key] : undefined} autoComplete="off" width={key === 'address' ? 'full' : 'middle'} />
    ))}
  </>
)

export interface IntakeModel {
  complaintId: string
  formKey: string
  bodies: readonly { value: string; label: string }[]
  own: string
  /** 本机关的人：账号 → 姓名 */
  staff: ReadonlyMap<string, string>
  today: string
  state: FormState
}

/** 登记一件投诉、反映。 */
export const ComplaintIntakePage = ({ complaintId, formKey, bodies, own, staff, today, state }: IntakeModel) => (
  <DeskPage title="登记投诉" crumbs={LIST} lead="电话、来信、来访、12345 与其他机关转来的在此登记；登记之后得一个查询码，请交给反映人。">
    <Form action={`${HOME}/new`} submit="登记" cancel={{ href: HOME }} hidden={{ complaintId, formKey }} state={state} multipart>
      <FieldGroup title="收到">
        <RadioGroup name="channel" label="来源" required options={optionsOf(DESK_CHANNELS)} />
        <DateField name="receivedOn" label="收到之日" required value={today} max={today} />
        <TextField name="workOrderNo" label="12345 工单号、来文号" maxLength={OTHER_LENGTH.workOrderNo} width="middle" />
      </FieldGroup>
      <FieldGroup title="反映什么">
        <RadioGroup name="basis" label="属于" required options={optionsOf(BASES)} hint="投诉、举报由主管部门办。" />
        <RadioGroup name="matter" label="类型" required options={optionsOf(MATTERS)} />
        <SelectField name="about" label="所反映的机关" required options={bodies} value={own} />
        <RadioGroup name="to" label="由谁办" required value="own" options={[{ value: 'own', label: '所反映的机关自己' }, { value: 'office', label: '主管部门（区政务公开办）' }]} hint="反映机关负责人的、能办的人都须回避的，自动转主管部门。" />
        <TextArea name="content" label="反映的事情" required rows={8} maxLength={MOST_TEXT.content} hint="加密存放，须回避的人看不到。" />
        <TextField name="disputed" label="争议申请的登记号" maxLength={OTHER_LENGTH.disputed} hint="对哪一件申请的答复不服；填了的，办过那一件的人都回避。" />
      </FieldGroup>
      <FieldGroup title="须回避的人" lead="反映到谁，谁就看不到、办不了本件。">
        <TextField name="accused" label="反映人所指的人" maxLength={OTHER_LENGTH.accused} hint="照反映人所说的写；与本系统里的姓名相同的自动回避。" />
        {staff.size > 0 && <CheckboxGroup name="accusedAccounts" label="本机关里是谁" options={[...staff].map(([value, label]) => ({ value, label }))} />}
        <CheckboxGroup name="unit" label="指到科室" options={[{ value: 'yes', label: '反映的是科室：该机关的科室负责人都回避' }]} />
      </FieldGroup>
      <FieldGroup title="反映人" lead="可以匿名。加密另存，查看须填事由并留痕。">
        <PersonFields />
      </FieldGroup>
      <FieldGroup title="材料">
        <FileField name="files" label="附件" accept={ACCEPT} multiple hint="来信的扫描件、照片等；至多五份，每份不超过 10 MB、合计不超过 20 MB，收 PDF、DOCX、JPEG、PNG。" />
      </FieldGroup>
    </Form>
  </DeskPage>
)

/** 登记之后：登记号与查询码，只此一次。 */
export const ComplaintSlipPage = ({ regNo, code, route, complaintId, canOpen, handledBy, trackUrl }: { regNo: string; code: string; route: Route; complaintId: string; canOpen: boolean; handledBy: string; trackUrl: string }) => (
  <DeskPage title={`已登记 ${regNo}`} heading="已登记" crumbs={LIST} lead="请把登记号与查询码交给反映人；离开本页之后查询码不再显示。">
    <Sheet title="凭条">
      <DefinitionList items={[['登记号', regNo], ['查询码', code], ['由谁办', handledBy], ['查询的网址', trackUrl]]} />
      <p className="quiet noprint">可以用浏览器打印本页。</p>
    </Sheet>
    {route !== 'own' && <Notice tone="info" title={ROUTES[route]} />}
    <p className="noprint">
      <LinkButton href={canOpen ? hrefOf(complaintId) : HOME}>{canOpen ? '去受理' : '回到列表'}</LinkButton>
    </p>
  </DeskPage>
)
