import { acceptFiling, anUploadedReport, assignFilings, exceptFiling, listFilers, liveReport, lockYear, openCollection, remindFilers, returnFiling, tellPublication } from '../src/annual-report/testing.ts'
import { getBodyByCode } from '../src/bodies/index.ts'
import { correctApplication } from '../src/applications/index.ts'
import { actorKey, type SignedInActor } from '../src/identity/index.ts'
import type { Deps } from '../src/platform/deps.ts'
import { carryReport } from './carry-report.ts'
import { atDay } from './clock.ts'
import type { ToldCase } from './example-applications.ts'
import type { ExampleBody } from './example-bodies.ts'
import { GOVERNMENT, loadDistrictReport } from './example-government.ts'
import type { ExampleGovernment } from './example-government.ts'
import { daysFrom, LATE, narrativeFor, planOf, RETURNED, UPLOADED } from './example-reports.ts'

/** 2025 年度报来了、还没有审的，留给演示的人审。 */
export const WAITING: readonly string[] = ['slqczj', UPLOADED]

/**
 * 区政务公开办的一月：收集 2025 年度的报告，催报，审核，一份退回改了再报，一份上传，一份逾期，三家还没有报；
 * 以前两个年度的都受理了、锁定了，2024 年度全区的报告已汇总、公布。
 */
export async function loadExampleJanuary(deps: Deps, { office, government }: { office: SignedInActor; government: ExampleGovernment }, bodies: readonly ExampleBody[], cases: readonly ToldCase[]): Promise<void> {
  await exemptCenter(deps, office)
  for (const year of [2023, 2024]) {
    await acceptAll(deps, office, { year, on: `${year + 1}-03-20`, except: [] })
    if (year === GOVERNMENT.reported) await loadDistrictReport(deps, government)
    await lockYear(atDay(deps, `${year + 1}-04-20`), office, year)
  }
  await openCollection(atDay(deps, '2026-01-04', '09:00'), office, 2025)
  const filers = await listFilers(deps.db, 2025, '2026-01-04')
  await must('分派', assignFilings(atDay(deps, '2026-01-04', '09:30'), office, { year: 2025, bodyIds: filers.map(({ bodyId }) => bodyId), reviewer: office.accountId }))
  await returnOne(deps, office, bodyOf(bodies, RETURNED), cases)
  await uploadOne(deps, bodyOf(bodies, UPLOADED))
  for (const on of ['2026-01-26', '2026-02-02']) {
    const silent = (await listFilers(deps.db, 2025, on)).filter(({ filedOn }) => filedOn === null || filedOn > on)
    await remindFilers(atDay(deps, on, '09:00'), office, { year: 2025, bodyIds: silent.map(({ bodyId }) => bodyId) })
  }
  await acceptAll(deps, office, { year: 2025, on: '2026-01-28', except: [...WAITING, LATE] })
  await acceptAll(deps, office, { year: 2025, on: '2026-02-05', except: WAITING })
}

// 城运中心 2023 年度的报告没有取得：没有取得不等于没有报，登记簿上不能写成逾期
async function exemptCenter(deps: Deps, office: SignedInActor): Promise<void> {
  const { bodyId } = await getBodyByCode(deps.db, 'csyxglzx')
  await must('免报', exceptFiling(atDay(deps, '2024-01-05'), office, { bodyId, year: 2023, kind: 'exempt', reason: '演示没有取得该单位 2023 年度的报告，不列入收集' }))
}

async function acceptAll(deps: Deps, office: SignedInActor, { year, on, except }: { year: number; on: string; except: readonly string[] }): Promise<void> {
  for (const { bodyId, bodyCode, status, round } of await listFilers(deps.db, year, on))
    if (status === 'filed' && !except.includes(bodyCode)) await must('受理', acceptFiling(atDay(deps, on, '10:00'), office, { bodyId, year, round, words: '' }))
}

/** 住建局把一件企业的申请登记成了自然人：区里审核时看出来，退回；机关更正记录，重新冻结、签发、报送，受理后公布。 */
async function returnOne(deps: Deps, office: SignedInActor, body: ExampleBody, cases: readonly ToldCase[]): Promise<void> {
  const key = { bodyId: body.bodyId, year: 2025 }
  const wrong = cases.find(
    ({ body: its, state }) =>
      its.code === body.code && state.applicantKind === 'N' && state.status === 'archived' && state.receivedOn?.startsWith('2025') === true && state.decision?.decidedOn.startsWith('2025') === true,
  )
  if (wrong === undefined) throw new Error('演示数据里没有可以更正的申请')
  const remarks = ['R1.B', 'R1.N'].map((cell) => ({ cell, sentence: null, text: `贵局答复的 ${wrong.state.regNo} 号申请由一家企业提出，请核对申请人的类型。` }))
  await must('退回', returnFiling(atDay(deps, '2026-01-14', '15:00'), office, { ...key, round: 1, words: '表三申请人的类型与来信不符，请核对后再报。', remarks }))
  const corrected = await correctApplication(atDay(deps, '2026-01-15', '09:30'), body.staff.officer, {
    bodyId: body.bodyId,
    caseId: wrong.caseId,
    version: wrong.events.length,
    reason: '核对来信，申请人为商业企业，登记为自然人有误',
    values: { applicantKind: 'B' },
  })
  if (!corrected.ok) throw new Error(`更正走不通：${corrected.refusal}`)
  const { until: _, ...plan } = planOf(body, 2025)
  await carryReport(deps, { ...plan, days: daysFrom('2026-01-15'), again: { reply: '已核对来信并更正登记，重新冻结，表三两列随之改正。' } })
}

/** 样板街道自己编好，存成文件报来，公布在别处。 */
async function uploadOne(deps: Deps, body: ExampleBody): Promise<void> {
  const at = atDay(deps, '2026-01-20', '16:00')
  const model = { ...(await liveReport(at, body.code, 2025)), narrative: narrativeFor(body, 2025), datedOn: '2026-01-19' }
  await anUploadedReport(at, { bodyId: body.bodyId, model, filedOn: '2026-01-20', filer: actorKey(body.staff.officer) })
  await must('补记公布', tellPublication(at, body.staff.officer, { bodyId: body.bodyId, year: 2025, publishedOn: '2026-01-20', url: `https://example.gov.cn/${body.code}/2025nb` }))
}

function bodyOf(bodies: readonly ExampleBody[], code: string): ExampleBody {
  const found = bodies.find((one) => one.code === code)
  if (found === undefined) throw new Error(`没有演示机构 ${code}`)
  return found
}

async function must(step: string, done: Promise<{ ok: boolean; refusal?: string }>): Promise<void> {
  const result = await done
  if (!result.ok) throw new Error(`演示的一月，${step}被拒：${result.refusal}`)
}
