import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { appParts } from '../app-parts.ts'
import { createApp } from '../app.tsx'
import { anApplication } from '../applications/testing.ts'
import { correctApplication, getApplication } from '../applications/index.ts'
import { aBody, aDistrict } from '../bodies/testing.ts'
import { aDocument, anItem } from '../catalogue/testing.ts'
import { cookieFor, createAccount } from '../identity/testing.ts'
import type { SignedInActor } from '../identity/index.ts'
import { testDb } from '../platform/testing.ts'
import { cellsOf } from '../statute/report-form.ts'
import { verifyAll } from '../platform/verify.ts'
import { reportVerifiers } from './index.ts'
import { NARRATIVE_FIELDS } from './collection/testing-desk.ts'
import { readReportBytes } from './reading/index.ts'
import { getReport } from './store.ts'

const { db, deps, setToday } = testDb()
const app = createApp(deps, appParts(deps))
const base = '/desk/reports/sljd/2025'
let bodyId = ''
let caseId = ''
const cookies: Record<string, string> = {}
const people: Record<string, SignedInActor> = {}

beforeAll(async () => {
  setToday('2026-01-05')
  await aDistrict(deps)
  const body = await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street', codeWord: '示' })
  bodyId = body.bodyId
  const roles = {
    xinxi: ['disclosure-officer'],
    fuze: ['disclosure-head'],
    baomi: ['secrecy-reviewer'],
    lingdao: ['leader'],
    fabu: ['publisher'],
  } as const
  for (const [name, held] of Object.entries(roles)) {
    const person = await createAccount(db, { name, displayName: `${name}（演示）`, bodyId, roles: held })
    people[name] = person
  }
  await signInAll()
  caseId = await anApplication(deps, bodyId, { regNo: '示公开申〔2025〕1号', receivedOn: '2025-03-03', decidedOn: '2025-03-20', outcome: 'PARTIAL' })
  await anApplication(deps, bodyId, { receivedOn: '2025-12-20', applicantKind: 'B' })
  await anApplication(deps, bodyId, { receivedOn: '2024-12-20', decidedOn: '2025-01-10', outcome: 'GRANTED', applicantKind: 'L' })
  await anItem(db, bodyId, { title: '机构职能', publishedOn: '2025-02-02', formedOn: '2025-01-20', codes: ['A20_02'] })
  await aDocument(db, bodyId, { madeOn: '2025-05-06' })
})

/** 会话有时限：换了日子要重新登录。 */
async function signInAll(): Promise<void> {
  for (const [name, person] of Object.entries(people)) cookies[name] = await cookieFor(db, person, deps.clock.now())
}

async function get(path: string, who?: string): Promise<Response> {
  return app.request(path, { headers: who === undefined ? {} : { cookie: cookies[who] ?? '' } })
}

async function post(path: string, who: string, fields: Record<string, string> = {}): Promise<Response> {
  return app.request(path, {
    method: 'POST',
    headers: {
      cookie: cookies[who] ?? '',
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams(fields).toString(),
  })
}

const stateOf = async () => (await getReport(db, bodyId, 2025)).state
const caseVersion = async () => (await getApplication(db, bodyId, caseId)).version
const versionOf = async () => String((await getReport(db, bodyId, 2025)).version)

describe('一份年度报告，从立到更正', () => {
  test('没有登录的看不到工作台；没有公布的门户不露', async () => {
    expect((await get(base)).status).toBe(303)
    expect((await get('/bodies/sljd/annual-reports/2025')).status).toBe(404)
  })

  test('立、冻结：数由台账得出，每格可点开', async () => {
    expect((await post(`${base}/open`, 'xinxi')).status).toBe(303)
    expect((await post(`${base}/freeze`, 'xinxi')).status).toBe(303)
    const { snapshot } = await stateOf()
    expect(snapshot?.cells).toMatchObject({
      'R1.N': 1, 'R1.B': 1, 'R1.T': 2, 'R2.L': 1, 'R3.2.N': 1, 'R3.1.L': 1, 'R3.7.T': 2, 'R4.B': 1, 'T2.norm.made': 1, 'T2.norm.valid': 1, 'T4.rv.total': 0,
    })
    expect(Object.keys(snapshot?.cells ?? {}).toSorted()).toEqual([...cellsOf('2021')].toSorted())
    const page = await (await get(base, 'xinxi')).text()
    expect(page).toContain(`href="${base}/cells/R3.2.N"`)
    const cell = await (await get(`${base}/cells/R3.2.N`, 'xinxi')).text()
    expect(cell).toContain('示公开申〔2025〕1号')
    const csv = await (await get(`${base}/cells/R3.7.T/records.csv`, 'xinxi')).text()
    expect(csv.trim().split('\r\n')).toHaveLength(3)
    expect(csv).toContain('示公开申〔2025〕1号')
    expect((await get(`${base}/cells/R3.7.T/records.csv`, 'lingdao')).status).toBe(403)
    expect(await (await get(`${base}/cells/R3.1.N`, 'xinxi')).text()).toContain('没有记录，所以是 0')
    expect((await get(`${base}/cells/R9.9.N`, 'xinxi')).status).toBe(404)
  })

  test('没有立报告的年度，也能从记录看到所计的格', async () => {
    const page = await get('/desk/reports/sljd/2024/cells/R4.L', 'xinxi')
    expect(page.status).toBe(200)
    expect(await page.text()).not.toContain('href="/desk/reports/sljd/2024"')
    expect((await get('/desk/reports/sljd/2024/drift', 'xinxi')).status).toBe(404)
  })

  test('从记录看到它计入的每一格', async () => {
    const page = await (await get(`/desk/records/application/${bodyId}/${caseId}`, 'xinxi')).text()
    for (const cell of ['R1.N', 'R1.T', 'R3.2.N', 'R3.2.T', 'R3.7.N', 'R3.7.T']) expect(page).toContain(`${base}/cells/${cell}"`)
    expect(page).not.toContain(`${base}/cells/R4.N"`)
    expect(page).toContain('没有逾期')
    const late = await anApplication(deps, bodyId, { receivedOn: '2023-03-01', decidedOn: '2023-07-03', outcome: 'GRANTED' })
    const record = await (await get(`/desk/records/application/${bodyId}/${late}`, 'xinxi')).text()
    expect(record.replaceAll(/<[^>]+>/g, '|')).toMatch(/答复期限\|+2023-03-29\|+.*是否按期\|+逾期/)
  })

  test('手写了表里的数字不予保存，填过的都在，错处在栏旁', async () => {
    const version = await versionOf()
    const answer = await post(`${base}/narrative`, 'xinxi', { ...NARRATIVE_FIELDS, version, 'overview.requests': '全年收到申请5件' })
    expect(answer.status).toBe(422)
    const page = await answer.text()
    expect(page).toContain('请改用 {新收申请数}')
    expect(page).toContain('全年收到申请5件')
    expect(page).toContain('落实先审查、后公开')
    expect((await stateOf()).narrative).toBeNull()
  })

  test('保存正文；他人已改的说明白，不覆盖', async () => {
    const version = await versionOf()
    expect((await post(`${base}/narrative`, 'xinxi', { ...NARRATIVE_FIELDS, version })).status).toBe(303)
    expect((await stateOf()).status).toBe('drafting')
    const late = await post(`${base}/narrative`, 'fuze', { ...NARRATIVE_FIELDS, version })
    expect(late.status).toBe(422)
    expect(await late.text()).toContain('他人刚才改过这份报告')
  })

  test('台账在冻结之后有改动，不能提交，重新冻结之后才行', async () => {
    setToday('2026-01-06')
    await signInAll()
    const xinxi = people['xinxi']
    if (xinxi === undefined) throw new Error('没有这个人')
    const changed = await correctApplication(deps, xinxi, { bodyId, caseId, version: await caseVersion(), values: { applicantKind: 'B' }, reason: '登记时选错了类型' })
    expect(changed).toMatchObject({ ok: true })
    const findings = await (await get(`${base}/findings`, 'xinxi')).text()
    expect(findings).toContain('K10')
    const drift = await (await get(`${base}/drift`, 'xinxi')).text()
    expect(drift).toContain('示公开申〔2025〕1号')
    expect(drift).toContain('更正记录')
    await post(`${base}/check`, 'xinxi')
    expect((await stateOf()).status).toBe('drafting')
    await post(`${base}/freeze`, 'xinxi')
    expect((await stateOf()).snapshot?.cells['R3.2.B']).toBe(1)
  })

  test('字体没有的字：可以保存，校核时报错，下载 PDF 说明缘由，不算系统出错', async () => {
    const rare = { ...NARRATIVE_FIELDS, 'others.more': '负责人王𠮷😀。' }
    expect((await post(`${base}/narrative`, 'xinxi', { ...rare, version: await versionOf() })).status).toBe(303)
    expect(await (await get(`${base}/findings`, 'xinxi')).text()).toContain('有 2 个字现有字体都没有，排不成 PDF：“𠮷”“😀”')
    const download = await get(`${base}/download/pdf`, 'xinxi')
    expect([download.status, download.headers.get('location')]).toEqual([303, base])
    await post(`${base}/check`, 'xinxi')
    expect((await stateOf()).status).toBe('drafting')
    expect((await post(`${base}/narrative`, 'xinxi', { ...NARRATIVE_FIELDS, version: await versionOf() })).status).toBe(303)
  })

  test('提醒须具名说明，理由太短不收', async () => {
    const page = await (await get(`${base}/findings`, 'xinxi')).text()
    const keys = [...page.matchAll(/name="finding" value="([0-9a-f]+)"/g)].map(([, key]) => key ?? '')
    for (const key of keys) {
      expect((await post(`${base}/waive`, 'xinxi', { finding: key, [`reason-${key}`]: '略' })).status).toBe(422)
      expect((await post(`${base}/waive`, 'xinxi', { finding: key, [`reason-${key}`]: '已与台账原件核对无误' })).status).toBe(303)
    }
    expect((await stateOf()).waivers.map((one) => one.person)).toEqual(keys.map(() => 'xinxi（演示）'))
  })

  test('校核、保密审查、签发，各由不同的人；没有权限的拒绝', async () => {
    await post(`${base}/check`, 'xinxi')
    expect((await stateOf()).status).toBe('checked')
    expect((await post(`${base}/review`, 'xinxi', { result: 'pass' })).status).toBe(403)
    expect((await post(`${base}/review`, 'baomi', { result: 'fail', opinion: '' })).status).toBe(422)
    expect((await post(`${base}/review`, 'baomi', { result: 'pass', version: '1' })).status).toBe(409)

    // 退回修改：编报告的人得到通知，理由在报告页首，再提交校核之后不再提
    await post(`${base}/review`, 'baomi', { result: 'fail', opinion: '第二段的地点不宜公开', version: await versionOf() })
    const back = await (await get(base, 'xinxi')).text()
    expect(back).toContain('baomi（演示）退回修改')
    expect(back).toMatch(/照退回的意见改正文[\s\S]*写正文/)
    const told = await db.selectFrom('notice').innerJoin('account', 'account.account_id', 'notice.account_id').select(['account.name', 'note']).where('title', '=', '2025 年度报告退回修改').orderBy('account.name').execute()
    expect(told).toEqual(['fuze', 'xinxi'].map((name) => ({ name, note: '退回的理由在报告的页面上' })))
    await post(`${base}/check`, 'xinxi')
    const again = await (await get(base, 'xinxi')).text()
    expect(again).not.toContain('baomi（演示）退回修改')
    expect(again).toContain('第二段的地点不宜公开')

    await post(`${base}/review`, 'baomi', { result: 'pass', opinion: '不涉密', version: await versionOf() })
    expect((await stateOf()).status).toBe('reviewed')
    expect((await post(`${base}/publish`, 'fabu')).status).toBe(303)
    expect((await stateOf()).publishedOn).toBeNull()
    await post(`${base}/sign`, 'lingdao', { version: await versionOf() })
    expect((await stateOf()).status).toBe('signed')
  })

  test('报送、公布；门户可见，四种版本与 JSON 可下载，读回来逐格相同', async () => {
    await post(`${base}/file`, 'xinxi')
    await post(`${base}/publish`, 'fabu')
    expect(await stateOf()).toMatchObject({ status: 'released', filedOn: '2026-01-06', publishedOn: '2026-01-06' })
    const path = '/bodies/sljd/annual-reports/2025'
    const page = await (await get(path)).text()
    expect(page).toContain('新收政府信息公开申请2件')
    expect(await (await get('/bodies/sljd/items?page=9')).text()).toContain('这一页没有内容')
    const { snapshot } = await stateOf()
    for (const format of ['html', 'docx', 'pdf', 'xlsx', 'json']) {
      const file = await get(`${path}/download/${format}`)
      expect(file.status).toBe(200)
      const bytes = new Uint8Array(await file.arrayBuffer())
      const again = new Uint8Array(await (await get(`${path}/download/${format}`)).arrayBuffer())
      expect(Buffer.compare(bytes, again)).toBe(0)
      const read = await readReportBytes(bytes, `report.${format}`)
      expect(read.cells, format).toEqual(snapshot?.cells)
      expect(read).toMatchObject({ body: '示例街道办事处', year: 2025 })
    }
    expect((await get(`${path}/download/exe`)).status).toBe(404)
  })

  test('公布之后台账再改，报告不动，显示为出入；更正另起一版，旧版仍可查', async () => {
    setToday('2026-02-02')
    await signInAll()
    const xinxi = people['xinxi']
    if (xinxi === undefined) throw new Error('没有这个人')
    await correctApplication(deps, xinxi, { bodyId, caseId, version: await caseVersion(), values: { applicantKind: 'O' }, reason: '复核改正申请人类型' })
    expect(await (await get(base, 'xinxi')).text()).toContain('冻结之后台账有改动')
    const path = '/bodies/sljd/annual-reports/2025'
    expect((await post(`${base}/correct`, 'xinxi', { reason: '申请人类型有误' })).status).toBe(403)
    await post(`${base}/correct`, 'fuze', { reason: '表三申请人类型有误', version: await versionOf() })
    expect(await stateOf()).toMatchObject({ status: 'drafting', edition: 2 })
    // 更正没有法定期限：不因另起一版又算逾期，一览里仍写第一版何时报送
    expect(await (await get(base, 'xinxi')).text()).toContain('2026-01-06 办齐。')
    expect(await (await get('/desk/reports', 'xinxi')).text()).toContain('2026-01-06，更正版未报送')
    const toDos = await (await get('/desk', 'xinxi')).text()
    expect(toDos).toContain('更正 2025 年度报告')
    expect(toDos).not.toContain('年度报告 · 逾期')
    expect((await get(path)).status).toBe(200)
    await post(`${base}/freeze`, 'xinxi')
    const page = await (await get(`${base}/findings`, 'xinxi')).text()
    for (const [, key = ''] of page.matchAll(/name="finding" value="([0-9a-f]+)"/g))
      await post(`${base}/waive`, 'xinxi', { finding: key, [`reason-${key}`]: '已与台账原件核对无误' })
    await post(`${base}/check`, 'xinxi')
    await post(`${base}/review`, 'baomi', { result: 'pass', version: await versionOf() })
    await post(`${base}/sign`, 'lingdao', { version: await versionOf() })
    await post(`${base}/file`, 'xinxi')
    await post(`${base}/publish`, 'fabu')
    const latest = await (await get(path)).text()
    expect(latest).toContain('更正说明：表三申请人类型有误')
    const old = await (await get(`${path}/editions/1`)).text()
    expect(old).toContain('已有更正后的新版')
    expect(old).not.toContain('更正说明')
    expect((await get(`${path}/editions/9`)).status).toBe(404)
  })

  test('期限过后仍没有立的，到年底都是待办；主管部门看得到全区办到哪里、谁还没有开始', async () => {
    setToday('2026-11-24')
    const late = await aBody(deps, { code: 'slqjyj', name: '示例区教育局', kind: 'organ' })
    await aBody(deps, { code: 'new', name: '新设的局', kind: 'organ', establishedOn: '2026-03-01' })
    const clerk = await createAccount(db, { name: 'jy-xinxi', displayName: '教育局信息员', bodyId: late.bodyId, roles: ['disclosure-officer'], at: deps.clock.now() })
    const office = await createAccount(db, { name: 'zhengwu', displayName: '区政务公开办', bodyId: late.bodyId, roles: ['district-office'], at: deps.clock.now() })
    cookies['clerk'] = await cookieFor(db, clerk, deps.clock.now())
    cookies['office'] = await cookieFor(db, office, deps.clock.now())
    expect(await (await get('/desk', 'clerk')).text()).toContain('开始编制 2025 年度报告')
    const page = await (await get('/desk/reports', 'office')).text()
    expect(page).toContain('2025 年度：应有 2 份，已报送并公布 1 份，在办 0 份，还没有开始 1 份')
    expect(page).toContain('还没有开始的：示例区教育局。')
    await signInAll()
    expect(await (await get('/desk/reports', 'xinxi')).text()).not.toContain('应有 2 份')
  })

  test('连按两下报送不是错误；系统里已有上年报告的，不再要人载入', async () => {
    await post(`${base}/file`, 'xinxi')
    const cookie = `${cookies['xinxi']}; ${(await post(`${base}/file`, 'xinxi')).headers.getSetCookie().find((line) => line.startsWith('notice='))?.split(';')[0]}`
    const page = await (await app.request(base, { headers: { cookie } })).text()
    expect(page).toContain('<div class="notice warn"')
    expect(page).toContain('已经报送过了')
    expect((await post('/desk/reports/sljd/2026/open', 'xinxi')).status).toBe(303)
    const previous = await (await get('/desk/reports/sljd/2026/previous', 'xinxi')).text()
    expect(previous).toContain('系统里已有报送或公布的 2025 年度报告')
    expect(previous).not.toContain('type="file"')
  })

  test('冻结得早、还没有数培训与登记的报告，校核说明', async () => {
    expect(await (await get(`${base}/findings`, 'xinxi')).text()).not.toContain('冻结得早')
    const frozen = () => db.updateTable('timeline_event').where('body_id', '=', bodyId).where('stream', '=', 'annual-report').where('kind', '=', 'frozen')
    const kept = await db.selectFrom('timeline_event').select(['case_id', 'version', 'data']).where('body_id', '=', bodyId).where('stream', '=', 'annual-report').where('kind', '=', 'frozen').execute()
    await frozen().set({ data: sql`data #- '{snapshot,figures,safeguards}'` }).execute()
    expect(await (await get(`${base}/findings`, 'xinxi')).text()).toContain('冻结得早，没有培训、会议、建议提案、重点领域的数')
    for (const one of kept) await frozen().where('case_id', '=', one.case_id).where('version', '=', one.version).set({ data: sql`${JSON.stringify(one.data)}::jsonb` }).execute()
  })

  test('verify：行等于重放，各版与摘要相符', async () => {
    expect((await verifyAll(deps, reportVerifiers)).flatMap((one) => one.problems)).toEqual([])
    await db.updateTable('annual_report').set({ status: 'frozen' }).where('body_id', '=', bodyId).execute()
    expect((await verifyAll(deps, reportVerifiers))[0]?.problems[0]?.message).toContain('status')
  })
})
