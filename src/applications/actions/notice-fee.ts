import { feeByCount, feeByPages } from '../../statute/fees.ts'
import { dayField } from '../case-action.ts'
import type { CaseAction } from '../case-action.ts'
import { yuan } from '../case-words.ts'
import { noticeFee as rule } from '../decisions.ts'
import { rankInMonth } from '../find-duplicates.ts'

const MOST_PAGES = 100_000

/** 收费通知：金额由系统按标准算出，收不收由负责人决定。 */
export const noticeFee: CaseAction = {
  event: 'fee-noticed',
  label: '收费试算与通知',
  article: '条例第四十二条；国办函〔2020〕109号，按件、按量只能选一种',
  permit: 'application.approve',
  done: '收费通知已发，缴费之前答复期限暂停',
  when: (a) => a.fee === null,
  fields: (_, { today }, { rank }) => [
    {
      name: 'mode',
      label: '计收方式',
      kind: 'choice',
      required: true,
      options: {
        COUNT: `按件：同一申请人收到之月的第 ${rank} 件，应收 ${yuan(feeByCount(rank, rank - 1).amount)}`,
        PAGES: '按量：依提供的页数计，A4 及以下单面为一页',
      },
    },
    { name: 'pages', label: '提供几页', kind: 'number', hint: '按量计收的才填：30 页以内不收，31–100 页每页 10 元，101–200 页每页 20 元，其后每页 40 元' },
    dayField(today, '收费通知送达之日', '申请人自次日起二十个工作日内缴纳'),
  ],
  decide: async (a, given, ground, { tx, bodyId, caseId }) => {
    const mode = given('mode')
    if (mode !== 'COUNT' && mode !== 'PAGES') return { ok: false, refusal: 'fee-mode-missing' }
    const pages = Number(given('pages'))
    if (mode === 'PAGES' && (!Number.isInteger(pages) || pages < 1 || pages > MOST_PAGES)) return { ok: false, refusal: 'pages-invalid' }
    const rank = mode === 'COUNT' ? await rankInMonth(tx, bodyId, caseId) : 0
    const { amount } = mode === 'COUNT' ? feeByCount(rank, rank - 1) : feeByPages(pages)
    if (amount === 0) return { ok: false, refusal: 'fee-free' }
    return rule(a, { servedOn: given('on'), mode, amount, approvedByHead: true }, ground)
  },
}
