import { dayField } from '../case-action.ts'
import type { CaseAction } from '../case-action.ts'
import { merge as rule } from '../decisions.ts'
import { listMergeable } from '../find-duplicates.ts'
import { listFollowers, lockApplication } from '../followers.ts'
import { loadApplications } from '../store.ts'

/** 同一申请人又问同样的，前一件尚未答复：并入前案，一并答复，各计一件。 */
export const merge: CaseAction = {
  event: 'merged',
  label: '并入前一件',
  article: '条例第三十六条第（六）项只用于已经答复的；前一件尚未答复的并案',
  permit: 'application.handle',
  done: '已并案，随前一件一并答复',
  nothing: '没有同一申请人先提出、尚未答复的其他申请，无从并案。已经答复过的，按重复申请判断（条例第三十六条第（六）项）',
  consequences: ['两件一份文书答复，同一文号；年度报告各计一件', '本件的答复期限照本件的收到之日走，不因并案延后', '前一件撤回、不再处理的，本件另行办理'],
  fields: (_, { today }, { others }) => {
    const ids = Object.keys(others)
    return [
      { name: 'into', label: '并入哪一件', kind: 'choice', required: true, options: others, ...(ids.length === 1 && ids[0] !== undefined ? { value: ids[0] } : {}) },
      dayField(today, '并案之日'),
    ]
  },
  decide: async (a, given, ground, { tx, bodyId, caseId }) => {
    const into = given('into')
    const candidates = await listMergeable(tx, bodyId, caseId)
    if (!candidates.some((one) => one.caseId === into)) return { ok: false, refusal: 'merge-unknown' }
    await lockApplication(tx, bodyId, into)
    const state = (await loadApplications(tx, bodyId, [into])).get(into)?.state
    if (state == null) return { ok: false, refusal: 'merge-unknown' }
    const leads = (await listFollowers(tx, bodyId, caseId)).length > 0
    return rule(a, { on: given('on'), caseId, into: { caseId: into, state }, sameApplicant: true, leads }, ground)
  },
}
