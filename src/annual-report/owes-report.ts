import type { Body } from '../bodies/index.ts'
import { yearOf } from '../statute/plain-date.ts'

/** 这个机构应否有某年度的报告（条例第四十九条）：当年已经成立、到年末没有撤并；一级政府的由主管部门另编，不在此列。 */
export const owesReport = ({ kind, establishedOn, abolishedOn }: Body, year: number): boolean =>
  kind !== 'government' &&
  (establishedOn === null || yearOf(establishedOn) <= year) &&
  (abolishedOn === null || yearOf(abolishedOn) > year)
