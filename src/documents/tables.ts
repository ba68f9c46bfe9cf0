import type { LetterWord } from './document-number.ts'

export interface DocumentNumberTable {
  body_id: string
  word: LetterWord
  year: number
  last: number
}

declare module '../platform/db.ts' {
  interface Tables {
    document_number: DocumentNumberTable
  }
}
