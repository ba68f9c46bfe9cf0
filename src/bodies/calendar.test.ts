import { expect, test } from 'vitest'
import type { Actor } from '../identity/index.ts'
import { testDb } from '../platform/testing.ts'
import { BUILT_IN_CALENDAR, isWorkingDay } from '../statute/calendar.ts'
import { daysText } from './calendar-pages.tsx'
import { getCalendar, listCalendarYears, loadHolidayNotice, previewHolidayNotice } from './index.ts'

const { db, deps } = testDb()
const office: Actor = { kind: 'account', accountId: '019a0000-0000-7000-8000-000000000001', name: '某', bodyId: '019a0000-0000-7000-8000-000000000002', roles: ['district-office'] }

// 仿国务院办公厅通知的写法，2027 年的日子是编的
const NOTICE = `国务院办公厅关于2027年部分节假日安排的通知
国办发明电〔2026〕9号
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至11日（周四）放假调休，共7天。1月31日（周日）、2月14日（周日）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。4月25日（周日）、5月8日（周六）上班。
五、端午节：6月9日（周三）放假，共1天。
六、中秋节：9月15日（周三）放假，共1天。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班。
国务院办公厅
2026年11月2日`

test('without loaded years the calendar is the built-in one, and 2027 is an error that names the year', async () => {
  const calendar = await getCalendar(db)
  expect(calendar).toBe(BUILT_IN_CALENDAR)
  expect(() => isWorkingDay('2027-01-04', calendar)).toThrow('2027')
})

test('a preview accounts for each line and stores nothing', async () => {
  const preview = await previewHolidayNotice(db, NOTICE, 2027)
  if (!preview.ok) throw new Error(preview.reading.problems.join('\n'))
  expect(preview.reading.lines.map((line) => line.holiday)).toEqual(['元旦', '春节', '清明节', '劳动节', '端午节', '中秋节', '国庆节'])
  expect(preview.changes).toMatchObject([{ isNew: true, next: { year: 2027 } }])
  expect(await getCalendar(db)).toBe(BUILT_IN_CALENDAR)
})

test('a notice that does not add up is not stored, and says why', async () => {
  const wrong = NOTICE.replace('5月8日（周六）', '5月9日（周六）')
  const result = await loadHolidayNotice(deps, office, { text: wrong, year: 2027 })
  expect(result.ok ? [] : result.reading.problems.join()).toContain('2027-05-09')
  expect(await getCalendar(db)).toBe(BUILT_IN_CALENDAR)
})

test('loading needs permission, takes effect at once, and a second notice is a new revision', async () => {
  const handler: Actor = { ...office, roles: ['handler', 'disclosure-head', 'auditor'] }
  expect(() => loadHolidayNotice(deps, handler, { text: NOTICE, year: 2027 })).toThrow('无权')

  expect(await loadHolidayNotice(deps, office, { text: NOTICE, year: 2027, issuedOn: '2026-11-02' })).toMatchObject({ ok: true })
  const calendar = await getCalendar(db)
  expect(isWorkingDay('2027-02-05', calendar)).toBe(false)
  expect(isWorkingDay('2027-02-14', calendar)).toBe(true)
  expect(await getCalendar(db)).toBe(calendar)
  expect((await listCalendarYears(db))[0]).toMatchObject({ year: 2027, source: 'loaded', docNo: '国办发明电〔2026〕9号' })

  const amended = NOTICE.replace('6月9日（周三）放假，共1天。', '6月9日（周三）至10日（周四）放假，共2天。')
  const result = await loadHolidayNotice(deps, office, { text: amended, year: 2027 })
  expect(result.ok ? result.changes : []).toMatchObject([{ isNew: false, changed: [{ day: '2027-06-10', becomes: 'off' }] }])
  expect(isWorkingDay('2027-06-10', await getCalendar(db))).toBe(false)
  expect(await db.selectFrom('calendar_year').select('revision').where('year', '=', 2027).orderBy('revision').execute())
    .toEqual([{ revision: 1 }, { revision: 2 }])
})

test('days that reach into the year before are merged into that year', async () => {
  const bridged = NOTICE.replace(
    '1月1日（周五）至3日（周日）放假，共3天。',
    '2026年12月31日（周四）至2027年1月3日（周日）放假调休，共4天。2026年12月27日（周日）上班。',
  )
  const result = await loadHolidayNotice(deps, office, { text: bridged, year: 2027 })
  if (!result.ok) throw new Error(result.reading.problems.join('\n'))
  const calendar = await getCalendar(db)
  expect(isWorkingDay('2026-12-31', calendar)).toBe(false)
  expect(isWorkingDay('2026-12-27', calendar)).toBe(true)
  expect(isWorkingDay('2026-10-10', calendar)).toBe(true)
})

test.each([
  [[], '—'],
  [['2026-02-23', '2026-02-16', '2026-02-17', '2026-02-18', '2026-02-19', '2026-02-20'], '2月16日至20日、23日'],
  [['2026-04-30', '2026-05-01', '2026-05-04'], '4月30日至5月1日、4日'],
  [['2026-01-04', '2026-02-14'], '1月4日、2月14日'],
])('days in words: %j', (days, text) => {
  expect(daysText(days)).toBe(text)
})
