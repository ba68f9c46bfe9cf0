import mammoth from 'mammoth'
import { fromHtml } from './from-html.ts'
import { UnreadableReport } from './unreadable.ts'
import type { SourceLine } from './source-line.ts'

/** DOCX → 行。压缩包须先经 open-package.ts 查过。 */
export async function fromDocx(file: Buffer): Promise<SourceLine[]> {
  const html = await toHtml(file)
  return fromHtml(html).lines
}

async function toHtml(file: Buffer): Promise<string> {
  try {
    const image = mammoth.images.imgElement(() => Promise.resolve({ src: '' }))
    return (await mammoth.convertToHtml({ buffer: file }, { convertImage: image, ignoreEmptyParagraphs: false })).value
  } catch {
    throw new UnreadableReport('damaged', 'DOCX 文件已损坏，请用 Word 或 WPS 打开后另存一份')
  }
}
