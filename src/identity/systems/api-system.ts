import type { Permit } from '../permissions.ts'

/** 外接系统可以得到的权限；所能办的不出这些许可，也不出所属的机关。 */
export const SCOPES = {
  'applications:submit': { label: '登记申请、附材料', permits: ['application.handle'] },
  'applications:read': { label: '查询申请办到哪里', permits: ['application.read'] },
  'applications:act': { label: '确认收到、交补正、撤回', permits: ['application.handle'] },
  'letters:read': { label: '取已发出的文书', permits: ['application.read', 'personal-data.read'] },
  'personal-data:read': { label: '查看申请人的个人信息', permits: ['personal-data.read'] },
} as const satisfies Record<string, { label: string; permits: readonly Permit[] }>

export type Scope = keyof typeof SCOPES
export const isScope = (text: string): text is Scope => Object.hasOwn(SCOPES, text)
export const SCOPE_NAMES = Object.keys(SCOPES).filter(isScope)

/** 这些权限合起来有没有某项许可。 */
export const scopesPermit = (scopes: readonly Scope[], permit: Permit): boolean =>
  scopes.some((scope) => {
    const permits: readonly Permit[] = SCOPES[scope].permits
    return permits.includes(permit)
  })

/** 一个外接系统；停用了的有 revokedAt。 */
export interface ApiSystem {
  bodyId: string
  systemId: string
  name: string
  scopes: readonly Scope[]
  createdAt: Date
  grantedAt: Date | null
  revokedAt: Date | null
}

export interface ApiToken {
  tokenId: string
  createdAt: Date
  expiresAt: Date
  revokedAt: Date | null
  lastUsedAt: Date | null
}

/** 令牌的年限与换发时新旧并用的日数。 */
export const TOKEN_RULES = { validDays: 365, overlapDays: 7, mostLive: 3 } as const

const DAY_MS = 24 * 3600 * 1000
export const daysAfter = (at: Date, days: number): Date => new Date(at.getTime() + days * DAY_MS)

export const isLive = (token: Pick<ApiToken, 'expiresAt' | 'revokedAt'>, at: Date): boolean => token.revokedAt === null && token.expiresAt > at
