import { PostButton } from '../../platform/html/index.ts'
import { correctionIn } from '../find-raisable.ts'
import type { OpenedCase } from '../open-case.ts'

/** 被纠正的，可以一键列为问题，写进年度报告、定改进措施；问题的登记在监督保障，本模块在其下，故只交表单：是哪一件。 */
export const RaiseFromCase = ({ opened, caseId }: { opened: OpenedCase; caseId: string }) =>
  correctionIn(opened) === null ? null : <PostButton action="/desk/problems/raise" fields={{ source: 'review', ref: caseId }} label="列为问题" kind="second" />
