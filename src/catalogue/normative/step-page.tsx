import { Confirm, DefinitionList, DeskPage, FieldGroup, Form, Notice, Sheet } from '../../platform/html/index.ts'
import type { FormProps, FormState } from '../../platform/html/index.ts'
import type { ValidityYears } from './document-form.ts'
import { factFields, makingFields, termFields } from './document-form.ts'
import { CORRECTION_REASON } from './document-steps.ts'
import type { DocumentStep } from './document-steps.ts'
import { DESK_HOME, deskHref } from './document-words.ts'
import type { NormativeDocument } from './normative-document.ts'
import { FieldViews } from './step-field-views.tsx'
import type { StepField } from './step-fields.ts'

const crumbsOf = (documentId: string, { title }: NormativeDocument) => [
  { label: '规范性文件', href: DESK_HOME },
  { label: title.length > 20 ? `${title.slice(0, 20)}…` : title, href: deskHref(documentId) },
]

export interface StepPageModel {
  documentId: string
  document: NormativeDocument
  version: number
  name: string
  step: DocumentStep
  fields: readonly StepField[]
  state: FormState
}

/** 办一步的表单，由那一步的数据生成。 */
export function StepPage({ documentId, document, version, name, step, fields, state }: StepPageModel) {
  const here = deskHref(documentId)
  const form: FormProps = { action: `${here}/${name}`, submit: step.label, cancel: { href: here }, hidden: { version: String(version) }, state, children: <FieldViews fields={fields} /> }
  return (
    <DeskPage title={`${step.label} ${document.docNo}`} heading={step.label} crumbs={crumbsOf(documentId, document)} lead={`《${document.title}》 ${document.docNo}。${step.lead}`}>
      {step.consequences === undefined ? (
        <Sheet>
          <Form {...form} />
        </Sheet>
      ) : (
        <Confirm what={`${step.label}：${document.docNo}`} consequences={step.consequences} form={form} />
      )}
    </DeskPage>
  )
}

/** 现在不能办这一步；填过的照样列出，免得白填。 */
export const NotNowPage = ({ documentId, document, step, filled }: Pick<StepPageModel, 'documentId' | 'document' | 'step'> & { filled: readonly (readonly [string, string])[] }) => (
  <DeskPage title={`${step.label} ${document.docNo}`} heading={step.label} crumbs={crumbsOf(documentId, document)}>
    <Notice tone="warn" title="现在不能办这一步">
      {step.lead} <a href={deskHref(documentId)}>看最新的情形</a>
    </Notice>
    {filled.length > 0 && (
      <Sheet title="您填写的">
        <DefinitionList items={filled} />
      </Sheet>
    )}
  </DeskPage>
)

/** 登记一件。 */
export const NewDocumentPage = ({ documentId, validity, state }: { documentId: string; validity: ValidityYears; state: FormState }) => (
  <DeskPage title="登记规范性文件" crumbs={[{ label: '规范性文件', href: DESK_HOME }]} lead="公布之后登记。登记不等于公开：连上公开着的正文，或者经另一位负责人批准，公众才看得到。">
    <Form action={`${DESK_HOME}/new`} submit="登记" cancel={{ href: DESK_HOME }} hidden={{ documentId }} state={state}>
      <FieldGroup title="文件">
        <FieldViews fields={factFields(null)} />
      </FieldGroup>
      <FieldGroup title="有效期">
        <FieldViews fields={termFields(validity)} />
      </FieldGroup>
      <FieldGroup title="制定的经过" lead="供监督检查与清理，公众看不到。">
        <FieldViews fields={makingFields(null)} />
      </FieldGroup>
    </Form>
  </DeskPage>
)

/** 更正登记。 */
export const CorrectPage = ({ documentId, document, version, state }: { documentId: string; document: NormativeDocument; version: number; state: FormState }) => (
  <DeskPage
    title={`更正登记 ${document.docNo}`}
    heading="更正登记"
    crumbs={crumbsOf(documentId, document)}
    lead={`${document.listed && document.itemId === null ? '改了名称、文号、登记号、网址的，须由另一位负责人重新批准，才再列入政策文件库。' : ''}有效期与废止不在此改，由负责人更正效力。`}
  >
    <Form action={`${deskHref(documentId)}/correct`} submit="更正" cancel={{ href: deskHref(documentId) }} hidden={{ version: String(version) }} state={state}>
      <FieldGroup title="文件">
        <FieldViews fields={factFields(document)} />
      </FieldGroup>
      <FieldGroup title="制定的经过" lead="供监督检查与清理，公众看不到。">
        <FieldViews fields={makingFields(document.making)} />
      </FieldGroup>
      <FieldGroup title="缘故">
        <FieldViews fields={[CORRECTION_REASON]} />
      </FieldGroup>
    </Form>
  </DeskPage>
)
