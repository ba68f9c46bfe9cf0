import { Field } from '../../applications/index.ts'
import { DefinitionList, DeskPage, Form, Sheet, TextArea } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { PARTY_FIELDS } from '../parties/party-fields.ts'
import { PARTY_KINDS, PARTY_ROLES } from '../parties/party-store.ts'
import type { Party } from '../parties/party-store.ts'
import { LIST } from './case-page.tsx'
import { hrefOf } from './hrefs.ts'

interface At {
  caseId: string
  caseNo: string
}
const crumbsOf = ({ caseId, caseNo }: At) => [...LIST, { label: caseNo, href: hrefOf(caseId) }]

/** 查看当事人的全部资料：先填事由；`shown` 为填过之后的。 */
export function PartiesPage({ state, shown, ...at }: At & { state: FormState; shown: readonly Party[] | null }) {
  const back = hrefOf(at.caseId)
  return (
    <DeskPage title={`${at.caseNo} 当事人的资料`} heading="当事人的资料" crumbs={crumbsOf(at)} lead="只在办理本件所必需时查看；谁、何时、因何查看都留痕。">
      {shown === null ? (
        <Sheet>
          <Form action={`${back}/personal-data`} submit="查看" cancel={{ href: back }} state={state}>
            <TextArea name="reason" label="事由" required rows={2} maxLength={200} hint="如：核对出庭的当事人。不写当事人的姓名、电话" />
          </Form>
        </Sheet>
      ) : (
        <>
          {shown.map((party) => (
            <Sheet key={party.partyId} title={PARTY_ROLES[party.role]}>
              <DefinitionList items={[['种类', PARTY_KINDS[party.kind]], ['姓名、名称', party.name], ...(party.idNo === null ? [] : [['证件号、代码', party.idNo] as const]), ...(party.contact === null ? [] : [['联系方式', party.contact] as const])]} />
            </Sheet>
          ))}
          <p>
            <a href={back}>看完返回案件</a>
          </p>
        </>
      )}
    </DeskPage>
  )
}

export function NewPartyPage({ state, ...at }: At & { state: FormState }) {
  const back = hrefOf(at.caseId)
  return (
    <DeskPage title={`${at.caseNo} 添当事人`} heading="添当事人" crumbs={crumbsOf(at)}>
      <Sheet>
        <Form action={`${back}/parties/new`} submit="添上" cancel={{ href: back }} state={state}>
          {PARTY_FIELDS.map((field) => (
            <Field key={field.name} field={field} />
          ))}
        </Form>
      </Sheet>
    </DeskPage>
  )
}
