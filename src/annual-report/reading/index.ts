export type { CellPlace, ReadFormat, ReadingNote, ReadLine, ReadReport } from './read-report.ts'
export { closeReader, readReportBytes, readReportFile } from './read-report-file.ts'
export { UnreadableReport, type UnreadableCode } from './unreadable.ts'
