import { createHash } from 'node:crypto'
import { canonicalJson } from '../../platform/canonical-json.ts'
import type { ReportModel } from './report-model.ts'

/** 内容的 SM3（十六进制）：数字与文字，不含成文日——签发之日写入不算改动内容。 */
export const contentHash = ({ datedOn: _, ...content }: ReportModel): string =>
  createHash('sm3').update(canonicalJson(content)).digest('hex')
