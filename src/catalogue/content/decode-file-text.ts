import { decodeText as decodeSheet } from '../../platform/ledger/decode-text.ts'
import { UnreadableSheet } from '../../platform/ledger/sheet.ts'
import { RefusedFile } from './file-text.ts'

/** 文本的字节 → 文字：UTF-8、GB18030、UTF-16；认不出的抛 RefusedFile。 */
export function decodeText(bytes: Buffer): string {
  try {
    return decodeSheet(bytes).text.replace(/^\ufeff/, '').replaceAll('\r\n', '\n')
  } catch (error) {
    if (error instanceof UnreadableSheet) throw new RefusedFile('文字编码认不出，请另存为 UTF-8 再上传')
    throw error
  }
}
