import { dayField } from '../../../applications/index.ts'
import { A47, A51, settled, unsettled } from '../complaint-action.ts'
import type { ComplaintAction } from '../complaint-action.ts'
import { BASES, MATTERS } from '../complaint.ts'
import type { Basis, Matter } from '../complaint.ts'
import { findBarred, findDisputed } from '../find-barred.ts'
import { moveIfStuck } from '../hand-over.ts'
import { listTexts } from '../text-store.ts'

const isBasis = (text: string): text is Basis => Object.hasOwn(BASES, text)
const isMatter = (text: string): text is Matter => Object.hasOwn(MATTERS, text)

export const classify: ComplaintAction = {
  event: 'classified',
  label: '定类型与所反映的机关',
  permit: 'complaint.handle',
  article: `${A47}、${A51}`,
  done: '已定；须回避的人随之重新认定',
  fields: (complaint, { today, bodies, ownName, ownId }) => [
    dayField(today, '定下之日'),
    { name: 'basis', label: '属于', kind: 'choice', required: true, options: BASES, value: complaint.basis },
    { name: 'matter', label: '反映什么', kind: 'choice', required: true, options: MATTERS, value: complaint.matter },
    { name: 'about', label: '所反映的机关', kind: 'choice', required: true, options: { [ownId]: ownName, ...bodies }, value: complaint.aboutBodyId },
    { name: 'disputed', label: '争议申请的登记号', kind: 'text', maxLength: 60, hint: '对哪一件申请的答复不服；填了的，办过那一件的人都回避' },
    { name: 'unit', label: '反映的是科室', kind: 'choice', options: { '': '不是', yes: '是：该机关的科室负责人都回避' }, value: '' },
  ],
  decide: async (complaint, given, context) => {
    const { tx, ref, keys, help } = context
    const [on, basis, matter, about, disputed] = [given('on'), given('basis'), given('matter'), given('about'), given('disputed')]
    if (!isBasis(basis)) return unsettled('basis', '请选择')
    if (!isMatter(matter)) return unsettled('matter', '请选择')
    if (about !== ref.bodyId && !Object.hasOwn(help.bodies, about)) return unsettled('about', '请从所列的选项中选择')
    const found = await findDisputed(tx, about, disputed)
    if (disputed !== '' && found === null) return unsettled('disputed', '所反映的机关没有这一件申请，请核对')
    const words = (await listTexts(tx, keys, ref)).map(({ text }) => text).join(' ')
    const accounts = await findBarred(tx, { aboutBodyId: about, words, accounts: [], unit: given('unit') === 'yes', caseId: found?.caseId ?? null })
    const isKnown = complaint.links.some(({ label }) => label === found?.regNo)
    const links = found === null || isKnown ? [] : [{ kind: 'application' as const, label: found.regNo, href: about === ref.bodyId ? `/desk/applications/${found.caseId}` : null }]
    const after = { ...complaint, basis, matter, aboutBodyId: about, barred: [...new Set([...complaint.barred, ...accounts])], links: [...complaint.links, ...links] }
    return settled((await moveIfStuck(context, after, on)) ?? { kind: 'classified', on, basis, matter, aboutBodyId: about, accounts, links })
  },
}
