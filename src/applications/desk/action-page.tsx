import { Confirm, DateField, DeskPage, Form, Notice, RadioGroup, SelectField, Sheet, TextArea, TextField } from '../../platform/html/index.ts'
import type { FormProps, FormState } from '../../platform/html/index.ts'
import type { Application } from '../application.ts'
import type { ActionField, CaseAction } from '../case-action.ts'
import { GroundFaredBlock } from './ground-fared.tsx'
import type { GroundFared } from './ground-fared.tsx'
import type { UnsentAnswer } from '../letter-desk/unsent-answer.ts'

export interface ActionPageModel {
  caseId: string
  name: string
  action: CaseAction
  application: Application
  version: number
  fields: readonly ActionField[]
  consequences: readonly string[] | undefined
  /** 要记发出而答复的文书还没有发出的；没有这回事为 null */
  unsent: UnsentAnswer | null
  /** 已在地址里选定的第一项，如处理结果；还没有选的为空 */
  chosen: string
  /** 拟定答复时，所选的依据以往怎样 */
  fared?: GroundFared | null
  state: FormState
}

const MOST_RADIOS = 7

/** 办一步的表单，由那一步的数据生成；依据小字写明。 */
export function ActionPage(props: ActionPageModel) {
  const { action, application: a, caseId } = props
  return (
    <DeskPage title={`${action.label} ${a.regNo}`} heading={action.label} crumbs={crumbsOf(caseId, a)} lead={`${a.content.slice(0, 60)} · 依据：${action.article}`}>
      {props.unsent !== null && (
        <Notice tone="warn" title={`${props.unsent.title}还没有在这里发出`}>
          请先签批、发出文书，再记交邮、发出：<a href={props.unsent.href}>{props.unsent.label}</a>。已用纸质文书答复的，可以照记。
        </Notice>
      )}
      {props.fared != null && <GroundFaredBlock fared={props.fared} />}
      {action.first !== undefined && props.chosen === '' ? <FirstForm {...props} first={action.first} /> : <FullForm {...props} />}
    </DeskPage>
  )
}

const crumbsOf = (caseId: string, a: Application) => [
  { label: '在办申请', href: '/desk/applications' },
  { label: a.regNo, href: `/desk/applications/${caseId}` },
]

function FirstForm({ caseId, name, application: a, first }: ActionPageModel & { first: ActionField }) {
  const here = `/desk/applications/${caseId}`
  const now = a.decision?.outcome ?? ''
  return (
    <Sheet>
      <Form method="get" action={`${here}/${name}`} submit="下一步" cancel={{ href: here }}>
        <Field field={Object.hasOwn(first.options ?? {}, now) ? { ...first, value: now } : first} many />
      </Form>
    </Sheet>
  )
}

function FullForm({ caseId, name, action, application: a, version, fields, consequences, chosen, state }: ActionPageModel) {
  const here = `/desk/applications/${caseId}`
  const { first } = action
  const form: FormProps = {
    action: `${here}/${name}`,
    submit: action.label,
    cancel: { href: here },
    hidden: { version: String(version), ...(first === undefined ? {} : { [first.name]: chosen }) },
    state,
    children: (
      <>
        {first !== undefined && (
          <p>
            {first.label}：<strong>{first.options?.[chosen] ?? chosen}</strong> <a href={`${here}/${name}`}>改选</a>
          </p>
        )}
        {fields.map((field) => (
          <Field key={field.name} field={field} />
        ))}
      </>
    ),
  }
  if (consequences !== undefined) return <Confirm what={`${action.label}：${a.regNo}`} consequences={consequences} form={form} />
  return (
    <Sheet>
      <Form {...form} />
    </Sheet>
  )
}

/** 一栏，由数据生成；`many` 为选项再多也逐个列出。 */
export function Field({ field, many = false }: { field: ActionField; many?: boolean }) {
  const { name, label, required, value, maxLength, aid } = field
  const hint = aid === undefined ? field.hint : <>{field.hint} <a href={aid.to}>{aid.label}</a></>
  const shared = { name, label, hint, required, value }
  switch (field.kind) {
    case 'date':
      return <DateField {...shared} />
    case 'long':
      return <TextArea {...shared} rows={4} maxLength={maxLength} />
    case 'number':
      return <TextField {...shared} inputMode="numeric" width="short" maxLength={6} />
    case 'text':
      return <TextField {...shared} maxLength={maxLength} />
    case 'choice': {
      const options = Object.entries(field.options ?? {}).map(([key, text]) => ({ value: key, label: text }))
      const grouped = Object.entries(field.groups ?? {}).map(([heading, keys]) => ({ label: heading, options: options.filter((option) => keys.includes(option.value)) }))
      return many || options.length <= MOST_RADIOS ? <RadioGroup {...shared} options={grouped.length > 0 ? grouped : options} /> : <SelectField {...shared} options={options} {...(Object.hasOwn(field.options ?? {}, '') ? { blank: null } : {})} />
    }
  }
}

/** 现在不能办这一步：说清缘故，填过的照样列出，免得白填。 */
export function NotNowPage({ caseId, action, application: a, reason, filled }: { caseId: string; action: CaseAction; application: Application; reason: string; filled: readonly (readonly [string, string])[] }) {
  return (
    <DeskPage title={`${action.label} ${a.regNo}`} heading={action.label} crumbs={crumbsOf(caseId, a)}>
      <Notice tone="warn" title={reason}>
        依据：{action.article}。<a href={`/desk/applications/${caseId}`}>看最新的经过与下一步</a>
      </Notice>
      {filled.length > 0 && (
        <Sheet title="您填写的">
          {filled.map(([label, text]) => (
            <p key={label}>
              {label}：{text}
            </p>
          ))}
        </Sheet>
      )}
    </DeskPage>
  )
}
