import {
  getMultipartBoundary,
  MaxFileSizeExceededError,
  MaxPartsExceededError,
  MaxTotalSizeExceededError,
  MultipartParseError,
  MultipartParser,
} from '@remix-run/multipart-parser'
import type { MultipartPart } from '@remix-run/multipart-parser'
import type { Context } from 'hono'
import { bodyBudget } from './body-budget.ts'
import { Malformed, TooLarge } from './refused.ts'

export interface FormLimits {
  /** 整个请求体的上限，字节 */
  maxBytes: number
  /** 至多几个文件；缺省 0，即不收文件 */
  maxFiles?: number
  /** 至多几个字段（同名各算一个）；缺省 200 */
  maxFields?: number
  /** 一个字段的上限，字节；缺省 200,000 */
  maxFieldBytes?: number
}

export interface UploadedFile {
  field: string
  /** 对方给的文件名，去掉路径与控制字符，至多 200 字；只供显示，不作路径 */
  name: string
  bytes: Uint8Array
}

export interface ParsedForm {
  fields: Readonly<Record<string, readonly string[]>>
  /** 空的文件栏不算 */
  files: readonly UploadedFile[]
  /** 一栏的第一个值，去首尾空白；没填为空串 */
  text: (name: string) => string
  /** 每栏的第一个值，供 zod 解析 */
  first: () => Record<string, string>
}

const MAX_FIELD_BYTES = 200_000
/** 一份表单至多传多久；传得再慢也不得一直占着 */
const MAX_RECEIVE_MS = 180_000

/**
 * 读表单（urlencoded 或 multipart），边收边数，过限即止，不先收完。
 * 文字里看不见的控制字符（数据库与各种文书都存不了）一概去掉，只留换行与制表。
 * @throws TooLarge 超过 maxBytes；Malformed 格式不对、中断、太慢、文件或字段太多；Busy 同时传大文件的太多
 */
export async function parseForm(c: Context, limits: FormLimits): Promise<ParsedForm> {
  const type = c.req.header('content-type') ?? ''
  if (Number(c.req.header('content-length') ?? 0) > limits.maxBytes) throw new TooLarge(limits.maxBytes)
  if (type.startsWith('application/x-www-form-urlencoded')) return parseUrlencoded(c, limits)
  if (type.startsWith('multipart/form-data')) return parseMultipart(c, type, limits)
  throw new Malformed('表单的格式不对')
}

async function parseUrlencoded(c: Context, { maxBytes, maxFields = 200 }: FormLimits): Promise<ParsedForm> {
  const chunks: Uint8Array[] = []
  let fields = 1
  for await (const chunk of bounded(c, maxBytes)) {
    // 先数后拆：拆一百万个空字段要好几秒，其间别的请求都得等
    for (const byte of chunk) if (byte === AMPERSAND) fields += 1
    if (fields > maxFields) throw new Malformed(`字段超过 ${maxFields} 个`)
    chunks.push(chunk)
  }
  const pairs = [...new URLSearchParams(Buffer.concat(chunks).toString('utf8'))]
  return toForm(pairs, [])
}

const AMPERSAND = 0x26

async function parseMultipart(c: Context, type: string, limits: FormLimits): Promise<ParsedForm> {
  const { maxBytes, maxFiles = 0, maxFields = 200, maxFieldBytes = MAX_FIELD_BYTES } = limits
  const boundary = getMultipartBoundary(type)
  if (boundary === null) throw new Malformed('表单的格式不对')
  const pairs: [string, string][] = []
  const files: UploadedFile[] = []
  const keep = (part: MultipartPart) => {
    const field = part.name ?? ''
    if (!part.isFile) pairs.push([field, fieldText(part, maxFieldBytes)])
    else if (part.size > 0 || (part.filename ?? '') !== '')
      files.push({ field, name: fileName(part.filename ?? ''), bytes: part.bytes })
    if (files.length > maxFiles) throw new Malformed(maxFiles === 0 ? '此处不收文件' : `文件超过 ${maxFiles} 个`)
    if (pairs.length > maxFields) throw new Malformed(`字段超过 ${maxFields} 个`)
  }
  try {
    const parser = new MultipartParser(boundary, {
      maxFileSize: maxBytes,
      maxTotalSize: maxBytes,
      maxParts: maxFiles + maxFields + 20, // 没选文件的文件栏也占一份
    })
    for await (const chunk of bounded(c, maxBytes)) for (const part of parser.write(chunk)) keep(part)
    parser.finish()
  } catch (error) {
    if (error instanceof MaxFileSizeExceededError || error instanceof MaxTotalSizeExceededError)
      throw new TooLarge(maxBytes)
    if (error instanceof MaxPartsExceededError) throw new Malformed('表单的栏目太多')
    if (error instanceof MultipartParseError) throw new Malformed('上传中断或格式不对')
    throw error
  }
  return toForm(pairs, files)
}

async function* bounded(c: Context, maxBytes: number): AsyncGenerator<Uint8Array> {
  const { body } = c.req.raw
  if (body === null) return
  const budget = bodyBudget(c, maxBytes)
  const reader: ReadableStreamDefaultReader<Uint8Array> = body.getReader()
  let late = false
  const timer = setTimeout(() => {
    late = true
    void reader.cancel().catch(() => {})
  }, MAX_RECEIVE_MS)
  let seen = 0
  try {
    for (;;) {
      // 对方断开时抛错，不是我们的缺陷
      const { done, value } = await reader.read().catch(() => Promise.reject(new Malformed('上传中断')))
      if (late) throw new Malformed(`上传超过 ${MAX_RECEIVE_MS / 60_000} 分钟没有传完`)
      if (done) return
      seen += value.byteLength
      if (seen > maxBytes) throw new TooLarge(maxBytes)
      budget.add(value.byteLength)
      yield value
    }
  } finally {
    clearTimeout(timer)
    reader.releaseLock()
  }
}

function fieldText(part: MultipartPart, most: number): string {
  if (part.size > most) throw new TooLarge(most)
  return part.text
}

const fileName = (given: string): string =>
  (given.split(/[\\/]/).at(-1) ?? '').replaceAll(/[\p{Cc}\p{Cf}]/gu, '').slice(0, 200).toWellFormed()

const printable = (text: string): string => text.replaceAll(/(?![\t\n\r])\p{Cc}|[\ufffe\uffff]/gu, '')

function toForm(pairs: readonly (readonly [string, string])[], files: readonly UploadedFile[]): ParsedForm {
  const fields: Record<string, string[]> = Object.create(null)
  for (const [name, value] of pairs) (fields[printable(name)] ??= []).push(printable(value))
  return {
    fields,
    files,
    text: (name) => (fields[name]?.[0] ?? '').trim(),
    first: () => Object.fromEntries(Object.entries(fields).map(([name, values]) => [name, values[0] ?? ''])),
  }
}
