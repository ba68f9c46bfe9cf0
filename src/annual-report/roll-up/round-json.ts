import { HEADINGS } from '../../statute/report-form.ts'
import type { FiledRoundRow } from '../collection/filing-store.ts'
import { cellsInOrder, type ReportJson } from '../editions/report-json.ts'
import { titleOf } from '../editions/report-model.ts'
import type { ReadLine } from '../reading/read-report.ts'

type Part = ReportJson['parts'][number]

/** 上传的一份写成公开的 JSON 格式：报送时认下的数（连同照原件填写的），读出的文字照标题归到各部分，表在原处；多得格式收不下的截去。 */
export function roundJson({ bodyName, year, form, cells, lines, filedOn }: Pick<FiledRoundRow, 'bodyName' | 'year' | 'form' | 'cells' | 'lines' | 'filedOn'>, { bodyCode, demo }: { bodyCode: string; demo: boolean }): ReportJson {
  const introduction: string[] = []
  const parts: Part[] = []
  const tables = new Set<string>()
  for (const line of lines.filter(({ kind, text }, i) => (kind === 'prose' || kind === 'heading' || kind === 'table') && text.trim() !== '' && !isTitle(i, kind))) {
    const part = parts.at(-1)
    if (isPartHeading(line)) parts.push({ heading: line.text.trim().slice(0, 100), blocks: [] })
    else if (line.kind === 'table') {
      if (part !== undefined && line.table !== undefined && !tables.has(line.table)) part.blocks.push({ kind: 'form', table: line.table })
      if (line.table !== undefined) tables.add(line.table)
    } else if (part === undefined) introduction.push(line.text.trim().slice(0, 20_000))
    else part.blocks.push({ kind: line.kind === 'heading' ? 'heading' : 'paragraph', text: line.text.trim().slice(0, line.kind === 'heading' ? 200 : 20_000) })
  }
  return {
    schema: 'mingchuang/annual-report/1',
    title: titleOf({ bodyName, year }),
    body: { code: bodyCode, name: bodyName },
    year,
    form,
    edition: 1,
    asOf: `${year}-12-31`,
    datedOn: filedOn,
    demo,
    cells: cellsInOrder(form, cells),
    introduction: introduction.slice(0, 50),
    parts: parts.slice(0, 20).map(({ heading, blocks }) => ({ heading, blocks: blocks.slice(0, 500) })),
    items: null,
    correctionReason: null,
  }
}

// 题名另写
const isTitle = (i: number, kind: ReadLine['kind']): boolean => i === 0 && kind === 'heading'
const isPartHeading = ({ kind, text }: ReadLine): boolean => kind === 'heading' && (HEADINGS.some((heading) => heading === text.trim()) || /^[一二三四五六七八]、/.test(text.trim()))
