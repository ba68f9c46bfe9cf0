import './tables.ts'
import { getCalendar } from '../bodies/index.ts'
import type { Verifier } from '../platform/verify.ts'
import { verifyRows } from '../platform/verify-rows.ts'
import { verifyAnswers, verifyEvidence } from './verify-letters.ts'
import { verifyDuties } from './performance/verify-duties.ts'
import { litigationStore, toLitigationRow } from './litigation-store.ts'
import { reviewStore, toReviewRow } from './review-store.ts'

// 期限随后来载入的节假日通知而变，不在此比
export const reviewVerifiers: readonly Verifier[] = [
  {
    name: '行政复议案件',
    verify: async function* ({ db }) {
      const calendar = await getCalendar(db)
      yield* verifyRows(db, reviewStore, (review) => {
        const { answer_due_on: _, due_on: __, ...rest } = toReviewRow(review, calendar)
        return rest
      })
    },
  },
  {
    name: '行政诉讼案件',
    verify: async function* ({ db }) {
      const calendar = await getCalendar(db)
      yield* verifyRows(db, litigationStore, (suit) => {
        const { answer_due_on: _, due_on: __, ...rest } = toLitigationRow(suit, calendar)
        return rest
      })
    },
  },
  { name: '复议答复书、诉讼答辩状', verify: verifyAnswers },
  { name: '复议诉讼的证据', verify: verifyEvidence },
  { name: '决定、裁判的履行', verify: verifyDuties },
]
