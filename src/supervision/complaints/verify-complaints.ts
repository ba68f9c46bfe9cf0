import type { Verifier } from '../../platform/verify.ts'
import { verifyRows } from '../../platform/verify-rows.ts'
import { complaintStore, toComplaintRow } from './complaint-store.ts'

/** 重放各件的时间线，与列表行比对；期限随后来载入的节假日安排而变，不在此比。 */
export const complaintVerifiers: readonly Verifier[] = [{ name: '投诉与反映', verify: ({ db }) => verifyRows(db, complaintStore, toComplaintRow) }]
