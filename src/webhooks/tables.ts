import type { ColumnType } from 'kysely'

export interface WebhookTable {
  body_id: string
  webhook_id: string
  system_id: string
  url: string
  events: string[]
  secret_sealed: Buffer
  status: 'active' | 'paused' | 'disabled'
  failures: number
  retry_at: Date | null
  created_by: string
  created_at: Date
}

export interface DeliveryTable {
  body_id: string
  delivery_id: string
  webhook_id: string
  event_id: string
  event: string
  payload: ColumnType<Record<string, unknown>, string, never>
  status: 'waiting' | 'delivered' | 'failed'
  attempts: number
  next_at: Date
  give_up_at: Date
  last_answer: string | null
  created_at: Date
  settled_at: Date | null
}

declare module '../platform/db.ts' {
  interface Tables {
    api_webhook: WebhookTable
    api_delivery: DeliveryTable
  }
}
