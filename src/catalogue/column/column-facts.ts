import { fieldOf, listOf } from './column-parts.ts'
import type { PartContent } from './column-parts.ts'

/** 指南所据的机构情况；变了的，须及时更新指南（条例第十二条）。 */
export interface ColumnFacts {
  name: string
  address: string
  phone: string
  head: string
}

const FACT_LABELS = { name: '机构名称', address: '办公地址', phone: '联系电话', head: '负责人' } as const satisfies Record<keyof ColumnFacts, string>

/** 现在的机构情况：名称取自机构资料，其余取自公布着的机构信息。 */
export function factsOf(name: string, institution: PartContent | null): ColumnFacts {
  if (institution === null) return { name, address: '', phone: '', head: '' }
  return { name, address: fieldOf(institution, 'address'), phone: fieldOf(institution, 'phone'), head: listOf(institution, 'leaders')[0]?.['name'] ?? '' }
}

export interface FactChange {
  label: string
  from: string
  to: string
}

/** 公布指南之后变了的；当时还不知道的不算变。 */
export function changedFacts(then: Partial<ColumnFacts>, now: ColumnFacts): FactChange[] {
  return (Object.keys(FACT_LABELS) as (keyof ColumnFacts)[])
    .map((key) => ({ label: FACT_LABELS[key], from: then[key] ?? '', to: now[key] }))
    .filter(({ from, to }) => from !== '' && from !== to)
}
