import type { ActionField } from '../../../applications/index.ts'
import { Field } from '../../../applications/index.ts'
import { Confirm, DefinitionList, DeskPage, FileField, Form, Notice, RadioGroup, Sheet, TextArea } from '../../../platform/html/index.ts'
import type { FormProps, FormState } from '../../../platform/html/index.ts'
import type { Complainant } from '../complainant-store.ts'
import { COMPLAINANT_FIELDS } from '../complainant-store.ts'
import type { ComplaintAction } from '../complaint-action.ts'
import { ACCEPT } from '../file-store.ts'
import { LIST, hrefOf } from './complaint-words.tsx'

interface Named {
  complaintId: string
  regNo: string
}
const frameOf = ({ complaintId, regNo }: Named, heading: string) => ({ title: `${heading} ${regNo}`, heading, crumbs: [...LIST, { label: regNo, href: hrefOf(complaintId) }] })

/** 办一步的表单，由那一步的数据生成；依据小字写明。 */
export function ComplaintActPage({ action, name, fields, shown, version, state, ...named }: Named & { action: ComplaintAction; name: string; shown: readonly (readonly [string, string])[]; fields: readonly ActionField[]; version: number; state: FormState }) {
  const here = hrefOf(named.complaintId)
  const form: FormProps = {
    action: `${here}/${name}`,
    submit: action.label,
    cancel: { href: here },
    hidden: { version: String(version) },
    state,
    children: fields.map((field) => <Field key={field.name} field={field} />),
  }
  return (
    <DeskPage {...frameOf(named, action.label)} lead={`依据：${action.article}`}>
      {shown.length > 0 && (
        <Sheet>
          <DefinitionList items={shown} />
        </Sheet>
      )}
      {action.consequences === undefined ? (
        <Sheet>
          <Form {...form} />
        </Sheet>
      ) : (
        <Confirm what={`${action.label}：${named.regNo}`} consequences={action.consequences} form={form} />
      )}
    </DeskPage>
  )
}

/** 现在不能办这一步。 */
export const ComplaintNotNowPage = ({ label, reason, ...named }: Named & { label: string; reason: string }) => (
  <DeskPage {...frameOf(named, label)}>
    <Notice tone="warn" title={reason}>
      <a href={hrefOf(named.complaintId)}>看最新的经过与下一步</a>
    </Notice>
  </DeskPage>
)

/** 查看反映人：先填事由；`shown` 为填过之后的。 */
export const IdentityPage = ({ state, shown, ...named }: Named & { state: FormState; shown: Complainant | null }) => {
  const here = hrefOf(named.complaintId)
  return (
    <DeskPage {...frameOf(named, '反映人')} lead="只在办理本件所必需时查看，不得泄露给被反映的人；谁、何时、因何查看都留痕。">
      <Sheet>
        {shown === null ? (
          <Form action={`${here}/identity`} submit="查看" cancel={{ href: here }} state={state}>
            <TextArea name="reason" label="事由" required rows={2} maxLength={200} hint="如：电话核实情况。不写反映人的姓名、电话" />
          </Form>
        ) : (
          <>
            <DefinitionList items={Object.entries(COMPLAINANT_FIELDS).map(([key, label]) => [label, shown[key as keyof Complainant] || '没有留'] as const)} />
            <p>
              <a href={here}>看完返回</a>
            </p>
          </>
        )}
      </Sheet>
    </DeskPage>
  )
}

/** 取用书面答复：先填事由。 */
export const LetterPage = ({ state, ...named }: Named & { state: FormState }) => {
  const here = hrefOf(named.complaintId)
  return (
    <DeskPage {...frameOf(named, '取用答复')} lead="答复上有反映人的姓名：谁、何时、因何取用都留痕。">
      <Sheet>
        <Form action={`${here}/letter`} submit="下载" cancel={{ href: here }} state={state}>
          <RadioGroup name="format" label="格式" required value="pdf" options={[{ value: 'pdf', label: 'PDF' }, { value: 'docx', label: 'DOCX' }]} />
          <TextArea name="reason" label="事由" required rows={2} maxLength={200} hint="如：打印盖章后邮寄。不写反映人的姓名、电话" />
        </Form>
      </Sheet>
    </DeskPage>
  )
}

/** 附上证据。 */
export const EvidencePage = ({ state, ...named }: Named & { state: FormState }) => {
  const here = hrefOf(named.complaintId)
  return (
    <DeskPage {...frameOf(named, '附上证据')} lead="查办取得的材料；加密存放，附上之后不能删改。">
      <Sheet>
        <Form action={`${here}/evidence`} submit="附上" cancel={{ href: here }} state={state} multipart>
          <FileField name="files" label="文件" required accept={ACCEPT} multiple hint="一次至多五份，每份不超过 10 MB、合计不超过 20 MB，收 PDF、DOCX、JPEG、PNG；一件合计三十份。" />
        </Form>
      </Sheet>
    </DeskPage>
  )
}
