import { applicationLedger } from '../applications/index.ts'
import { itemLedger, normativeLedger, powersLedger, oldSiteLedger } from '../catalogue/index.ts'
import { openLedger } from '../platform/ledger/index.ts'
import type { Ledger } from '../platform/ledger/index.ts'
import { reviewLedger } from '../reviews/index.ts'

/** 可以导入的台账，与它给年度报告的哪一部分供数；`publishes`：写入之后门户上随即看得到。 */
export const LEDGERS: readonly { ledger: Ledger; feeds: string; publishes: boolean }[] = [
  { ledger: openLedger(itemLedger), feeds: '报告第一部分主动公开的条数与分类', publishes: true },
  { ledger: openLedger(oldSiteLedger), feeds: '旧网站上已经公开的；旧网址以后转到本站', publishes: true },
  { ledger: openLedger(applicationLedger), feeds: '报告第三部分收到和处理申请的 175 格', publishes: false },
  { ledger: openLedger(normativeLedger), feeds: '报告第二部分规章、行政规范性文件的件数', publishes: true },
  { ledger: openLedger(powersLedger), feeds: '报告第二部分许可、处罚、强制的决定数与收费金额', publishes: false },
  { ledger: openLedger(reviewLedger), feeds: '报告第四部分复议、诉讼的 15 格', publishes: false },
]

/** 没有这种台账则为 null。 */
export const findLedger = (kind: string): Ledger | null => LEDGERS.find(({ ledger }) => ledger.kind === kind)?.ledger ?? null

/** 写入之后门户上随即看得到的：须由批准公开的人、不是上传的人确认。 */
export const publishesAtOnce = (kind: string): boolean => LEDGERS.find(({ ledger }) => ledger.kind === kind)?.publishes ?? false
