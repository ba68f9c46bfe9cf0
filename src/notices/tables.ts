export interface NoticeTable {
  body_id: string
  notice_id: string
  account_id: string
  key: string
  title: string
  note: string
  href: string
  at: Date
  read_at: Date | null
  mail: 'immediate' | 'daily' | 'done'
}

declare module '../platform/db.ts' {
  interface Tables {
    notice: NoticeTable
  }
}
