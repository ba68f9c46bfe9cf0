import type { Context } from 'hono'
import { fileNameOf, FORMATS, type Format } from './report-files.ts'

/** 作为附件送出；文件名用 RFC 5987 的写法，中文不乱。 */
export function sendFile(c: Context, bytes: Uint8Array, title: string, format: Format): Response {
  c.header('Content-Type', FORMATS[format].type)
  c.header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(fileNameOf(title, format))}`)
  return c.body(Uint8Array.from(bytes).buffer)
}
