import { Hono } from 'hono'
import { z } from 'zod'
import { can, permit, setFlash, signedIn, takeFlash } from '../identity/index.ts'
import { emptyForm, renderPage, toFormState } from '../platform/html/index.ts'
import { Malformed, parseForm } from '../platform/http/index.ts'
import { isPlainDate, yearOf } from '../statute/plain-date.ts'
import { CalendarPage, LoadNoticePage } from './calendar-pages.tsx'
import { listCalendarYears } from './calendar-queries.ts'
import { loadHolidayNotice, previewHolidayNotice } from './load-holiday-notice.ts'

const FORM_LIMITS = { maxBytes: 262_144, maxFields: 10 }
const HERE = '/desk/admin/calendar'

/** 工作日历与载入节假日通知。 */
export const calendarRoutes = new Hono()

calendarRoutes.get(HERE, permit('body.read'), async (c) => {
  const { deps, actor } = signedIn(c)
  const years = await listCalendarYears(deps.db)
  return renderPage(c, <CalendarPage years={years} canLoad={can(actor, 'calendar.load')} flash={takeFlash(c)} />)
})

calendarRoutes.get(`${HERE}/load`, permit('calendar.load'), async (c) => {
  const { deps } = signedIn(c)
  const [last] = await listCalendarYears(deps.db)
  const year = (last?.year ?? yearOf(deps.clock.today())) + 1
  return renderPage(c, <LoadNoticePage state={emptyForm} year={year} preview={null} text="" issuedOn="" />)
})

const notice = z.object({
  year: z.coerce.number({ error: '请填年份' }).int('请填年份').min(2011, '2011 年起').max(2099, '至 2099 年'),
  text: z.string().trim().min(1, '请粘贴通知全文').max(20_000, '过长，请只粘贴通知正文'),
  issuedOn: z.string().refine((text) => text === '' || isPlainDate(text), '请填真实的日期'),
})

calendarRoutes.post(`${HERE}/load`, permit('calendar.load'), async (c) => {
  const { deps } = signedIn(c)
  const form = await parseForm(c, FORM_LIMITS)
  const parsed = notice.safeParse(form.first())
  const shown = { year: Number(form.text('year')) || 0, text: form.text('text'), issuedOn: form.text('issuedOn') }
  if (!parsed.success) {
    const state = toFormState(form.fields, parsed.error.issues)
    return renderPage(c, <LoadNoticePage {...shown} state={state} preview={null} />, { status: 422 })
  }
  const preview = await previewHolidayNotice(deps.db, parsed.data.text, parsed.data.year)
  return renderPage(c, <LoadNoticePage {...shown} state={emptyForm} preview={preview} />, { status: preview.ok ? 200 : 422 })
})

calendarRoutes.post(`${HERE}/confirm`, permit('calendar.load'), async (c) => {
  const { deps, actor } = signedIn(c)
  const form = await parseForm(c, FORM_LIMITS)
  const parsed = notice.safeParse(form.first())
  if (!parsed.success) throw new Malformed('年份、通知或者发文日期不对')
  const { year, text, issuedOn } = parsed.data
  const result = await loadHolidayNotice(deps, actor, { year, text, issuedOn: issuedOn || null })
  if (!result.ok)
    return renderPage(c, <LoadNoticePage state={emptyForm} year={year} text={text} issuedOn={issuedOn} preview={result} />, { status: 422 })
  setFlash(c, { tone: 'ok', text: `${year} 年的安排已经载入` })
  return c.redirect(HERE, 303)
})
