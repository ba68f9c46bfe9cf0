import { guardZip, UnsafeZip } from '../../platform/zip-guard.ts'
import { decodeText } from './decode-file-text.ts'
import { FILE_LIMITS } from './file-limits.ts'
import { RefusedFile, toFileText } from './file-text.ts'
import type { FileText } from './file-text.ts'
import type { Examined } from './read-file.ts'
import { isZip, sniffFile } from './sniff-file.ts'
import type { FileType } from './sniff-file.ts'

const OLD_OFFICE = [0xd0, 0xcf, 0x11, 0xe0]
const RAR = [0x52, 0x61, 0x72, 0x21]
const SEVEN = [0x37, 0x7a, 0xbc, 0xaf]
const startsWith = (bytes: Uint8Array, head: readonly number[]): boolean => head.every((byte, i) => bytes[i] === byte)

/** 认出种类并读出文字；在子进程里办。各种读法用到才载入。 */
export async function examine(bytes: Buffer, name: string): Promise<Examined> {
  if (bytes.length === 0) return { ok: false, message: '文件是空的' }
  if (startsWith(bytes, OLD_OFFICE)) return { ok: false, message: '旧版 Office 文件或者加了密码；请取消密码，另存为 DOCX、XLSX 再上传' }
  if (startsWith(bytes, RAR) || startsWith(bytes, SEVEN)) return { ok: false, message: PACKED }
  const xml = new Map<string, string>()
  const inside = isZip(bytes) ? await openZip(bytes, xml) : []
  const type = sniffFile(bytes, name, inside)
  if (type === null) return { ok: false, message: '认不出是什么文件；可以上传 PDF、OFD、DOCX、XLSX、PPTX、网页、文本、CSV 与图片' }
  if (type === 'zip') return { ok: false, message: PACKED }
  return { ok: true, type, text: bounded(await readText(type, bytes, xml)) }
}

const PACKED = '压缩包里的文件审查看不到，请解开后逐个上传'

async function readText(type: FileType, bytes: Buffer, xml: ReadonlyMap<string, string>): Promise<FileText> {
  switch (type) {
    case 'docx':
      return (await import('./read-office.ts')).readDocx(bytes, xml)
    case 'xlsx':
      return (await import('./read-office.ts')).readXlsxText(bytes)
    case 'pptx':
      return (await import('./read-marked-text.ts')).readPptx(xml)
    case 'ofd':
      return (await import('./read-marked-text.ts')).readOfd(xml)
    case 'html':
      return (await import('./read-marked-text.ts')).readWebPage(decodeText(bytes))
    case 'pdf':
      return (await import('./read-pdf-text.ts')).readPdfText(bytes)
    case 'txt':
    case 'csv':
      return toFileText(decodeText(bytes), '文件里没有文字')
    default:
      return { state: 'no-text', text: '', note: null }
  }
}

const bounded = (read: FileText): FileText =>
  read.text.length <= FILE_LIMITS.text ? read : { ...read, text: read.text.slice(0, FILE_LIMITS.text).toWellFormed(), note: `文字超过 ${FILE_LIMITS.text / 10_000} 万字，只读了前面的；后面的请另行审查` }

// 文字在这几个部件里，过压缩包的关时顺手留下
const KEPT_XML = /^(?:word\/(?:document|header\d*|footer\d*)\.xml|ppt\/slides\/slide\d+\.xml|ppt\/notesSlides\/notesSlide\d+\.xml|(?:.*\/)?Pages\/[^/]+\/Content\.xml)$/i

async function openZip(bytes: Buffer, xml: Map<string, string>): Promise<string[]> {
  const names = new Set<string>()
  const kept = new Map<string, Buffer[]>()
  let carried = ''
  try {
    await guardZip(bytes, FILE_LIMITS.zip, (name, chunk) => {
      names.add(name)
      if (/\.(?:xml|rels)$/i.test(name)) {
        const text = carried + chunk.toString('latin1').replaceAll('\0', '')
        carried = text.slice(-16)
        if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) throw new UnsafeZip('文件内含 XML 实体声明，疑为恶意文件，不予读取')
      }
      if (!KEPT_XML.test(name)) return
      const chunks = kept.get(name)
      if (chunks === undefined) kept.set(name, [chunk])
      else chunks.push(chunk)
    })
  } catch (error) {
    throw error instanceof UnsafeZip ? new RefusedFile(error.message) : error
  }
  for (const [name, chunks] of kept) xml.set(name, Buffer.concat(chunks).toString('utf8'))
  return [...names]
}

/** Word 文件 → 网页，图片随文，看不见的文字不要；不是 DOCX、打不开的抛 RefusedFile。 */
export async function wordBody(bytes: Buffer, name: string): Promise<{ html: string; notes: string[] }> {
  if (!isZip(bytes) || sniffFile(bytes, name, await openZip(bytes, new Map())) !== 'docx') throw new RefusedFile('不是 DOCX 文件；旧版 Word、WPS 文件请另存为 DOCX 再读入')
  return (await import('./read-office.ts')).docxToHtml(bytes)
}
