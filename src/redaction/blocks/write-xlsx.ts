import { hideText } from './hide-text.ts'
import { packParts, toXmlText } from './pack-parts.ts'
import { reference, type PlainSheet } from './read-xlsx.ts'
import type { TextMark } from '../mark.ts'

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

type Marks = ReadonlyMap<number, readonly TextMark[]>

/** 除各工作表与表名外，各部件只随张数而变；核验时逐字比对。 */
export function fixedParts(count: number): Record<string, string> {
  const each = (write: (number: number) => string) => Array.from({ length: count }, (_, index) => write(index + 1)).join('')
  return {
    '[Content_Types].xml': `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/>${each((n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${TYPE}.worksheet+xml"/>`)}<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`,
    '_rels/.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/><Relationship Id="rId2" Type="${PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`,
    'docProps/core.xml': `${HEAD}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>已遮盖</dc:title></cp:coreProperties>`,
    'xl/_rels/workbook.xml.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${each((n) => `<Relationship Id="rId${n}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${n}.xml"/>`)}<Relationship Id="rId${count + 1}" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `${HEAD}<styleSheet xmlns="${MAIN}"><fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/></border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf numFmtId="49" applyNumberFormat="1" applyAlignment="1"><alignment wrapText="1" vertical="center"/></xf></cellXfs></styleSheet>`,
  }
}

export const WORKBOOK_SHELL = [`${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>`, '</sheets></workbook>'] as const
export const SHEET_START = `${HEAD}<worksheet xmlns="${MAIN}">`

/** 用看得见的各格另造一份 XLSX；遮住之处换成固定长短的黑块与依据。 */
export function writeXlsx(sheets: readonly PlainSheet[], marks: Marks): Buffer {
  return packParts([
    ...Object.entries(fixedParts(sheets.length)),
    ['xl/workbook.xml', `${WORKBOOK_SHELL[0]}${sheetNames(sheets, marks).map((name, index) => `<sheet name="${toXmlText(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`).join('')}${WORKBOOK_SHELL[1]}`],
    ...sheets.map((sheet, index) => [`xl/worksheets/sheet${index + 1}.xml`, sheetXml(sheet, marks)] as const),
  ])
}

/** 遮过的表名：至多 31 字，不得重名，不得含 []:*?/\\。 */
export function sheetNames(sheets: readonly PlainSheet[], marks: Marks): string[] {
  const taken = new Set<string>()
  return sheets.map(({ name }, index) => {
    const own = marks.get(name.id)
    const plain = own ? `██${index + 1}` : name.text.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31) || `表${index + 1}`
    const free = taken.has(plain.toLowerCase()) ? `${plain.slice(0, 25)}（${index + 1}）` : plain
    taken.add(free.toLowerCase())
    return free
  })
}

function sheetXml({ rows, widths, merges }: PlainSheet, marks: Marks): string {
  const columns = widths.map((width, index) => `<col min="${index + 1}" max="${index + 1}" width="${Number(width.toFixed(2))}" customWidth="1"/>`).join('')
  const body = rows.map(({ row, cells }) =>
    `<row r="${row}">${cells.map((cell) => {
      const place = reference(row - 1, cell.column)
      const own = marks.get(cell.id)
      if (cell.isNumber && !own) return `<c r="${place}"><v>${cell.text}</v></c>`
      return `<c r="${place}" s="1" t="inlineStr"><is><t xml:space="preserve">${toXmlText(hideText(cell.text, own))}</t></is></c>`
    }).join('')}</row>`,
  ).join('')
  const merged = merges.length > 0 ? `<mergeCells count="${merges.length}">${merges.map((each) => `<mergeCell ref="${each}"/>`).join('')}</mergeCells>` : ''
  return `${SHEET_START}${columns === '' ? '' : `<cols>${columns}</cols>`}<sheetData>${body}</sheetData>${merged}</worksheet>`
}
