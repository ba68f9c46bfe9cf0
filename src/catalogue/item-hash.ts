import { createHash } from 'node:crypto'
import { canonicalJson } from '../platform/canonical-json.ts'
import type { ItemContent } from './item.ts'

/** 内容摘要（SM3，十六进制）：公开审查与公开以它对准同一内容。 */
export const hashContent = (content: ItemContent): string =>
  createHash('sm3').update(canonicalJson(content)).digest('hex')
