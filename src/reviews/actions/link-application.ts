import { findDisputable } from '../../applications/index.ts'
import type { CaseStep } from '../case-step.ts'
import type { Shared, SharedEvent } from '../hearing.ts'

type Linked = Shared & { facts: { decisionNo: string | null } }

/** 连上所争的申请：答复书、证据由它的案卷而来。 */
export const linkApplication: CaseStep<Linked, SharedEvent> = {
  label: '连上所争的申请',
  article: '答复、证据都取自它的案卷',
  permit: 'review.handle',
  done: '已连上',
  side: true,
  when: ({ applicationId }) => applicationId === null,
  fields: ({ facts }) => [{ name: 'number', label: '答复的文号，或者申请的登记号', kind: 'text', required: true, maxLength: 100, ...(facts.decisionNo === null ? {} : { value: facts.decisionNo }) }],
  decide: async (shared, given, { tx, bodyId, help }) => {
    const applicationId = await findDisputable(tx, bodyId, given('number'))
    if (applicationId === null) return { ok: false, refusal: 'application-unknown' }
    return shared.applicationId === applicationId ? { ok: false, refusal: 'nothing-changed' } : { ok: true, events: [{ kind: 'linked', on: help.today, applicationId }] }
  },
}

/** 连错了的，改连另一件。 */
export const relinkApplication: CaseStep<Linked, SharedEvent> = {
  ...linkApplication,
  label: '改连另一件申请',
  article: '连错了的才改；已列的证据不随之变',
  done: '已改连',
  when: ({ applicationId }) => applicationId !== null,
}
