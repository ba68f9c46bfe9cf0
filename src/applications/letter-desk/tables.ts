export interface LetterWordingTable {
  body_id: string
  letter: string
  part: string
  /** 空值为默认，空串为不写 */
  text: string | null
  version: number
  changed_by: string
  changed_at: Date
}

declare module '../../platform/db.ts' {
  interface Tables {
    letter_wording: LetterWordingTable
  }
}
