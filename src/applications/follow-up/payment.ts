import { record } from '../../audit/index.ts'
import { transaction } from '../../platform/connect.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import type { RecordedEvent } from '../../platform/timeline.ts'
import { feeByCount, feeByPages } from '../../statute/fees.ts'
import type { FeeAccount } from '../../statute/fees.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { isPast } from '../../statute/reply-clock.ts'
import type { Application } from '../application.ts'
import { yuan } from '../case-words.ts'
import type { ApplicationEvent } from '../events.ts'
import { insertPapers, listPapers } from '../papers/paper-store.ts'
import type { NewPaper, Paper } from '../papers/paper-store.ts'
import { getApplication } from '../queries.ts'
import { APPLICANT_ACTOR } from '../citizen/submit-online.ts'

export interface FeeView {
  amount: string
  /** 怎样算出，逐档；算不出明细的为空 */
  lines: readonly string[]
  payBy: PlainDate | null
  how: string
  state: string
  canGive: boolean
}

/** 收费通知给申请人看的样子：多少、怎样算、几时前、怎样缴、缴了没有。没有收费通知的为 null。 */
export function toFeeView(a: Application, { how, rank, givenOn, today }: { how: string; rank: number; givenOn: PlainDate | null; today: PlainDate }): FeeView | null {
  const { fee } = a
  if (fee === null || fee.noticedOn === null) return null
  const { paidOn, payBy } = fee
  const late = paidOn === null && payBy !== null && isPast(payBy, today)
  const state =
    paidOn !== null ? `机关已于 ${paidOn} 收到`
    : a.status !== 'fee-noticed' ? '没有缴纳，本件已办结'
    : givenOn !== null ? `您已于 ${givenOn} 交来缴费凭证，待机关核对`
    : late ? '缴费期限已过：没有缴纳的，视为放弃申请'
    : '还没有缴纳'
  return {
    amount: yuan(fee.amount),
    lines: linesOf(fee.amount, fee.mode, rank),
    payBy,
    how: how === '' ? '见收费通知书所写的缴纳方式；没有写明的，请与机关联系。' : how,
    state,
    canGive: a.status === 'fee-noticed',
  }
}

const MOST_PAGES = 100_000

// 记下的只有方式与金额：按量的由金额反推页数，按件的由当月第几件重算；对不上的不写明细
function linesOf(amount: number, mode: 'COUNT' | 'PAGES' | null, rank: number): string[] {
  if (mode === null) return []
  const account = mode === 'COUNT' ? feeByCount(rank, rank - 1) : feeByPages(pagesFor(amount))
  if (account.amount !== amount) return []
  return [mode === 'COUNT' ? `按件：同一申请人收到之月的第 ${rank} 件` : `按量：提供 ${pagesFor(amount)} 页（A4 及以下单面为一页）`, ...tierLines(mode, account)]
}

function pagesFor(amount: number): number {
  let [low, high] = [1, MOST_PAGES]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (feeByPages(middle).amount < amount) low = middle + 1
    else high = middle
  }
  return low
}

const tierLines = (mode: 'COUNT' | 'PAGES', { tiers }: FeeAccount): string[] => {
  const unit = mode === 'COUNT' ? '件' : '页'
  return tiers.map((tier) => {
    const span = tier.from === tier.to ? `第 ${tier.from} ${unit}` : `第 ${tier.from} 至 ${tier.to} ${unit}`
    return tier.unit === 0 ? `${span}：不收费` : `${span}：${tier.quantity} ${unit} × ${yuan(tier.unit)} ＝ ${yuan(tier.subtotal)}`
  })
}

/** 一件里缴费凭证至多几份。 */
const MOST_RECEIPTS = 10

/** 申请人交来缴费凭证：只存为材料；收到缴费由经办人核对后记。同一 `key` 交来两次的只存一次。 */
export function givePaymentReceipt(
  deps: Deps,
  { bodyId, caseId }: { bodyId: string; caseId: string },
  { key, papers }: { key: string; papers: readonly NewPaper[] },
): Promise<'done' | 'not-now' | 'too-many'> {
  const keys = fieldKeys(deps.config.secretKey)
  return transaction(deps.db, async (tx) => {
    await tx.selectFrom('application').select('case_id').where('body_id', '=', bodyId).where('case_id', '=', caseId).forUpdate().executeTakeFirst()
    const given = await listPapers(tx, bodyId, caseId)
    if (given.some((paper) => paper.paperId === key)) return 'done'
    const { state } = await getApplication(tx, bodyId, caseId)
    if (state.status !== 'fee-noticed') return 'not-now'
    if (given.filter((paper) => paper.kind === 'payment').length + papers.length > MOST_RECEIPTS) return 'too-many'
    const [first, ...rest] = papers
    if (first === undefined) return 'not-now'
    await insertPapers(tx, keys, { bodyId, caseId, isDraft: false, at: deps.clock.now() }, [{ ...first, paperId: key }, ...rest])
    await record(tx, APPLICANT_ACTOR, 'application.payment-given', { bodyId, target: caseId }, { papers: papers.length })
    return 'done'
  })
}

/** 收费通知之后，申请人在网上交来缴费凭证之日；没有交来、不在待缴费的为 null。 */
export function paymentGivenOn(a: Pick<Application, 'status'>, events: readonly RecordedEvent<ApplicationEvent>[], papers: readonly Paper[]): PlainDate | null {
  if (a.status !== 'fee-noticed') return null
  const noticedAt = events.findLast(({ event }) => event.kind === 'fee-noticed')?.at
  return papers.findLast((paper) => paper.kind === 'payment' && noticedAt !== undefined && paper.givenAt >= noticedAt)?.givenOn ?? null
}

/** 交来缴费凭证、等经办人核对的各件的案号，至多 `limit` 件：待缴费而有凭证的即是，一件只通知一次收费。 */
export async function listPaymentsGiven(tx: Tx, bodyId: string, limit: number): Promise<string[]> {
  const rows = await tx
    .selectFrom('application as a')
    .select('a.case_id')
    .where('a.body_id', '=', bodyId)
    .where('a.status', '=', 'fee-noticed')
    .where((eb) => eb.exists(eb.selectFrom('application_paper as p').select('p.paper_id').where('p.body_id', '=', bodyId).whereRef('p.case_id', '=', 'a.case_id').where('p.kind', '=', 'payment')))
    .orderBy('a.case_id')
    .limit(limit)
    .execute()
  return rows.map((row) => row.case_id)
}
