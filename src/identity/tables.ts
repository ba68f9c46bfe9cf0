import type { ColumnType } from 'kysely'
import type { PlainDate } from '../statute/plain-date.ts'
import type { MailMode } from './accounts/account.ts'
import type { Role } from './actor.ts'

export interface AccountTable {
  account_id: string
  name: string
  display_name: string
  home_body_id: string
  password_hash: string
  password_set_at: Date
  must_change: boolean
  status: 'active' | 'disabled'
  is_demo: boolean
  totp_secret: Buffer | null
  totp_enabled_at: Date | null
  totp_last_step: number | null
  last_sign_in_at: Date | null
  created_by: string
  created_at: Date
  /** 没有写的为 null、immediate */
  mail: ColumnType<string | null, string | null | undefined>
  mail_mode: ColumnType<MailMode, MailMode | undefined>
}

export interface AccountPasswordTable {
  account_id: string
  set_at: Date
  hash: string
}

export interface AccountRoleTable {
  body_id: string
  account_id: string
  role: Role
  granted_by: string
  granted_at: Date
}

export interface SessionTable {
  session_id: string
  token_hash: Buffer
  account_id: string
  acting_body_id: string
  second_factor: 'none' | 'pending' | 'passed'
  created_at: Date
  last_seen_at: Date
  address: string
  agent: string
}

export interface SignInThrottleTable {
  kind: 'account' | 'address'
  key: string
  failures: number
  last_at: Date
  blocked_until: Date | null
}

export interface ApiSystemTable {
  body_id: string
  system_id: string
  name: string
  scopes: string[]
  created_by: string
  created_at: Date
  granted_by: string | null
  granted_at: Date | null
  revoked_by: string | null
  revoked_at: Date | null
}

export interface ApiTokenTable {
  body_id: string
  token_id: string
  system_id: string
  token_hash: Buffer
  created_by: string
  created_at: Date
  expires_at: Date
  revoked_at: Date | null
  last_used_at: Date | null
}

export interface DelegationTable {
  body_id: string
  delegation_id: string
  from_account: string
  to_account: string
  roles: Role[]
  starts_on: PlainDate
  ends_on: PlainDate
  reason: string
  created_at: Date
  ended_by: string | null
  ended_at: Date | null
}

declare module '../platform/db.ts' {
  interface Tables {
    account: AccountTable
    account_password: AccountPasswordTable
    account_role: AccountRoleTable
    delegation: DelegationTable
    session: SessionTable
    sign_in_throttle: SignInThrottleTable
    api_system: ApiSystemTable
    api_token: ApiTokenTable
  }
}
