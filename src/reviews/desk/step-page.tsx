import { Field } from '../../applications/index.ts'
import type { ActionField } from '../../applications/index.ts'
import { Confirm, DeskPage, Form, Notice, Sheet } from '../../platform/html/index.ts'
import type { FormProps, FormState } from '../../platform/html/index.ts'
import { LIST } from './case-page.tsx'
import { hrefOf } from './hrefs.ts'

export interface StepPageModel {
  caseId: string
  caseNo: string
  name: string
  label: string
  article: string
  version: number
  fields: readonly ActionField[]
  consequences: readonly string[] | undefined
  state: FormState
}

const crumbsOf = (caseId: string, caseNo: string) => [...LIST, { label: caseNo, href: hrefOf(caseId) }]

/** 办一步的表单，由那一步的数据生成；依据小字写明。 */
export function StepPage({ caseId, caseNo, name, label, article, version, fields, consequences, state }: StepPageModel) {
  const form: FormProps = {
    action: `${hrefOf(caseId)}/steps/${name}`,
    submit: label,
    cancel: { href: hrefOf(caseId) },
    hidden: { version: String(version) },
    state,
    children: fields.map((field) => <Field key={field.name} field={field} />),
  }
  return (
    <DeskPage title={`${label} ${caseNo}`} heading={label} crumbs={crumbsOf(caseId, caseNo)} lead={`${caseNo} · 依据：${article}`}>
      {consequences === undefined ? (
        <Sheet>
          <Form {...form} />
        </Sheet>
      ) : (
        <Confirm what={`${label}：${caseNo}`} consequences={consequences} form={form} />
      )}
    </DeskPage>
  )
}

/** 现在不能办这一步：说清缘故，填过的照样列出，免得白填。 */
export function NotNowPage({ caseId, caseNo, label, reason, filled }: { caseId: string; caseNo: string; label: string; reason: string; filled: readonly (readonly [string, string])[] }) {
  return (
    <DeskPage title={`${label} ${caseNo}`} heading={label} crumbs={crumbsOf(caseId, caseNo)}>
      <Notice tone="warn" title={reason}>
        <a href={hrefOf(caseId)}>看最新的经过与下一步</a>
      </Notice>
      {filled.length > 0 && (
        <Sheet title="您填写的">
          {filled.map(([name, text]) => (
            <p key={name}>
              {name}：{text}
            </p>
          ))}
        </Sheet>
      )}
    </DeskPage>
  )
}
