import { repliesInTime } from '../../applications/index.ts'
import { dutiesCurrent, dutiesFilled, guideKept, itemsInTime, itemsWithoutFault } from '../../catalogue/index.ts'
import type { RecordSource } from '../../platform/record-source.ts'
import { outcomesKept } from '../../reviews/index.ts'
import { complaintsFounded, complaintsInTime } from '../complaints/assessed.ts'
import { problemsSolved } from '../problems/assessed.ts'
import { trainingHeld } from '../training/assessed.ts'
import type { Sources } from './source.ts'

/** 接好各取数；年度报告的两种由上层给出。 */
export const toSources = ({ reportsInTime, reportsRight }: { reportsInTime: RecordSource; reportsRight: RecordSource }): Sources => ({
  'items-in-time': itemsInTime,
  'replies-in-time': repliesInTime,
  'reports-in-time': reportsInTime,
  'duties-filled': dutiesFilled,
  'duties-current': dutiesCurrent,
  'guide-kept': guideKept,
  'items-without-fault': itemsWithoutFault,
  'reports-right': reportsRight,
  'outcomes-kept': outcomesKept,
  'complaints-founded': complaintsFounded,
  'complaints-in-time': complaintsInTime,
  'training-hours': trainingHeld,
  'problems-solved': problemsSolved,
})
