import { Hono } from 'hono'
import { NotFound } from '../../platform/errors.ts'
import { parseListQuery, renderPage } from '../../platform/html/index.ts'
import { yearOf } from '../../statute/plain-date.ts'
import { filingDue } from './due-days.ts'
import { listCollection } from './filings.ts'
import { NoRegisterPage, RegisterPage } from './register-page.tsx'
import { FILER_KINDS, selectFilers, standingOf } from './standing.ts'

/** 门户：各机关年度报告的报送登记簿。 */
export const registerRoutes = new Hono()

const LIST = { sorts: ['sort', 'name', 'filedOn', 'acceptedOn'], defaultSort: 'sort', filters: { status: ['settled', 'missing', 'late'], kind: Object.keys(FILER_KINDS) }, size: 50 } as const

registerRoutes.get('/annual-reports/filings/:year{[0-9]{4}}', async (c) => {
  const { db, clock } = c.get('deps')
  const [year, today] = [Number(c.req.param('year')), clock.today()]
  // 年度还没有结束的，谈不上报送
  if (year < 2008 || year >= yearOf(today)) throw new NotFound('这个年度')
  const query = parseListQuery(c.req.url, LIST)
  const rows = await db.selectFrom('filing').select('year').distinct().orderBy('year', 'desc').limit(100).execute()
  const years = rows.map((row) => row.year).filter((one) => one < yearOf(today))
  // 没有在本系统收过的年度，没有登记不等于没有报：上一年正在收，除外
  if (year < yearOf(today) - 1 && !years.includes(year)) return renderPage(c, <NoRegisterPage year={year} years={years} />)
  const { filers, others } = await c.get('whileUnchanged')(`filings ${year} ${today}`, () => listCollection(db, year, today))
  return renderPage(c, <RegisterPage year={year} years={years} due={await filingDue(db, year)} standing={standingOf(filers)} {...selectFilers(filers, query)} query={query} others={others} />)
})
