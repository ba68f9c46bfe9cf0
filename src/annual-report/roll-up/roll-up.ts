import type { BodyKind } from '../../bodies/index.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { editionOf, type CellCode, type Cells, type Edition } from '../../statute/report-form.ts'
import { convertCells } from './convert-form.ts'
import { sumCells, type UnknownCell } from './sum-cells.ts'

/** 机关的几类，分别小计；一级政府自己名下的记录也单列。 */
export const GROUPS = {
  department: { label: '部门', kinds: ['organ', 'district-office'] },
  street: { label: '街道', kinds: ['street'] },
  organization: { label: '授权组织', kinds: ['authorized-org'] },
  government: { label: '区政府本级', kinds: ['government'] },
} as const satisfies Record<string, { label: string; kinds: readonly BodyKind[] }>

export type GroupKey = keyof typeof GROUPS
export const GROUP_KEYS = Object.keys(GROUPS) as GroupKey[]

export const groupOf = (kind: BodyKind): GroupKey => GROUP_KEYS.find((key) => (GROUPS[key].kinds as readonly BodyKind[]).includes(kind)) ?? 'department'

/** 被加的一家的一份。 */
export interface Accepted {
  bodyId: string
  bodyCode: string
  bodyName: string
  kind: BodyKind
  form: Edition
  cells: Cells
  /** 第几次报送；区政府本级直接取自台账的为 0 */
  round: number
  source: 'system' | 'upload' | 'records'
  acceptedOn: PlainDate | null
  late: boolean
}

/** 该报而没有受理的一家，办到哪里；有人说明过的附说明。 */
export interface Absent {
  bodyId: string
  bodyCode: string
  bodyName: string
  kind: BodyKind
  status: 'none' | 'filed' | 'returned'
  late: boolean
  explanation: Explanation | null
}

/** 有名有姓的人写下的缘由。 */
export interface Explanation {
  person: string
  reason: string
  on: PlainDate
}

/** 另定不用报的一家，与缘由。 */
export interface Exempt {
  bodyId: string
  bodyCode: string
  bodyName: string
  reason: string
}

/** 年内并入别家、撤销了的：它的记录在谁的报告里，或者没有后继。 */
export interface Merged {
  bodyName: string
  words: string
}

export interface RollUpInput {
  year: number
  accepted: readonly Accepted[]
  absent: readonly Absent[]
  exempt: readonly Exempt[]
  merged: readonly Merged[]
}

/** 加进去的一家，各格已换到这一年的格式。 */
export interface RollUpPart extends Accepted {
  group: GroupKey
  /** 由另一版格式换来而换不出、放不下的格 */
  missing: readonly CellCode[]
  lost: readonly CellCode[]
}

export interface RollUpGroup {
  key: GroupKey
  label: string
  parts: number
  cells: Cells
}

export interface RollUp extends Omit<RollUpInput, 'accepted'> {
  form: Edition
  parts: readonly RollUpPart[]
  groups: readonly RollUpGroup[]
  cells: Cells
  unknown: readonly UnknownCell[]
  /** 应报的机关几家，其中已受理几家；区政府本级不在其内 */
  due: number
  accepted: number
  /** 还没有人说明的缺报；为空才可公布 */
  unexplained: readonly Absent[]
}

/** 全区的数＝受理的各家之和，逐格相加；缺的、免的、并入别家的都列出，不声不响少一家的事没有。 */
export function rollUp(input: RollUpInput): RollUp {
  const form = editionOf(input.year)
  const parts = input.accepted.map((one): RollUpPart => {
    const { cells, missing, lost } = convertCells(one.cells, one.form, form)
    return { ...one, cells, missing, lost, group: groupOf(one.kind) }
  })
  const { cells, unknown } = sumOf(form, parts)
  const filed = parts.filter(({ group }) => group !== 'government').length
  return {
    year: input.year,
    form,
    parts,
    groups: GROUP_KEYS.flatMap((key) => {
      const own = parts.filter(({ group }) => group === key)
      return own.length === 0 ? [] : [{ key, label: GROUPS[key].label, parts: own.length, cells: sumOf(form, own).cells }]
    }),
    cells,
    unknown,
    absent: input.absent,
    exempt: input.exempt,
    merged: input.merged,
    due: filed + input.absent.length,
    accepted: filed,
    unexplained: input.absent.filter(({ explanation }) => explanation === null),
  }
}

const sumOf = (form: Edition, parts: readonly RollUpPart[]) => sumCells(form, parts.map(({ bodyName, cells }) => ({ name: bodyName, cells })))
