export interface SearchDocumentTable {
  body_id: string
  doc_kind: string
  doc_id: string
  title: string
  text: string
  published_on: string
  /** tsvector 的写法 */
  tokens: string
}

declare module '../db.ts' {
  interface Tables {
    search_document: SearchDocumentTable
  }
}
