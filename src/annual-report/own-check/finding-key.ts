import { createHash } from 'node:crypto'
import type { Finding } from '../../statute/finding.ts'

/** 一条发现的键：同一处、同一句话为同一条；说明绑定于它，内容一变即须重新说明。 */
export const findingKey = ({ rule, cell, message }: Finding): string =>
  createHash('sm3').update(`${rule}\n${cell ?? ''}\n${message}`).digest('hex').slice(0, 16)

export const warningKeys = (findings: readonly Finding[]): string[] =>
  findings.filter((one) => one.severity === 'warning').map(findingKey)
