export interface SavedViewTable {
  body_id: string
  account_id: string
  view_id: string
  list: string
  name: string
  query: string
  is_default: boolean
  shared: boolean
  created_at: Date
}

declare module '../../platform/db.ts' {
  interface Tables {
    saved_view: SavedViewTable
  }
}
