import { expectedParagraphs, DOCX_FIXED, DOCX_SHELLS } from '../blocks/write-docx.ts'
import { toXmlText } from '../blocks/pack-parts.ts'
import { hideText } from '../blocks/hide-text.ts'
import { checkParts, findTexts, readPackage, searchable } from './read-package.ts'
import type { DocxModel, Piece } from '../blocks/docx-model.ts'
import type { Block, TextMark } from '../mark.ts'

/** 结果须恰为该留的各段，多一个部件、一种标记、一个字都不行。 */
export function verifyDocx(model: DocxModel, blocks: readonly Block[], marks: ReadonlyMap<number, readonly TextMark[]>, result: Uint8Array): string[] {
  const { parts, findings } = readPackage(result)
  const shells = Object.entries(DOCX_SHELLS)
  findings.push(...checkParts(parts, DOCX_FIXED, shells.map(([name]) => name)))
  const pieces: Record<string, readonly Piece[]> = { 'word/document.xml': model.body, 'word/header1.xml': model.header, 'word/footer1.xml': model.footer }
  for (const [name, [start, end]] of shells) {
    const text = parts.find((part) => part.name === name)?.text ?? ''
    findings.push(...checkMarkup(text, start, end))
    const expected = expectedParagraphs(pieces[name] ?? [], marks).filter((each) => each !== '').map(toXmlText)
    if (JSON.stringify(paragraphsIn(text)) !== JSON.stringify(expected)) findings.push('留下的文字与应当留下的不一致')
  }
  const left = blocks.map((block) => hideText(block.text, marks.get(block.id))).join('\n')
  const covered = blocks.flatMap((block) => (marks.get(block.id) ?? []).map((mark) => block.text.slice(mark.from, mark.to)))
  findings.push(...findTexts(parts, DOCX_FIXED, searchable(covered, left)))
  return [...new Set(findings)]
}

const TAGS = new RegExp(
  `^<(?:/?w:(?:p|pPr|r|rPr|tbl|tblPr|tblBorders|tblGrid|tr|tc|tcPr)|w:t xml:space="preserve"|/w:t|w:(?:b|tab|br|vMerge)/|w:ind w:firstLineChars="200" w:firstLine="480"/|w:jc w:val="(?:center|right|both)"/|w:(?:sz|gridSpan) w:val="\\d{1,3}"/|w:vMerge w:val="restart"/|w:(?:tblW|tcW) w:w="\\d{1,6}" w:type="dxa"/|w:gridCol w:w="\\d{1,5}"/|w:(?:top|left|bottom|right|insideH|insideV) w:val="single" w:sz="4" w:space="0" w:color="auto"/)>$`,
)

const STRANGE: readonly (readonly [RegExp, string])[] = [
  [/^<w:(?:vanish|webHidden|specVanish)\b/, '留着隐藏文字'],
  [/^<w:(?:del|ins|moveFrom|moveTo|delText|\w+Change)\b/, '留着修订'],
  [/^<w:(?:color|highlight|shd)\b/, '文字只是改了颜色（如白字、黑底），内容还在'],
  [/^<w:(?:comment|annotation)/, '留着批注'],
  [/^<w:(?:drawing|pict|object)\b/, '留着图片或对象'],
  [/^<!--|^<\?/, '留着注释'],
]

function checkMarkup(text: string, start: string, end: string): string[] {
  const findings: string[] = []
  const inside = text.startsWith(start) && text.endsWith(end)
  if (!inside) findings.push('文件的写法不是本系统的')
  const content = inside ? text.slice(start.length, text.length - end.length) : text.replace(/^[\s\S]*?<w:body>/, '')
  const strange = (content.match(/<!--[\s\S]*?-->|<[^>]*>/g) ?? []).filter((tag) => !TAGS.test(tag))
  for (const tag of strange.slice(0, 1000)) findings.push(STRANGE.find(([pattern]) => pattern.test(tag))?.[1] ?? '有不该有的标记')
  // 文字只许在 w:t 之内
  if (content.replace(/<w:t xml:space="preserve">[^<]*<\/w:t>/g, '').replace(/<[^>]*>/g, '').trim() !== '') findings.push('标记之间夹带文字')
  return findings
}

// 用正则逐段读出，不经任何 XML 库；读到的是转义过的文字
const paragraphsIn = (text: string): string[] =>
  [...text.matchAll(/<w:p>([\s\S]*?)<\/w:p>/g)]
    .map(([, content = '']) => [...content.matchAll(/<w:t xml:space="preserve">([^<]*)<\/w:t>|<w:(tab|br)\/>/g)].map(([, words, gap]) => words ?? (gap === 'tab' ? '\t' : '\n')).join(''))
    .filter((each) => each !== '')
