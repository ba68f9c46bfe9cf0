import { DateField, DeskPage, FieldGroup, Form, RadioGroup, SelectField, Tabs, TextArea, TextField } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { CHANNELS } from '../../statute/receipt.ts'
import { ORGANISATION_FIELDS, ORGANISATION_KINDS, PERSON_FIELDS } from '../applicants/applicant-form.ts'
import { MOST_CLAIM, MOST_RECORD } from './correction-form.ts'
import { HOME } from './correction-pages.tsx'

const NEW = `${HOME}/new`

/** 登记一件更正申请。 */
export function CorrectionIntakePage({ correctionId, asPerson, today, state }: { correctionId: string; asPerson: boolean; today: string; state: FormState }) {
  const here = asPerson ? NEW : `${NEW}?as=organisation`
  return (
    <DeskPage
      title={asPerson ? '登记更正申请' : '登记更正申请（法人或其他组织）'}
      heading="登记更正申请"
      crumbs={[{ label: '更正申请', href: HOME }]}
      lead="要求更正与其自身相关的记录的在此登记（条例第四十一条）；要求公开信息的，登记为政府信息公开申请。"
    >
      <Tabs label="申请人" current={here} tabs={[{ label: '自然人', href: NEW }, { label: '法人或其他组织', href: `${NEW}?as=organisation` }]} />
      <Form action={here} submit="登记更正申请" cancel={{ href: HOME }} hidden={{ correctionId, ...(asPerson ? { kind: 'N' } : {}) }} state={state}>
        <FieldGroup title="收到">
          <RadioGroup name="channel" label="渠道" required options={Object.entries(CHANNELS).map(([value, { label }]) => ({ value, label }))} />
          <DateField name="receivedOn" label="收到之日" required value={today} max={today} />
        </FieldGroup>
        <FieldGroup title="申请人" lead="加密存放，列表只显示遮盖后的；查看全部须填事由并留痕。">
          {!asPerson && <SelectField name="kind" label="类型" required options={ORGANISATION_KINDS.map(([value, label]) => ({ value, label }))} />}
          {(asPerson ? PERSON_FIELDS : ORGANISATION_FIELDS).map(({ key, label, maxLength, hint, required, type }) => (
            <TextField key={key} name={key} label={label} maxLength={maxLength} hint={key === 'idNo' ? undefined : hint} required={required} type={type} autoComplete="off" width={maxLength > 100 ? 'full' : 'middle'} />
          ))}
        </FieldGroup>
        <FieldGroup title="所求" lead="加密存放：都与其自身相关。">
          <TextArea name="record" label="要求更正的记录" required rows={3} maxLength={MOST_RECORD} hint="哪一份政府信息、记载了什么；写进更正告知书" />
          <TextArea name="claim" label="何处不准确、有何证据" required rows={5} maxLength={MOST_CLAIM} />
        </FieldGroup>
      </Form>
    </DeskPage>
  )
}
