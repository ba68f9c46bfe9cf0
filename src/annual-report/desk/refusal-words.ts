import type { Refusal } from '../report.ts'

/** 拒绝的话：说清为什么、该怎么办。 */
export const REFUSED: Record<Refusal, string> = {
  'already-released': '报告已报送或公布，不能再改；确有错误的，另起更正版',
  'year-not-over': '统计期未满，或冻结的不是全年的数，请期满后重新冻结再提交',
  'not-frozen': '还没有冻结数字',
  'not-drafted': '还没有写正文',
  'errors-left': '还有错误没有改正',
  'warnings-left': '还有提醒没有人说明',
  'nothing-to-waive': '这条提醒已经不在了，可能已改正或内容有变',
  'reason-required': '请写明理由，不少于五个字',
  'already-checked': '这份内容已经校核通过',
  'not-checked': '报告还没有通过校核，或已被改动',
  'content-changed': '内容在校核之后有改动，请重新校核',
  'reviewer-is-drafter': '起草人不能审查自己的报告',
  'not-reviewed': '还没有通过保密审查',
  'signer-is-drafter': '起草人不能签发自己的报告',
  'not-signed': '还没有签发',
  'already-filed': '已经报送过了',
  'already-published': '已经公布过了',
  'filing-locked': '区政务公开办已锁定这一年度，请先请其解锁，再报更正版',
  'filing-unchanged': '与上一次报送的内容相同；确实不必改的，在「答复」里写明缘由',
  'filing-errors': '自动校核还有错误（台账在签发之后改过的也算），改正后再报；一时改不了的，请区政务公开办准许带错报送',
  'filing-warnings': '自动校核有新的提醒，逐条说明后再报',
  'roll-up-incomplete': '汇总里缺的机关还有没人说明缘由的，到「全区汇总」写明，或者受理之后重新冻结',
  'roll-up-changed': '签发之后，各机关报告的受理情况有变，汇总的数已不是签发的数；请退回起草，重新冻结',
  'not-released': '还没有报送或公布，直接修改即可，不必更正',
}
