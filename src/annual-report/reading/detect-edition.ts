import { editionOf, formOf, type Edition } from '../../statute/report-form.ts'
import { fold } from './fold.ts'
import type { SourceLine } from './source-line.ts'

// 只见于一版的列标题与行
const MARKS: Record<Edition, readonly string[]> = {
  '2019': marksOf('2019', '2021'),
  '2021': marksOf('2021', '2019'),
}

function marksOf(edition: Edition, other: Edition): string[] {
  const words = (each: Edition) => formOf(each).t2.flatMap((block) => block.columns.map((column) => fold(column.label)))
  return words(edition).filter((word) => !words(other).some((own) => own.includes(word)))
}

/** 版次：先看表 2 的列标题，认不出再看年度，再没有按 2021 版。 */
export function detectEdition(lines: readonly SourceLine[], year: number | null): Edition {
  const text = fold(lines.map((line) => line.text).join(''))
  const score = (edition: Edition) => MARKS[edition].filter((word) => text.includes(word)).length
  const [old, current] = [score('2019'), score('2021')]
  if (old !== current) return old > current ? '2019' : '2021'
  return year === null ? '2021' : editionOf(year)
}
