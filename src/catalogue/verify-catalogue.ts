import './tables.ts'
import { getCalendar } from '../bodies/index.ts'
import type { Verifier } from '../platform/verify.ts'
import { verifyRows } from '../platform/verify-rows.ts'
import { verifyColumn } from './column/verify-column.ts'
import { verifyRegister } from './exemptions/exemption-register.ts'
import { documentStore, toDocumentRow } from './normative/normative-store.ts'
import { verifyReviews } from './review/verify-review.ts'
import { verifyPublished } from './verify-published.ts'
import { verifyTargets } from './hand-over/export/export-targets.ts'
import { itemStore, toItemRow } from './store.ts'
import { countStore, toCountRow } from './yearly/yearly-store.ts'

export const catalogueVerifiers: readonly Verifier[] = [
  {
    name: '主动公开信息',
    verify: async function* ({ db }) {
      const calendar = await getCalendar(db)
      yield* verifyRows(db, itemStore, (item) => {
        // 节假日通知在后来载入的，行里的期限另由重算任务更新，不在此比
        const { due_on: _, ...rest } = toItemRow(item, calendar)
        return rest
      })
    },
  },
  { name: '导出到别的目录的静态网站', verify: verifyTargets },
  { name: '公开之前的审查', verify: ({ db }) => verifyReviews(db) },
  { name: '门户所见的信息', verify: ({ db }) => verifyPublished(db) },
  { name: '不予公开的登记', verify: ({ db }) => verifyRegister(db) },
  { name: '规范性文件', verify: ({ db }) => verifyRows(db, documentStore, toDocumentRow) },
  { name: '年度数据', verify: ({ db }) => verifyRows(db, countStore, toCountRow) },
  { name: '专栏', verify: ({ db }) => verifyColumn(db) },
]
