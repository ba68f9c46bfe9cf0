import type { Context } from 'hono'
import { MissingGlyphs, toDocx, toPdf, toXlsx } from '../../documents/index.ts'
import type { Document } from '../../documents/index.ts'
import { NotFound } from '../../platform/errors.ts'

const FORMATS = {
  pdf: { type: 'application/pdf', write: toPdf },
  docx: { type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', write: toDocx },
  xlsx: { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', write: toXlsx },
} as const

export const RESULT_FILES = ':file{results\\.(?:pdf|docx|xlsx)}'

const isFormat = (text: string): text is keyof typeof FORMATS => Object.hasOwn(FORMATS, text)

/** 按地址的扩展名给出一种版本；有字打不出的，照直说。 */
export async function sendDocument(c: Context, document: Document): Promise<Response> {
  const format = (c.req.param('file') ?? '').replace('results.', '')
  if (!isFormat(format)) throw new NotFound('这种格式')
  const { type, write } = FORMATS[format]
  try {
    const bytes = await write(document)
    return c.body(new Uint8Array(bytes), 200, { 'Content-Type': type, 'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(`${document.title}.${format}`)}` })
  } catch (error) {
    if (!(error instanceof MissingGlyphs)) throw error
    return c.text(`${error.message}。请改取另一种格式。`, 422)
  }
}
