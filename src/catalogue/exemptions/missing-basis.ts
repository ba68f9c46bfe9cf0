import type { ExemptionCode } from '../exemptions.ts'

/**
 * 不予公开的依据还缺什么，一句话；不缺的为 null。
 * 第十四条：国家秘密须写明密级与定密依据；法律、行政法规禁止的须写明哪一部（规章、规范性文件不算）。
 * 第十六条：可以不公开的须写明是哪一类。只依申请公开的不须写。
 */
export function missingBasis(attribute: 'on-request' | 'exempt', code: ExemptionCode | null, reason: string | null): string | null {
  const words = reason ?? ''
  if (code === null) return attribute === 'exempt' ? '没有写依据' : null
  if (words.trim() === '') return '没有写理由'
  if (code === 'A14_SECRET' && !/绝密|机密|秘密级|(?<!国家)秘密/.test(words)) return '没有写密级与定密的依据'
  if (code === 'A14_LAW' && !/《[^》]*(?:(?<!办)法|条例)(?:[（(][^》]*)?》/.test(words)) return '没有写明是哪一部法律、行政法规'
  if (code === 'A16_INTERNAL' && !/人事|后勤|工作流程/.test(words)) return '没有写明是人事管理、后勤管理还是内部工作流程'
  if (code === 'A16_PROCESS' && !/讨论记录|过程稿|磋商|请示|报告/.test(words)) return '没有写明是讨论记录、过程稿、磋商信函还是请示报告'
  return null
}
