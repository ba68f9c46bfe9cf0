import type { FilingRefusal } from './filing.ts'
import type { UploadRefusal } from './upload-report.ts'

/** 拒绝的话：说清为什么、该怎么办。 */
export const FILING_REFUSED: Record<FilingRefusal | UploadRefusal | 'not-confirmed' | 'reason-required', string> = {
  'filing-locked': '这一年度已经锁定，须先解锁',
  'filing-unchanged': '与上一次报送的内容相同；确实不必改的，在「答复」里写明缘由',
  'filing-errors': '还有错误，改正之后再报；一时改不了的，请区政务公开办准许带错报送',
  'filing-warnings': '有的提醒还没有说明',
  'not-filed': '还没有报来，或者已经退回',
  'not-accepted': '还没有受理',
  'not-locked': '没有锁定',
  'already-accepted': '已经受理了',
  'already-filed-once': '已经报来过，不必再定免报、加报',
  'reviewer-is-filer': '这一份是您报来的，须由别人审核',
  'words-required': '请写明理由，不少于五个字',
  'remark-required': '标出之处都要写明意见',
  'round-changed': '机关刚才又报来一次，请看过最新的一次再定',
  'already-allowed': '已经准许过了，机关还没有用上',
  'already-excepted': '已经另定过，先撤销再定',
  'not-excepted': '没有另定过',
  'owes-by-law': '依条例第四十九条本来就应报，不必加报',
  'owes-nothing': '依法不必报，不必另定免报',
  'nothing-to-remind': '已经报来，不必催',
  'wrong-year': '文件不是这一年度的报告，请换一个',
  'signed-here': '这一年度的报告已经在系统里签发，请直接报送，不必上传',
  'too-many': '已经上传了几份没有报送的，请先弃去不用的',
  'not-confirmed': '还没有逐格核对',
  'reason-required': '请写明理由，不少于五个字',
}
