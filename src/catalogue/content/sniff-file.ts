import { isUtf8 } from 'node:buffer'

/** 收下的附件：种类、给人看的名称、扩展名与媒体类型。 */
export const FILE_TYPES = {
  pdf: { label: 'PDF', extensions: ['pdf'], mediaType: 'application/pdf' },
  docx: { label: 'Word 文档', extensions: ['docx'], mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' },
  xlsx: { label: 'Excel 表格', extensions: ['xlsx'], mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
  pptx: { label: '演示文稿', extensions: ['pptx'], mediaType: 'application/vnd.openxmlformats-officedocument.presentationml.presentation' },
  ofd: { label: 'OFD 版式文件', extensions: ['ofd'], mediaType: 'application/ofd' },
  zip: { label: '压缩包', extensions: ['zip'], mediaType: 'application/zip' },
  html: { label: '网页', extensions: ['html', 'htm'], mediaType: 'text/html' },
  csv: { label: 'CSV 表格', extensions: ['csv'], mediaType: 'text/csv' },
  txt: { label: '文本', extensions: ['txt'], mediaType: 'text/plain' },
  jpeg: { label: '图片', extensions: ['jpg', 'jpeg'], mediaType: 'image/jpeg' },
  png: { label: '图片', extensions: ['png'], mediaType: 'image/png' },
  gif: { label: '图片', extensions: ['gif'], mediaType: 'image/gif' },
  webp: { label: '图片', extensions: ['webp'], mediaType: 'image/webp' },
} as const satisfies Record<string, { label: string; extensions: readonly [string, ...string[]]; mediaType: string }>
export type FileType = keyof typeof FILE_TYPES

const HEADS: readonly (readonly [FileType, readonly number[]])[] = [
  ['png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['jpeg', [0xff, 0xd8, 0xff]],
  ['gif', [0x47, 0x49, 0x46, 0x38]],
  ['pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
]
const PICTURES: readonly FileType[] = ['png', 'jpeg', 'gif', 'webp']

const startsWith = (bytes: Uint8Array, head: readonly number[]): boolean => head.every((byte, i) => bytes[i] === byte)
const isWebp = (bytes: Uint8Array): boolean => bytes.length > 12 && ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP'
const ascii = (bytes: Uint8Array, from: number, to: number): string => Buffer.from(bytes.subarray(from, to)).toString('latin1')

/** 图片的媒体类型；不是所收的四种为 null。 */
export function sniffPicture(bytes: Uint8Array): string | null {
  const type = isWebp(bytes) ? 'webp' : HEADS.find(([, head]) => startsWith(bytes, head))?.[0]
  return type !== undefined && PICTURES.includes(type) ? FILE_TYPES[type].mediaType : null
}

/**
 * 由内容认出附件的种类；文件名只用来分辨同是压缩包、同是文字的几种。不收的为 null（可执行的、旧版 Office 等）。
 * @param inside 压缩包里各条目的名称；不是压缩包的不必给
 */
export function sniffFile(bytes: Uint8Array, name: string, inside: readonly string[] = []): FileType | null {
  if (isWebp(bytes)) return 'webp'
  const byHead = HEADS.find(([, head]) => startsWith(bytes, head))?.[0]
  if (byHead !== undefined) return byHead
  if (isZip(bytes)) return sniffZip(inside)
  if (!isText(bytes)) return null
  const extension = extensionOf(name)
  if (extension === 'csv') return 'csv'
  return /^\s*(?:<!doctype html|<html|<head|<body|<meta)/i.test(ascii(bytes, 0, 1000).replace(/^ï»¿/, '')) ? 'html' : 'txt'
}

export const isZip = (bytes: Uint8Array): boolean => startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])

function sniffZip(inside: readonly string[]): FileType {
  if (inside.includes('word/document.xml')) return 'docx'
  if (inside.includes('xl/workbook.xml')) return 'xlsx'
  if (inside.includes('ppt/presentation.xml')) return 'pptx'
  return inside.includes('OFD.xml') ? 'ofd' : 'zip'
}

// UTF-8、UTF-16（有标记的），或者没有控制字符的 GB18030
function isText(bytes: Uint8Array): boolean {
  if (bytes.length === 0) return false
  if (startsWith(bytes, [0xff, 0xfe]) || startsWith(bytes, [0xfe, 0xff])) return true
  const sample = bytes.subarray(0, 65_536)
  if (sample.some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27))) return false
  if (isUtf8(bytes)) return true
  try {
    return !new TextDecoder('gb18030', { fatal: true }).decode(bytes).includes('\u0000')
  } catch {
    return false
  }
}

export const extensionOf = (name: string): string => /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? ''

const DOCUMENTS: readonly FileType[] = ['pdf', 'docx', 'xlsx', 'pptx', 'ofd']

/** 名称说是版式文件、文档，里面却是别的：改了名公众也打不开，请上传的人看一看。名称没有这样说的为 null。 */
export function falselyNamed(name: string, type: FileType): string | null {
  const extension = extensionOf(name)
  const claimed = DOCUMENTS.find((each) => FILE_TYPES[each].extensions.some((own) => own === extension))
  if (claimed === undefined || claimed === type) return null
  return `里面不是 ${FILE_TYPES[claimed].label}，是${FILE_TYPES[type].label}；请重新导出，或者把扩展名改为 .${FILE_TYPES[type].extensions[0]} 再传`
}

/** 给人下载的文件名：去掉路径与不能用的字符，扩展名与内容相符；至多 120 字。 */
export function cleanName(given: string, type: FileType): string {
  const [first, ...others] = FILE_TYPES[type].extensions
  const allowed: readonly string[] = [first, ...others]
  const plain = (given.split(/[\\/]/).at(-1) ?? '').toWellFormed().replaceAll(/[\p{Cc}\p{Cf}"<>|:*?%#]/gu, '').replaceAll(/\s+/g, ' ').trim()
  const had = extensionOf(plain)
  const stem = (had === '' ? plain : plain.slice(0, -had.length - 1)).replace(/^[.\s]+|[.\s]+$/g, '').slice(0, 110) || '附件'
  return allowed.includes(had) ? `${stem}.${had}` : `${stem}.${first}`
}
