import type { Context } from 'hono'
import { fileNameOf, FORMATS, type Format } from './report-files.ts'

/** 作为附件送出；文件名用 RFC 5987 的写法，中文不乱。 */
export function sendFile(c: Context, bytes: Uint8Array, title: string, format: Format): Response {
  c.header('Content-Type', FORMATS[format].type)
  c.header('Content-Disposition', `attachment; filename*=UTF-8''${encodeName(fileNameOf(title, format))}`)
  return c.body(Uint8Array.from(bytes).buffer)
}

// encodeURIComponent 留下的这几个，在此处另有用意，也须编码；残缺的字符先补全，免得抛错
const encodeName = (name: string): string =>
  encodeURIComponent(name.toWellFormed()).replaceAll(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
