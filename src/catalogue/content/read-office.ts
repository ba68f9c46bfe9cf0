import { load } from 'cheerio'
import { readXlsx } from 'hucre/xlsx'
import mammoth from 'mammoth'
import { toCellText } from '../../platform/ledger/cell-text.ts'
import { wordAside } from './read-marked-text.ts'
import { RefusedFile, toFileText } from './file-text.ts'
import { shownInWord } from './shown-in-word.ts'
import { FILE_LIMITS } from './file-limits.ts'
import type { FileText } from './file-text.ts'

const DAMAGED = { state: 'unreadable', text: '', note: '文件已损坏或者不完整，请用 Word、Excel 或 WPS 打开后另存一份' } as const satisfies FileText

/** DOCX 的文字：一段一行，表的一行为一行，格以制表符分开；页眉页脚、文本框里的在后。 */
export async function readDocx(bytes: Buffer, xml: ReadonlyMap<string, string>): Promise<FileText> {
  try {
    const image = mammoth.images.imgElement(() => Promise.resolve({ src: '' }))
    const { value } = await mammoth.convertToHtml({ buffer: bytes }, { convertImage: image })
    const $ = load(value, null, false)
    $('td, th').append('\t').find('p').append(' ')
    $('p, h1, h2, h3, h4, h5, h6, li, tr').not('td p, th p').append('\n')
    const text = $.root().text().replaceAll(/ ?\t\n/g, '\n')
    const known = new Set(text.split('\n').map((line) => line.trim()))
    return toFileText([text, ...wordAside(xml).filter((line) => !known.has(line))].join('\n'), '文件里没有文字')
  } catch {
    return DAMAGED
  }
}

// Word 的标题样式英文、中文都认
const STYLES = ["p[style-name='Title'] => p:fresh", "p[style-name='标题'] => p:fresh", "p[style-name='标题 1'] => h2:fresh", "p[style-name='标题 2'] => h3:fresh", "p[style-name='标题 3'] => h4:fresh", 'u => u', 'strike => s']

export async function docxToHtml(bytes: Buffer): Promise<{ html: string; notes: string[] }> {
  try {
    const { bytes: buffer, notes } = shownInWord(bytes)
    return { html: (await mammoth.convertToHtml({ buffer }, { styleMap: STYLES })).value, notes }
  } catch {
    throw new RefusedFile('DOCX 文件已损坏，请用 Word 或 WPS 打开后另存一份')
  }
}

/** XLSX 的文字：各工作表（含隐藏的）依次，一行一行，格以制表符分开。 */
export async function readXlsxText(bytes: Buffer): Promise<FileText> {
  try {
    const { sheets } = await readXlsx(bytes, { maxRows: FILE_LIMITS.rows })
    const text = sheets.map((sheet) => [sheet.name, ...sheet.rows.map((row) => row.map((value) => toCellText(value).replaceAll(/[\t\n]/g, ' ')).join('\t').trimEnd()).filter((line) => line.trim() !== '')].join('\n'))
    return toFileText(text.join('\n\n'), '表格里没有文字')
  } catch {
    return DAMAGED
  }
}
