import type { Role } from '../actor.ts'

export interface Account {
  accountId: string
  /** 登录名 */
  name: string
  /** 姓名 */
  displayName: string
  homeBodyId: string
  status: 'active' | 'disabled'
  /** 下次登录须先换口令 */
  mustChange: boolean
  isDemo: boolean
  hasSecondFactor: boolean
  lastSignInAt: Date | null
  createdAt: Date
}

/** 通知怎样发邮件。 */
export const MAIL_MODES = { immediate: '随即发', daily: '每日一封', none: '不发邮件' } as const
export type MailMode = keyof typeof MAIL_MODES
export const isMailMode = (text: string): text is MailMode => Object.hasOwn(MAIL_MODES, text)

/** 某人的工作邮箱与怎样收邮件。 */
export interface MailChoice {
  mail: string | null
  mode: MailMode
}

/** 在一个机构所任的各岗位。 */
export interface Posting {
  bodyId: string
  roles: Role[]
}

/** 登录名：小写字母起首，字母、数字、`.`、`_`、`-`，3–32 位。 */
export const ACCOUNT_NAME = /^[a-z][a-z0-9._-]{2,31}$/

/** 登录时写的名字：不分大小写、全半角。 */
export const toAccountName = (typed: string): string => typed.normalize('NFKC').trim().toLowerCase().slice(0, 64)
