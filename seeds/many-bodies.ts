import { acceptFiling, anUploadedReport, assignFilings, listFilers, liveReport, lockYear, openCollection, returnFiling } from '../src/annual-report/testing.ts'
import { aParsedApplication, manyApplications } from '../src/applications/testing.ts'
import type { ApplicantKind } from '../src/applications/index.ts'
import { aBody } from '../src/bodies/testing.ts'
import type { BodyKind } from '../src/bodies/index.ts'
import { aLedgerRecord, recordItems } from '../src/catalogue/testing.ts'
import type { SignedInActor } from '../src/identity/index.ts'
import { transaction } from '../src/platform/connect.ts'
import type { Deps } from '../src/platform/deps.ts'
import type { Outcome } from '../src/statute/outcomes.ts'
import { yearOf, type PlainDate } from '../src/statute/plain-date.ts'
import { atDay, instant } from './clock.ts'
import { after, workingDaysOf } from './days.ts'
import { correctDistrictReport } from './example-government.ts'
import { narrativeOf } from './example-narratives.ts'
import { seeded, type Random } from './random.ts'

export const MOST_BODIES = 1000
const CODE = 'dl'
/** 头一家的代码：有它即已经造过 */
export const firstCode = `${CODE}1`
const REPORTED = [2024, 2025] as const

type Fate = 'accepted' | 'waiting' | 'returned' | 'late' | 'silent'
/** 每十家：六家受理，其余待审、退回、迟报、没有报各一。 */
const FATES: readonly Fate[] = ['accepted', 'accepted', 'accepted', 'waiting', 'accepted', 'returned', 'accepted', 'late', 'accepted', 'silent']
const FIELDS = ['城乡建设', '教育体育', '卫生健康', '民政救助', '市场监管', '生态环境', '农业农村', '文化旅游', '水务水利', '交通运输', '应急管理', '统计调查'] as const
const OUTCOMES: readonly Outcome[] = ['GRANTED', 'GRANTED', 'GRANTED', 'GRANTED', 'GRANTED_ALREADY_PUBLIC', 'GRANTED_ALREADY_PUBLIC', 'PARTIAL', 'DENY_THIRD_PARTY', 'DENY_PROCESS', 'UNABLE_NOT_HELD', 'UNABLE_NOT_HELD', 'UNABLE_NEEDS_CREATION', 'NP_PETITION', 'OTHER']
const KINDS = [...'NNNNNNNNNBBLPRO'] as ApplicantKind[]

interface Made {
  bodyId: string
  code: string
  kind: BodyKind
  index: number
  fate: Fate
  field: string
}

/**
 * 在演示的区里再造许多机关（名称都带「示例」），各有两三年的申请与信息，2024 年度都报了、锁定了，
 * 2025 年度有受理的、待审的、退回的、迟报的、没有报的；供区政务公开办的人照三百家的样子走一遍；
 * 全区 2025 年度的报告由区政府的人（zf-xinxi 等，演示口令）办到公布。三百家约一分钟。
 */
export async function loadManyBodies(deps: Deps, office: SignedInActor, count: number, say: (line: string) => void): Promise<void> {
  if (!Number.isInteger(count) || count < 1 || count > MOST_BODIES) throw new RangeError(`机关须为 1 至 ${MOST_BODIES} 家`)
  await transaction(deps.db, async (tx) => {
    const within: Deps = { ...deps, db: tx }
    const made: Made[] = []
    for (let index = 0; index < count; index++) made.push(await makeOne(within, index))
    say(`${count} 家机关，连同它们的申请与信息`)
    for (const one of made) await fileOne(within, one, 2024)
    await openNext(within, office, made)
    await correctDistrictReport(within)
    say('全区 2024 年度的报告已照受理的各份更正')
    for (const one of made) await fileOne(within, one, 2025)
    say('各年度的报告已报来')
    await handleNext(within, office, made)
    say('全区的报告由示例区人民政府的人编制：zf-xinxi 起草　zf-fuzeren 校核　zf-baomi 保密审查　zf-lingdao 签发　zf-fabu 公布；区政务公开办仍是 zhengwu')
  })
}

async function makeOne(deps: Deps, index: number): Promise<Made> {
  const random = seeded(20250000 + index)
  const field = FIELDS[index % FIELDS.length] ?? '综合'
  const kind: BodyKind = index % 4 === 3 ? 'street' : 'organ'
  const code = `${CODE}${index + 1}`
  const name = kind === 'street' ? `示例第${index + 1}街道办事处` : `示例区${field}第${index + 1}局`
  const { bodyId } = await aBody(atDay(deps, '2022-12-30'), { code, name, kind, codeWord: `示${index + 1}`, establishedOn: '2019-03-01', namedFrom: '2019-03-01', sort: 100 + index, demo: true })
  const today = deps.clock.today()
  const years = [...REPORTED, ...(yearOf(today) > 2025 ? [yearOf(today)] : [])]
  // 偶有一家特别多的
  const size = index % 60 === 7 ? 240 : random.between(2, 40)
  await manyApplications(deps, bodyId, years.flatMap((year) => someApplications(year, size, today, random, code)))
  await recordItems(deps.db, bodyId, years.flatMap((year) => someItems(year, random, field, today)), { source: '生成的演示数据', recordedOn: ({ content }) => ({ actor: 'system:seed', at: instant(content.formedOn, '16:30') }) })
  return { bodyId, code, kind, index, fate: FATES[(index + Math.floor(index / 20)) % FATES.length] ?? 'accepted', field }
}

function someApplications(year: number, size: number, today: PlainDate, random: Random, code: string) {
  const days = workingDaysOf(year).filter((day) => day < today)
  const most = Math.round((size * days.length) / 250)
  return Array.from({ length: Math.min(most, days.length) }, (_, i) => {
    const receivedOn = random.pick(days)
    const decidedOn = after(receivedOn, random.between(4, 40) > 38 ? 22 : random.between(4, 19))
    const decided = decidedOn <= today
    return aParsedApplication({
      regNo: `${code}-${year}-${String(i + 1).padStart(3, '0')}`,
      receivedOn,
      applicantKind: random.pick(KINDS),
      ...(decided ? { decidedOn, outcome: random.pick(OUTCOMES), docNo: `${code}答〔${decidedOn.slice(0, 4)}〕${year}-${i + 1}号`, servedOn: decidedOn, deliveryMethod: 'ELECTRONIC' as const } : {}),
    })
  })
}

const someItems = (year: number, random: Random, field: string, today: PlainDate) =>
  Array.from({ length: random.between(3, 15) }, (_, i) => {
    const formedOn = random.pick(workingDaysOf(year).filter((day) => day < today))
    return aLedgerRecord({ title: `${field}工作${year}年第${i + 1}号公告`, formedOn, codes: ['A20_02'], summaryKind: 'overview' })
  })

/** 报来一份：数由台账得出，正文由演示的句子拼成，存成文件上传。 */
async function fileOne(deps: Deps, { bodyId, code, kind, index, fate, field }: Made, year: number): Promise<void> {
  if (year === 2025 && fate === 'silent') return
  const filedOn = year === 2025 && fate === 'late' ? '2026-02-04' : after(`${year + 1}-01-05`, index % 15)
  const at = atDay(deps, filedOn, '10:30')
  const narrative = narrativeOf({ index, code, kind, field, codeWord: code }, year)
  const model = { ...(await liveReport(at, code, year)), narrative, datedOn: after(`${year + 1}-01-03`, index % 15) }
  await anUploadedReport(at, { bodyId, model, filedOn, filer: 'system:seed', format: 'json', explain: { person: '报送人（演示）', reason: '经核对属实' }, quiet: true })
}

const acceptOn = async (deps: Deps, office: SignedInActor, on: PlainDate, made: readonly Made[], year: number): Promise<void> => {
  for (const { bodyId } of made) await must(acceptFiling(atDay(deps, on, '15:00'), office, { bodyId, year, round: 1, words: '' }))
}

/** 2024 年度的受理、锁定；2025 年度的开始收集、分派：都在各机关报来之前。 */
async function openNext(deps: Deps, office: SignedInActor, made: readonly Made[]): Promise<void> {
  await acceptOn(deps, office, '2025-02-20', made, 2024)
  await lockYear(atDay(deps, '2025-04-20'), office, 2024)
  await openCollection(atDay(deps, '2026-01-04'), office, 2025)
  await must(assignFilings(atDay(deps, '2026-01-04', '11:00'), office, { year: 2025, bodyIds: (await listFilers(deps.db, 2025, '2026-01-04')).map(({ bodyId }) => bodyId), reviewer: office.accountId }))
}

async function handleNext(deps: Deps, office: SignedInActor, made: readonly Made[]): Promise<void> {
  for (const { bodyId } of made.filter(({ fate }) => fate === 'returned'))
    await must(returnFiling(atDay(deps, '2026-01-30', '16:00'), office, { bodyId, year: 2025, round: 1, words: '请核对申请人的类型后再报。', remarks: [{ cell: 'R1.N', sentence: null, text: '与来信的登记不一致，请逐件核对。' }] }))
  await acceptOn(deps, office, '2026-02-06', made.filter(({ fate }) => fate === 'accepted'), 2025)
}

async function must(done: Promise<{ ok: boolean; refusal?: string }>): Promise<void> {
  const result = await done
  if (!result.ok) throw new Error(`生成的报送走不通：${result.refusal}`)
}
