import type { ActionField } from '../../applications/index.ts'
import { PARTY_KINDS, PARTY_ROLES } from './party-store.ts'

/** 添一个当事人的各栏。 */
export const PARTY_FIELDS: readonly ActionField[] = [
  { name: 'role', label: '身份', kind: 'choice', required: true, options: PARTY_ROLES, value: 'claimant' },
  { name: 'kind', label: '种类', kind: 'choice', required: true, options: PARTY_KINDS, value: 'person' },
  { name: 'name', label: '姓名、名称', kind: 'text', required: true, maxLength: 100, hint: '加密存放，不写进经过、通知与导出' },
  { name: 'idNo', label: '证件号、统一社会信用代码', kind: 'text', maxLength: 60 },
  { name: 'contact', label: '联系方式', kind: 'text', maxLength: 100 },
]
