import type { Topic } from '../item-details.ts'

export interface MailSubscriptionTable {
  subscription_id: string
  mail_sealed: Buffer
  mail_mark: Buffer
  /** 不限机关的为 null */
  body_id: string | null
  topic: Topic | null
  words: string
  state: 'waiting' | 'active'
  created_at: Date
  confirmed_at: Date | null
  told_to: Date
}

declare module '../../platform/db.ts' {
  interface Tables {
    mail_subscription: MailSubscriptionTable
  }
}
