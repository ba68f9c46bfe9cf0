import type { ReadingNote } from '../reading/read-report.ts'
import { place, type Place, type Subject } from './rule.ts'
import { inSection } from './report-view.ts'

const notes = ({ report }: Subject, ...kinds: ReadingNote['kind'][]): ReadingNote[] =>
  report.notes.filter((note) => kinds.includes(note.kind))

/** AR-T01：表的行数字不足（表 3 每行七个数），一行一处。 */
export const shortRows = (subject: Subject): Place[] =>
  notes(subject, 'row-too-short').map((note) =>
    place(note.line, note.message, {
      expected: note.code?.startsWith('R') ? '每行七个数：自然人、五类法人或其他组织、总计' : '每行的数与表头各列一一对应',
      mend: '对照原件补足此行；网页上表格被分页拆开的，合为一张表',
      maybeExtraction: true,
    }),
  )

/** AR-T02：「四、结转下年度继续办理」落在「三、本年度办理结果」之内。 */
export const nestedRows = (subject: Subject): Place[] =>
  notes(subject, 'row-nested-wrong').map((note) =>
    place(note.line, note.message, {
      expected: '「四、结转下年度继续办理」与「三、本年度办理结果」平级，标签占三列',
      mend: '把此行移出「三、本年度办理结果」的跨行',
      maybeExtraction: true,
    }),
  )

const TABLE_SECTIONS = [
  { section: 2, table: '表 2' },
  { section: 3, table: '表 3' },
  { section: 4, table: '表 4' },
] as const

/** AR-T03：第二、三、四部分格式只有表，表前后又写了正文。每部分一处。 */
export const proseBesideTables = (subject: Subject): Place[] =>
  TABLE_SECTIONS.flatMap(({ section, table }) => {
    const prose = inSection(subject, section).find(({ text }) => text.length >= 10 && /[。；]$/.test(text))
    if (!prose) return []
    return [
      place(prose.line, `${table} 之外又写了正文「${prose.text.slice(0, 20)}…」`, {
        expected: '这一部分只填表',
        mend: '删去重复的正文；保留的须与表一致',
      }),
    ]
  })

/** AR-T04：行、列的标签与格式不同（附录 A：归一后须逐字相等）。 */
export const differentLabels = (subject: Subject): Place[] =>
  notes(subject, 'label-differs').map((note) =>
    place(note.line, note.message, { mend: '照格式改正标签', maybeExtraction: true }),
  )

/** AR-T05：缺表（错误），缺行、并行（提醒）。 */
export const missingParts = (subject: Subject): Place[] =>
  notes(subject, 'table-missing', 'label-missing', 'row-merged').map((note) =>
    place(note.line > 0 ? note.line : null, note.message, {
      severity: note.kind === 'table-missing' ? 'error' : 'warning',
      expected: '表 2、表 3、表 4 齐全，行列与格式相同',
      mend: '照格式补上',
      maybeExtraction: true,
    }),
  )

/** AR-T06：数字连写、列数过多、字符丢失，读法不尽可靠。 */
export const doubtfulReadings = (subject: Subject): Place[] =>
  notes(subject, 'digits-run-together', 'row-too-long', 'characters-lost').map((note) =>
    place(note.line > 0 ? note.line : null, note.message, { mend: '对照原件核对', maybeExtraction: true }),
  )
