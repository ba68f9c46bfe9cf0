import type { CleanUpResult } from './normative-document.ts'

/** 行键：文号，不计全角半角与空白。 */
export const documentKey = (docNo: string): string => docNo.normalize('NFKC').replace(/\s/g, '')

/** 行里怎样记一次清理的结论。 */
export const findingKey = (cleanUpId: string, result: CleanUpResult): string => `${cleanUpId}/${result}`
