import type { Generated } from 'kysely'

export interface SearchDocumentTable {
  body_id: string
  doc_kind: string
  doc_id: string
  title: string
  text: string
  published_on: string
  invalid_from: string | null
  facets: Generated<string[]>
  /** tsvector 的写法 */
  tokens: string
  title_tokens: Generated<string>
}

/** 标题里的一个词，与它怎么读、怎么写错。 */
export interface SearchWordTable {
  word: string
  spelling: string
  initials: string
  sound: string
  near: string[]
}

export interface SearchSynonymTable {
  synonym_id: string
  words: string[]
  changed_at: Date
}

declare module '../db.ts' {
  interface Tables {
    search_document: SearchDocumentTable
    search_word: SearchWordTable
    search_synonym: SearchSynonymTable
  }
}
