import type { PlainDate } from '../../statute/plain-date.ts'
import { yearOf } from '../../statute/plain-date.ts'
import type { Retention } from './tables.ts'

/** 保管期限，短的在前；以单位审定的归档范围和保管期限表为准〔待核〕。 */
export const RETENTIONS = { Y10: '10 年', Y30: '30 年', PERMANENT: '永久' } as const satisfies Record<Retention, string>
const YEARS = { Y10: 10, Y30: 30 } as const
const ORDER: readonly Retention[] = ['Y10', 'Y30', 'PERMANENT']

export const isRetention = (text: string): text is Retention => Object.hasOwn(RETENTIONS, text)

/** 期满之日：自归档次年的 1 月 1 日起算，故为第若干年的年底；永久的没有〔起算日待核〕。 */
export const retainUntil = (archivedOn: PlainDate, retention: Retention): PlainDate | null => (retention === 'PERMANENT' ? null : `${yearOf(archivedOn) + YEARS[retention]}-12-31`)

/** 可以延长到的，长于现在的各种。 */
export const longerThan = (retention: Retention): Retention[] => ORDER.slice(ORDER.indexOf(retention) + 1)
