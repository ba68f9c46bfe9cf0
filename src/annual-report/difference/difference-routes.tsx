import { Hono, type Context } from 'hono'
import { findBodyByCode, listBodies, type Body } from '../../bodies/index.ts'
import { can, permit, reachOf, signedIn } from '../../identity/index.ts'
import { parseForm, publicPage, rateLimit, type UploadedFile } from '../../platform/http/index.ts'
import { renderPage, type FormState } from '../../platform/html/index.ts'
import { yearOf } from '../../statute/plain-date.ts'
import { readReportBytes, UnreadableReport, type ReadReport } from '../reading/index.ts'
import { DifferencePage, FilesPage, FilesResultPage, type Side } from './difference-pages.tsx'
import { listVersions, loadVersion } from './versions.ts'

/** 两份报告的不同：工作台挂在 requireSignIn 之后，公众的谁都可以用、什么都不存。 */
export const differenceRoutes = new Hono()

const YEARS_BACK = 8

differenceRoutes.get('/desk/differences', permit('report.read'), async (c) => {
  const { deps, actor } = signedIn(c)
  const bodies = await listBodies(deps.db, { includeAbolished: true })
  const last = yearOf(deps.clock.today())
  const model = {
    bodies: bodies.map(({ code, name }) => ({ code, name })),
    years: Array.from({ length: YEARS_BACK }, (_, i) => last - i),
    a: await sideOf(c, 'a'),
    b: await sideOf(c, 'b'),
    wholeDistrict: reachOf(actor, 'report.read') === 'district',
  }
  return renderPage(c, <DifferencePage {...model} />)
})

async function sideOf(c: Context, side: 'a' | 'b'): Promise<Side | null> {
  const { deps, actor } = signedIn(c)
  const year = Number(c.req.query(`${side}Year`))
  const body: Body | null = await findBodyByCode(deps.db, (c.req.query(side) ?? '').slice(0, 64))
  if (body === null || !Number.isInteger(year) || year < 2008 || year > 2100) return null
  const { bodyId, code, name } = body
  const versions = await listVersions(deps.db, bodyId, year, !can(actor, 'report.read', bodyId))
  const version = versions.find(({ key }) => key === c.req.query(`${side}Version`)) ?? versions[0] ?? null
  const report = version === null ? null : await loadVersion(deps.db, { bodyId, year, key: version.key })
  return { code, name, year, versions, version, report }
}

differenceRoutes.get('/check/difference', (c) => publicPage(c, () => renderPage(c, <FilesPage />)))

const LIMITS = { maxBytes: 42 * 1024 * 1024, maxFiles: 2, maxFields: 5 }

// 读文件要起子进程，较费，故限速
differenceRoutes.post('/check/difference', rateLimit({ burst: 20, perMinute: 20 }), async (c) => {
  const form = await parseForm(c, LIMITS)
  const again = (errors: FormState['errors']) => renderPage(c, <FilesPage state={{ values: form.fields, errors }} />, { status: 422 })
  const [before, after] = [await readOr(form.files, 'before'), await readOr(form.files, 'after')]
  if ('refusal' in before || 'refusal' in after)
    return again({ ...('refusal' in before && { before: before.refusal }), ...('refusal' in after && { after: after.refusal }) })
  return renderPage(c, <FilesResultPage before={before} after={after} names={[nameOf(before), nameOf(after)]} />)
})

const nameOf = ({ body, year, file }: ReadReport): string => `${body ?? file}${year === null ? '' : ` ${year} 年度`}`

async function readOr(files: readonly UploadedFile[], field: string): Promise<ReadReport | { refusal: string }> {
  const file = files.find((one) => one.field === field)
  if (file === undefined) return { refusal: '请选择一个文件' }
  try {
    return await readReportBytes(file.bytes, file.name)
  } catch (error) {
    if (error instanceof UnreadableReport) return { refusal: error.message }
    throw error
  }
}
