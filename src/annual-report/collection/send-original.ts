import type { Context } from 'hono'

/** 原样送出机关上传的文件：只作附件下载，不在本站打开。 */
export function sendOriginal(c: Context, bytes: Uint8Array, name: string): Response {
  c.header('Content-Type', 'application/octet-stream')
  c.header('Content-Disposition', `attachment; filename*=UTF-8''${encodeName(name)}`)
  return c.body(Uint8Array.from(bytes).buffer)
}

const encodeName = (name: string): string => encodeURIComponent(name.toWellFormed()).replaceAll(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
