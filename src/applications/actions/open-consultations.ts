import type { Application, ConsultationRecord } from '../application.ts'
import type { ActionField } from '../case-action.ts'
import { consultationName } from '../case-words.ts'

/** 尚无结果的各次征求，供选择。 */
export function whichConsultation(a: Application, among: (c: ConsultationRecord) => boolean): ActionField {
  const open = a.consultations.filter((c) => c.returnedOn === null && among(c))
  const options = Object.fromEntries(open.map((c) => [c.id, `${consultationName(a, c.id)}，${c.sentOn} 发出${c.deliveredOn === null ? '' : `，${c.deliveredOn} 送达`}`]))
  return { name: 'id', label: '哪一次', kind: 'choice', required: true, options, ...(open.length === 1 && open[0] !== undefined ? { value: open[0].id } : {}) }
}
