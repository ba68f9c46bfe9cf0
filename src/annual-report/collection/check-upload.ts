import { getBody, listNames } from '../../bodies/index.ts'
import type { Tx } from '../../platform/db.ts'
import type { Finding } from '../../statute/finding.ts'
import type { Cells } from '../../statute/report-form.ts'
import { checkReport } from '../checker/check-report.ts'
import { findPrevious } from '../own-check/previous.ts'
import type { ReadReport } from '../reading/read-report.ts'
import { withTyped } from './upload.ts'

/** 上传的一份，与核对时填写的数。 */
export interface ToCheck {
  bodyId: string
  year: number
  read: ReadReport
  typed: Cells
}

/**
 * 校核上传的一份：核查所的全部规则，与上年受理的报送衔接，机关名称是否相符。
 * 报送人已逐格对照原件，「可能由转文本造成」的表格读法不再算错误，只留作信息。
 */
export async function checkUpload(tx: Tx, { bodyId, year, read, typed }: ToCheck): Promise<Finding[]> {
  const [body, names, previous] = [await getBody(tx, bodyId), await listNames(tx, bodyId), await findPrevious(tx, bodyId, year - 1)]
  const known = names.map(({ name }) => name)
  const found = checkReport(withTyped(read, typed), previous?.read ?? null, { bodyLevel: 'district', powers: body.powers, formerNames: known })
  return [...nameFinding(read, known), ...found.map(settleReading)].toSorted((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity))
}

const ORDER = ['error', 'warning', 'info'] as const

const settleReading = (finding: Finding): Finding => (finding.maybeExtraction === true && finding.rule.startsWith('AR-T') ? { ...finding, severity: 'info' } : finding)

function nameFinding({ body }: ReadReport, known: readonly string[]): Finding[] {
  if (body !== null && known.some((name) => name === body || name.endsWith(body))) return []
  return [
    {
      rule: 'MC-F01',
      severity: 'warning',
      cell: null,
      line: null,
      message: body === null ? '文件上认不出机关名称' : `文件上的机关名称是「${body}」，与本机关的现名、曾用名都不同`,
      expected: known[0] ?? '',
      mend: '换成本机关的报告；名称变更没有登记的，先请区政务公开办补记',
    },
  ]
}
