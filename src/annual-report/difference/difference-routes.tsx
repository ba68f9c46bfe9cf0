import { Hono, type Context } from 'hono'
import { findBodyByCode, listBodies, type Body } from '../../bodies/index.ts'
import { can, permit, reachOf, signedIn } from '../../identity/index.ts'
import type { Db } from '../../platform/db.ts'
import { NotFound } from '../../platform/errors.ts'
import { parseForm, publicPage, rateLimit, type ParsedForm } from '../../platform/http/index.ts'
import { renderPage, type FormState } from '../../platform/html/index.ts'
import { yearOf } from '../../statute/plain-date.ts'
import { getPublished, listPublished } from '../queries.ts'
import { readReportBytes, UnreadableReport, type ReadReport } from '../reading/index.ts'
import { toReadReport } from '../own-check/to-read-report.ts'
import { DifferencePage, FilesPage, FilesResultPage, type Side } from './difference-pages.tsx'
import { listVersions, loadVersion, type Version } from './versions.ts'

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
  const version = versions.find(({ key }) => key === c.req.query(`${side}Version`)) ?? (side === 'a' && isSameReport(c) ? beforeLast(versions) : versions[0]) ?? null
  const report = version === null ? null : await loadVersion(deps.db, { bodyId, year, key: version.key })
  return { code, name, year, versions, version, report }
}

// 同一机关同一年度的两份：前一份是上一次的，不然两边都是最后一次，没有不同
const isSameReport = (c: Context): boolean => c.req.query('a') === c.req.query('b') && c.req.query('aYear') === c.req.query('bYear') && c.req.query('bVersion') === undefined
const beforeLast = (versions: readonly Version[]): Version | undefined => versions[1] ?? versions[0]

differenceRoutes.get('/check/difference', (c) => publicPage(c, () => filesPage(c)))

/** 可选的公布的报告：有哪些机关、哪些年度。 */
async function filesPage(c: Context, state?: FormState) {
  const all = await listPublished(c.get('deps').db)
  // 由新到旧，名称取最近一份上的
  const bodies = [...Map.groupBy(all, ({ bodyCode }) => bodyCode)].map(([code, [latest]]) => ({ code, name: latest?.bodyName ?? code }))
  return renderPage(c, <FilesPage bodies={bodies} years={[...new Set(all.map(({ year }) => year))]} {...(state === undefined ? {} : { state })} />, { status: state === undefined ? 200 : 422 })
}

// 两份都是公布的：有地址，可以告诉别人；比两份要算一阵，故限速
differenceRoutes.get('/check/difference/published', rateLimit({ burst: 30, perMinute: 60 }), (c) =>
  publicPage(c, async () => {
    const { db } = c.get('deps')
    const [before, after] = [await findPublishedRead(db, c.req.query('a') ?? '', c.req.query('aYear') ?? ''), await findPublishedRead(db, c.req.query('b') ?? '', c.req.query('bYear') ?? '')]
    if (before === null || after === null) throw new NotFound('要比的这一份报告')
    return renderPage(c, <FilesResultPage before={before} after={after} names={[nameOf(before), nameOf(after)]} />)
  }),
)

/** 公布的一份（最新一版），摆成核查所看的样子；没有公布的为 null。 */
async function findPublishedRead(db: Db, code: string, year: string): Promise<ReadReport | null> {
  const body = await findBodyByCode(db, code.slice(0, 64))
  if (body === null || !/^\d{4}$/.test(year)) return null
  const found = (await listPublished(db, { bodyId: body.bodyId })).find((one) => one.year === Number(year))
  return found === undefined ? null : toReadReport((await getPublished(db, body.bodyId, found.year)).model)
}

const LIMITS = { maxBytes: 42 * 1024 * 1024, maxFiles: 2, maxFields: 8 }
const SIDES = { before: '前一份', after: '后一份' } as const
type SideName = keyof typeof SIDES

// 读文件要起子进程，较费，故限速
differenceRoutes.post('/check/difference', rateLimit({ burst: 20, perMinute: 20 }), async (c) => {
  const form = await parseForm(c, LIMITS)
  const [before, after] = [await readSide(c, form, 'before'), await readSide(c, form, 'after')]
  if ('refusal' in before || 'refusal' in after)
    return filesPage(c, { values: form.fields, errors: { ...('refusal' in before && { [before.field]: before.refusal }), ...('refusal' in after && { [after.field]: after.refusal }) } })
  if (form.files.length === 0) {
    const chosen = { a: form.text('beforeBody'), aYear: form.text('beforeYear'), b: form.text('afterBody'), bYear: form.text('afterYear') }
    return c.redirect(`/check/difference/published?${new URLSearchParams(chosen).toString()}`, 303)
  }
  return renderPage(c, <FilesResultPage before={before} after={after} names={[nameOf(before), nameOf(after)]} />)
})

const nameOf = ({ body, year, file }: ReadReport): string => `${body ?? file}${year === null ? '' : ` ${year} 年度`}`

/** 这一边：选了文件的读文件，没有选的取所选的公布的报告。 */
async function readSide(c: Context, form: ParsedForm, side: SideName): Promise<ReadReport | { field: string; refusal: string }> {
  const file = form.files.find((one) => one.field === side)
  const code = form.text(`${side}Body`)
  if (file === undefined && code === '') return { field: side, refusal: `${SIDES[side]}：请选择一个文件，或者选一份公布了的报告` }
  if (file === undefined) {
    const year = form.text(`${side}Year`)
    const found = await findPublishedRead(c.get('deps').db, code, year)
    return found ?? { field: `${side}Year`, refusal: `${SIDES[side]}：所选的机关没有公布 ${year === '' ? '这一' : year} 年度的报告，请换一个年度` }
  }
  try {
    return await readReportBytes(file.bytes, file.name)
  } catch (error) {
    if (error instanceof UnreadableReport) return { field: side, refusal: `${SIDES[side]}：${error.message}` }
    throw error
  }
}
