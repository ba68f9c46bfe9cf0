import { Field } from '../../applications/index.ts'
import type { ActionField } from '../../applications/index.ts'
import { DefinitionList, DeskPage, Form, Notice, RadioGroup, Sheet, TextField } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { LIST } from '../desk/case-page.tsx'
import { HOME } from '../desk/hrefs.ts'
import { INTAKE_KINDS } from './register-fields.ts'
import type { IntakeKind } from './register-fields.ts'

/** 先选种类、写文号，再填其余。 */
export function ChoosePage({ number, kind }: { number: string; kind: IntakeKind | null }) {
  return (
    <DeskPage title="登记复议、诉讼案件" crumbs={LIST} lead="收到行政复议申请书副本、起诉状副本的当日登记：期限自收到的次日起算。">
      <Sheet>
        <Form method="get" action={`${HOME}/new`} submit="下一步" cancel={{ href: HOME }}>
          <RadioGroup name="kind" label="种类" required value={kind ?? 'review'} options={Object.entries(INTAKE_KINDS).map(([value, label]) => ({ value, label }))} hint="不予公开（含部分公开）的答复，2024 年起须先申请复议（行政复议法第二十三条）" />
          <TextField name="doc" label="所争答复的文号，或者申请的登记号" value={number} maxLength={100} hint="据此连上那件申请，答复书、证据由其案卷而来；不在本系统里的可以不填，或者照写" />
        </Form>
      </Sheet>
    </DeskPage>
  )
}

export interface IntakePageModel {
  caseId: string
  kind: IntakeKind
  number: string
  /** 找到的申请；没有找到为 null */
  found: { href: string; regNo: string; content: string; outcome: string | null } | null
  /** 值得一看的：如须先复议的直接起诉 */
  warnings: readonly string[]
  fields: readonly ActionField[]
  state: FormState
}

export function IntakePage({ caseId, kind, number, found, warnings, fields, state }: IntakePageModel) {
  return (
    <DeskPage title={`登记：${INTAKE_KINDS[kind]}`} crumbs={LIST} lead="登记之后由登记的人先承办，可以再分派。">
      {found === null ? (
        <Notice tone={number === '' ? 'info' : 'warn'} title={number === '' ? '没有写文号：登记之后可以再连上申请' : `本系统里没有「${number}」这个文号、登记号的申请`}>
          <a href={`${HOME}/new?kind=${kind}`}>改一改再找</a>；确实不在本系统的，照登。
        </Notice>
      ) : (
        <Sheet title="所争的申请">
          <DefinitionList items={[['登记号', <a key="found" href={found.href}>{found.regNo}</a>], ['所求', found.content], ['答复', found.outcome ?? '没有作出答复']]} />
        </Sheet>
      )}
      {warnings.map((text) => (
        <Notice key={text} tone="warn" title={text} />
      ))}
      <Sheet>
        <Form action={`${HOME}/new?kind=${kind}&doc=${encodeURIComponent(number)}`} submit="登记" cancel={{ href: HOME }} hidden={{ caseId }} state={state}>
          {fields.map((field) => (
            <Field key={field.name} field={field} />
          ))}
        </Form>
      </Sheet>
    </DeskPage>
  )
}
