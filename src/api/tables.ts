export interface ApiRequestTable {
  body_id: string
  system_id: string
  key: string
  request_hash: Buffer
  response_sealed: Buffer | null
  at: Date
}

declare module '../platform/db.ts' {
  interface Tables {
    api_request: ApiRequestTable
  }
}
