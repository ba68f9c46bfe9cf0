import type { PlainDate } from '../statute/plain-date.ts'

/** 机构的种类；授权组织依条例第五十四条适用条例。 */
export const BODY_KINDS = {
  organ: '区级行政机关',
  'authorized-org': '法律、法规授权的组织',
  street: '街道办事处',
  'district-office': '区政府信息公开工作主管部门',
  government: '区人民政府',
} as const

export type BodyKind = keyof typeof BODY_KINDS

/** 行政权力的有无；核查 K15 以此判断表二的格是否应当为 0。 */
export const POWERS = {
  license: '行政许可',
  penalty: '行政处罚',
  coercion: '行政强制',
  fee: '行政事业性收费',
} as const

export type Power = keyof typeof POWERS
export type Powers = Readonly<Record<Power, boolean>>

export const NO_POWERS: Powers = { license: false, penalty: false, coercion: false, fee: false }

export interface Body {
  bodyId: string
  /** 网址与命令里的代码，如 `csyxglzx`；全区唯一，定后不改 */
  code: string
  /** 现名 */
  name: string
  kind: BodyKind
  /** 统一社会信用代码 */
  uscc: string | null
  /** 组织机构代码 9 位，不带连字符；索引号前段 */
  orgCode9: string | null
  /** 机关代字，如「武城运」 */
  codeWord: string | null
  powers: Powers
  status: 'active' | 'abolished'
  establishedOn: PlainDate | null
  abolishedOn: PlainDate | null
  sort: number
  demo: boolean
}

/** 一个名称与使用期间；to 为最后使用之日。 */
export interface BodyName {
  name: string
  kind: 'official' | 'short'
  from: PlainDate | null
  to: PlainDate | null
  note: string | null
}

const USCC_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** 统一社会信用代码是否有效：18 位，末位为校验码（权 3^i mod 31）。 */
export function isUscc(text: string): boolean {
  const values = Array.from(text, (c) => USCC_ALPHABET.indexOf(c))
  if (values.length !== 18 || values.includes(-1)) return false
  let weight = 1
  let sum = 0
  for (const value of values.slice(0, 17)) {
    sum += value * weight
    weight = (weight * 3) % 31
  }
  return values[17] === (31 - (sum % 31)) % 31
}

/** 组织机构代码：统一社会信用代码第 9–17 位。 */
export const orgCodeOf = (uscc: string): string => uscc.slice(8, 17)

/** 某日使用的正式名称；早于最早记载的，取最早的一个。 */
export function nameOn(names: readonly BodyName[], on: PlainDate): string {
  const official = names
    .filter((n) => n.kind === 'official')
    .toSorted((a, b) => (a.from ?? '').localeCompare(b.from ?? ''))
  const found = official.findLast((n) => (n.from ?? '') <= on && (n.to === null || on <= n.to))
  const name = found ?? official[0]
  if (!name) throw new Error('机构没有正式名称')
  return name.name
}
