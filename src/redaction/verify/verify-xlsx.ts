import { hideText } from '../blocks/hide-text.ts'
import { toXmlText } from '../blocks/pack-parts.ts'
import { fixedParts, SHEET_START, sheetNames, WORKBOOK_SHELL } from '../blocks/write-xlsx.ts'
import { checkParts, findTexts, readPackage, searchable } from './read-package.ts'
import type { PlainSheet } from '../blocks/read-xlsx.ts'
import type { Block, TextMark } from '../mark.ts'

/** 结果须恰为该留的各格，多一张表、一个部件、一格都不行。 */
export function verifyXlsx(sheets: readonly PlainSheet[], blocks: readonly Block[], marks: ReadonlyMap<number, readonly TextMark[]>, result: Uint8Array): string[] {
  const { parts, findings } = readPackage(result)
  const names = sheets.map((_, index) => `xl/worksheets/sheet${index + 1}.xml`)
  findings.push(...checkParts(parts, fixedParts(sheets.length), ['xl/workbook.xml', ...names]))
  const text = (name: string) => parts.find((part) => part.name === name)?.text ?? ''
  findings.push(...checkWorkbook(text('xl/workbook.xml'), sheetNames(sheets, marks)))
  for (const [index, sheet] of sheets.entries()) {
    const found = text(names[index] ?? '')
    findings.push(...checkSheet(found))
    const expected = sheet.rows.flatMap((row) => row.cells.map((cell) => toXmlText(hideText(cell.text, marks.get(cell.id)))))
    if (JSON.stringify(valuesIn(found)) !== JSON.stringify(expected)) findings.push('留下的内容与应当留下的不一致')
  }
  const left = blocks.map((block) => hideText(block.text, marks.get(block.id))).join('\n')
  const covered = blocks.flatMap((block) => (marks.get(block.id) ?? []).map((mark) => block.text.slice(mark.from, mark.to)))
  findings.push(...findTexts(parts, fixedParts(sheets.length), searchable(covered, left)))
  return [...new Set(findings)]
}

function checkWorkbook(text: string, names: readonly string[]): string[] {
  const findings: string[] = []
  if (/state="(?:veryHidden|hidden)"/.test(text)) findings.push('留着隐藏的工作表')
  if (/<definedName/.test(text)) findings.push('留着名称定义')
  const expected = `${WORKBOOK_SHELL[0]}${names.map((name, index) => `<sheet name="${toXmlText(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`).join('')}${WORKBOOK_SHELL[1]}`
  if (text !== expected) findings.push('工作表的名单与应当有的不一致')
  return findings
}

const CELL = '<c r="[A-Z]{1,3}\\d{1,7}"(?:><v>-?\\d[\\d.e+-]*</v>| s="1" t="inlineStr"><is><t xml:space="preserve">[^<]*</t></is>)</c>'
const SHEET = new RegExp(`^(?:<cols>(?:<col min="\\d+" max="\\d+" width="[\\d.]+" customWidth="1"/>)+</cols>)?<sheetData>(?:<row r="\\d+">(?:${CELL})+</row>)*</sheetData>(?:<mergeCells count="\\d+">(?:<mergeCell ref="[A-Z]+\\d+:[A-Z]+\\d+"/>)+</mergeCells>)?</worksheet>$`)

function checkSheet(text: string): string[] {
  if (text.startsWith(SHEET_START) && SHEET.test(text.slice(SHEET_START.length))) return []
  const findings: string[] = []
  if (/<f[\s>]/.test(text)) findings.push('留着公式')
  if (/hidden="(?:1|true)"/.test(text)) findings.push('留着隐藏的行或列')
  if (/<(?:legacyDrawing|drawing)\b/.test(text)) findings.push('留着批注或图形')
  return findings.length > 0 ? findings : ['工作表的写法不是本系统的']
}

// 用正则逐格读出，不经任何库；读到的是转义过的文字
const valuesIn = (text: string): string[] =>
  [...text.matchAll(/<c r="[A-Z]{1,3}\d{1,7}"[^>]*>(?:<v>([^<]*)<\/v>|<is><t xml:space="preserve">([^<]*)<\/t><\/is>)<\/c>/g)].map(([, number, words]) => number ?? words ?? '')
