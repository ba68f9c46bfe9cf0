import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadWuchang } from '../../seeds/wuchang.ts'
import { aClient, aSystem, anIntake } from '../../src/api/testing.ts'
import { appParts, visitorOf } from '../../src/app-parts.ts'
import { createApp } from '../../src/app.tsx'
import { addDocument, actOnApplication, buildPackage, actOnCorrection, draftLetter, issueLetter, markDocument, produceDocument, registerApplication, returnLetter, runProduction, registerCorrection, saveListView, setWording, signLetter } from '../../src/applications/testing.ts'
import { setSetting } from '../../src/bodies/index.ts'
import { PNG, aCitizen, fillDraft, submitDraft } from '../../src/applications/citizen/testing-citizen.ts'
import type { Citizen } from '../../src/applications/citizen/testing-citizen.ts'
import { aBody } from '../../src/bodies/testing.ts'
import type { PartContent } from '../../src/catalogue/column/column-parts.ts'
import { savePart } from '../../src/catalogue/column/column-acts.ts'
import { aChannel, aGuide, anInstitution, aShownPart, channelsOf } from '../../src/catalogue/column/testing-column.ts'
import { itemFilePath, itemPath } from '../../src/catalogue/index.ts'
import { withdraw } from '../../src/catalogue/testing.ts'
import { aLinkedDocument, startCleanUp } from '../../src/catalogue/testing-normative.ts'
import { aPublishedItem, republish } from '../../src/catalogue/testing-published.ts'
import { aProposal, aWithheldItem, anInspection, someDeposits } from '../../src/catalogue/testing-duties.ts'
import { closePdf, toPdf } from '../../src/documents/index.ts'
import { listTokens } from '../../src/identity/index.ts'
import type { Role, SignedInActor } from '../../src/identity/index.ts'
import { cookieFor, createAccount, delegate } from '../../src/identity/testing.ts'
import { startImport } from '../../src/ledger-import/index.ts'
import { OLD_PROFILE, OLD_SITE, runExport, runReading, startExport, startSiteImport, subscribe, subscriptionPath, zipOf } from '../../src/catalogue/testing-hand-over.ts'
import { fieldKeys } from '../../src/platform/crypto.ts'
import { newId } from '../../src/platform/id.ts'
import { addSynonym } from '../../src/platform/search/index.ts'
import { closeRedaction } from '../../src/redaction/index.ts'
import { testDb } from '../../src/platform/testing.ts'
import { createWebhook } from '../../src/webhooks/index.ts'
import { axe, shoot, withBrowser } from '../browser.ts'
import { assessed } from '../support/assessed.ts'
import type { Assessed } from '../support/assessed.ts'
import { complained } from '../support/complained.ts'
import { loadSafeguards } from '../../seeds/example-safeguards.ts'
import type { Safeguarded } from '../../seeds/example-safeguards.ts'
import { getSession, openSignIn } from '../../src/supervision/testing.ts'
import type { Complained } from '../support/complained.ts'
import { closeReader } from '../../src/annual-report/testing.ts'
import { filingsToVisit, type FilingsToVisit } from '../support/filings-to-visit.ts'
import { disputed } from '../support/disputed.ts'
import type { Disputed } from '../support/disputed.ts'
import { followed } from '../support/followed.ts'
import { validHtml } from '../support/html-valid.ts'
import type { Followed } from '../support/followed.ts'
import { rolledUp } from '../support/rolled-up.ts'
import { reviewed } from '../support/reviewed.ts'
import type { Reviewed } from '../support/reviewed.ts'
import { anItemAtDesk } from '../support/item-at-desk.ts'
import type { ItemAtDesk } from '../support/item-at-desk.ts'
import { aStreet } from '../support/street.ts'
import type { Street } from '../support/street.ts'
import { watchTroubles } from '../support/troubles.ts'

const { db, deps } = testDb()
const app = createApp(deps, appParts(deps))
const browser = withBrowser()

const ADMINS = { xitong: 'system-admin', anquan: 'security-admin', shenji: 'auditor', zhengwu: 'district-office' } as const satisfies Record<string, Role>
type Who = 'visitor' | 'applicant' | 'finder' | 'tracker' | 'payer' | 'asker' | 'wisher' | 'complainer' | 'rater' | 'grumbler' | keyof typeof ADMINS | 'officer' | 'head' | 'secrecy' | 'leader' | 'publisher' | 'roller'
type Visit = readonly [path: string, who: Who] | readonly [path: string, who: Who, kind: 'file']

const people = new Map<Who, SignedInActor>()
let street: Street
let importId = ''
let accountId = ''
let caseId = ''
let onlineId = ''
let paperId = ''
let someIndexNo = ''
let subscriptionId = ''
let oldSite = ''
const district = { set: '' }
const subscriptionLink = (act: 'confirm' | 'end'): string => subscriptionPath(fieldKeys(deps.config.secretKey), act, subscriptionId)
let archivedId = ''
let after: Followed
let examined: Assessed
let heard: Complained
let fought: Disputed
const FOUGHT = (which: 'review' | 'suit' | 'answered'): string => `/desk/reviews/${fought[which]}`
let collected: FilingsToVisit
let atDesk: ItemAtDesk
let onTheWay: Reviewed
const citizens = new Map<Who, Citizen>()
const letters = { draft: newId(), issued: newId(), returned: newId() }
const consulted = { caseId: newId(), id: '' }
const corrections = { open: newId(), proposed: newId(), decided: newId() }

beforeAll(async () => {
  await loadWuchang(deps)
  street = await aStreet(deps)
  const office = await aBody(deps, { code: 'zfb', name: '武昌区人民政府办公室', kind: 'district-office', codeWord: '武昌政办', sort: 9 })
  for (const [name, role] of Object.entries(ADMINS))
    people.set(name as keyof typeof ADMINS, await createAccount(db, { name, displayName: `${name}（演示）`, bodyId: office.bodyId, roles: [role] }))
  for (const post of ['officer', 'head', 'secrecy', 'leader', 'publisher'] as const) people.set(post, street.staff[post])
  accountId = street.staff.handler.accountId
  await addSynonym(db, { synonymId, words: ['市民之家', '政务服务中心'] }, deps.clock.now())
  caseId = newId()
  const intake = { channel: 'POST_SIGNED', submittedOn: '2026-01-12', confirmedOn: '2026-01-13', proof: '挂号 XA12345678942', kind: 'N', content: '示例街道 2023 年老旧小区改造第三批项目的施工合同、竣工验收报告、设计变更单', form: '电子邮件；电子', note: null, applicant: { name: '张三', idNo: '420106199001011234', contact: '13800001234', details: { idKind: '居民身份证', email: 'zhang@example.cn', postalAddress: '湖北省武汉市武昌区中山路1号', assistance: 'reading' } } } as const
  await registerApplication(deps, street.staff.officer, { bodyId: street.bodyId, caseId, intake, seen: '' })
  await connectHall()
  await goAway()
  await registerApplication(deps, street.staff.officer, { bodyId: street.bodyId, caseId: consulted.caseId, intake: { ...intake, content: '某项目的监理合同', applicant: { ...intake.applicant, name: '钱某', idNo: null } }, seen: '' })
  await consult()
  await writeLetters()
  await wordLetters()
  await prepareDocuments()
  await askCorrections()
  await applyOnline()
  await archiveCase()
  await keepPolicies()
  await keepDuties()
  await publishItems()
  await writeColumn()
  after = await followed(app, deps, street)
  const rolled = await rolledUp(deps, people.get('zhengwu') ?? street.staff.leader)
  district.set = rolled.set
  people.set('roller', rolled.officer)
  atDesk = await anItemAtDesk(app, deps, street.staff.officer)
  onTheWay = await reviewed(deps, street)
  heard = await complained(app, deps, street)
  fought = await disputed(deps, street)
  collected = await filingsToVisit(deps, { bodyId: street.bodyId, bodyName: '示例街道办事处', officer: street.staff.officer, office: people.get('zhengwu')! })
  const supervisor = people.get('zhengwu')
  if (supervisor === undefined) throw new Error('没有区政务公开办')
  examined = await assessed(deps, street, supervisor)
  await safeguardStreet()
  citizens.set('complainer', heard.complainer)
  citizens.set('grumbler', heard.grumbler)
  citizens.set('rater', heard.rater)
  citizens.set('payer', after.payer)
  citizens.set('asker', after.asker)
  citizens.set('wisher', after.wisher)
  await subscribe(deps, { mail: 'reader@example.cn', wish: { bodyId: street.bodyId, topic: null, words: '预算' } })
  subscriptionId = (await db.selectFrom('mail_subscription').select('subscription_id').executeTakeFirstOrThrow()).subscription_id
  const site = await startSiteImport(deps, street.staff.officer, { bodyId: street.bodyId, file: { name: '旧网站.zip', bytes: zipOf(OLD_SITE) }, profile: OLD_PROFILE })
  await runReading(deps, site)
  oldSite = site.importId
  await startExport(deps, street.staff.officer, { bodyId: street.bodyId, full: false })
  await runExport(deps, await db.selectFrom('site_export').select(['body_id as bodyId', 'export_id as exportId']).executeTakeFirstOrThrow(), visitorOf(deps))
  someIndexNo = (await db.selectFrom('published_item').select('index_no').where('withdrawn_on', 'is', null).limit(1).executeTakeFirstOrThrow()).index_no
  const bytes = Buffer.from('标题,文号,形成日期,发布日期,事项,分类\n示例街道办事处机构职能,,2025-01-20,2025-02-02,A20_02,概况\n街道重大建设项目,,2025-13-01,2025-03-01,第九十九条,\n')
  importId = (await startImport(deps, street.staff.officer, { bodyId: street.bodyId, kind: 'items', file: { name: '2025年主动公开台账.csv', bytes } })).importId
}, 120_000)
afterAll(() => Promise.all([closePdf(), closeReader(), closeRedaction()]))

let kept: Safeguarded
const signing = { path: '' }

/** 示例街道的领导小组、培训、问题、登记；将办的一场开放了签到。 */
async function safeguardStreet(): Promise<void> {
  const { bodyId, staff } = street
  kept = await loadSafeguards(deps, { bodyId, staff, field: '社区服务' })
  const ref = { bodyId, sessionId: kept.plannedId }
  await openSignIn(deps, staff.officer, { ...ref, seen: (await getSession(db, ref)).version })
  signing.path = `/training/sljd/${(await getSession(db, ref)).signIn?.code}`
}

const published = { rule: '', reading: '', old: '', file: '' }

/** 公开的信息：有表格、图、附件的一条，解读它、废止旧的；旧的已废止。 */
async function publishItems(): Promise<void> {
  const { bodyId } = street
  const old = await aPublishedItem(deps, bodyId, { title: '示例街道临时救助办法（旧）', html: '<p>旧的办法。</p>' })
  const table = '<table><thead><tr><th scope="col">类别</th><th scope="col">标准（元）</th></tr></thead><tbody><tr><td>急难型</td><td>2000</td></tr></tbody></table>'
  const rule = await aPublishedItem(deps, bodyId, {
    title: '示例街道临时救助办法',
    docNo: '示街规〔2026〕1号',
    html: `<h2>一、对象</h2><p>因火灾、重病等陷入困境的家庭。</p><h3>（一）标准</h3>${table}<ol><li>申请</li><li>入户核查<ul><li>两人以上</li></ul></li></ol><blockquote><p>不重复享受。</p></blockquote><hr><p data-align="right">示例街道办事处</p>`,
    attachments: [{ name: '申请表.txt', mediaType: 'text/plain', content: Buffer.from('姓名、住址、困难情形。'.repeat(20)) }],
    details: { genre: 'rules', keywords: ['救助'], relations: [{ kind: 'repeals', indexNo: old.indexNo }] },
    classification: { codes: ['A20_01', 'A21_07'] },
  })
  const reading = await aPublishedItem(deps, bodyId, { title: '临时救助办法怎样看', details: { genre: 'interpretation', relations: [{ kind: 'interprets', indexNo: rule.indexNo }] } })
  await republish(deps, bodyId, reading.itemId, { html: '<p>补充了怎样申请。</p>' })
  const { details } = await db.selectFrom('published_item').select('details').where('item_id', '=', rule.itemId).executeTakeFirstOrThrow()
  Object.assign(published, { rule: itemPath(rule.indexNo), reading: itemPath(reading.indexNo), old: itemPath(old.indexNo), file: itemFilePath(rule.itemId, details?.attachments[0] ?? { key: '', name: '' }) })
}

const delegationId = { value: '' }
const viewId = newId()
const synonymId = newId()

/** 一次委托；一个存下的筛选。 */
async function goAway(): Promise<void> {
  const { staff } = street
  const made = await delegate(deps, staff.leader, { to: staff.head.accountId, roles: ['leader'], startsOn: deps.clock.today(), endsOn: deps.clock.today(), reason: '外出培训' })
  if (!made.ok) throw new Error(Object.values(made.problems).join('；'))
  delegationId.value = made.delegation.delegationId
  expect(await saveListView(deps, staff.officer, { viewId, made: { list: 'open', query: 'status=awaiting' }, name: '在等人的', isDefault: false, shared: false })).toMatchObject({ ok: true })
}

/** 改过一处文书的用语。 */
async function wordLetters(): Promise<void> {
  if (!(await setWording(deps, street.staff.head, { bodyId: street.bodyId, letter: 'L15', part: 'collect', shown: '{称呼}可以在工作日上午九时至下午五时，带身份证件到本街道政务服务中心领取。', seen: 0 })).ok) throw new Error('改不成')
}

/** 街道的专栏：指南公布过两版、又有一份送批，机构信息与渠道各公布一版。 */
async function writeColumn(): Promise<void> {
  const { bodyId, staff } = street
  const show = (part: 'guide' | 'institution' | 'channels', content: PartContent) => aShownPart(deps, { officer: staff.officer, head: staff.leader }, { bodyId, part, content })
  await show('institution', anInstitution())
  await show('guide', aGuide())
  await show('guide', aGuide({ hours: '工作日全天' }))
  const board = aChannel({ name: '留言板', phone: '', url: 'https://example.gov.cn/board', qr: 'https://example.gov.cn/board' })
  await show('channels', channelsOf(aChannel(), board))
  expect(await savePart(deps, staff.officer, { bodyId, part: 'guide', content: aGuide({ hours: '工作日上午' }), seen: 0, submit: true })).toEqual({ ok: true })
}

/** 一件正在征求第三方意见的。 */
async function consult(): Promise<void> {
  const given = (name: string): string => ({ with: 'THIRD_PARTY', party: '王某某', contact: '13900000000', on: deps.clock.today() })[name] ?? ''
  const answer = await actOnApplication(deps, street.staff.officer, { bodyId: street.bodyId, caseId: consulted.caseId, seen: 1, name: 'send-consultation', given })
  if (!answer.ok) throw new Error(answer.refusal)
  for (const event of answer.events) if (event.kind === 'consultation-sent') consulted.id = event.id
}

/** 一件草稿、一件发出的、一件退回的文书。 */
async function writeLetters(): Promise<void> {
  const { bodyId, staff } = street
  const seed = { kind: 'system', name: 'seed' } as const
  for (const [key, value] of [['court', '武汉市武昌区人民法院'], ['letterPhone', '027-88880000']] as const) await setSetting(deps, seed, { bodyId, key, value })
  await draftLetter(deps, staff.officer, { bodyId, caseId, letterId: letters.draft, type: 'L03', recipient: '', fields: { items: '没有写明合同的名称', requirements: '写明合同的名称、签订时间或者对方单位' } })
  const ref = { bodyId, caseId, letterId: letters.issued }
  await draftLetter(deps, staff.officer, { ...ref, type: 'L11', recipient: '城市管理科', fields: { matter: '检索合同并提出可否公开的意见', by: '2026-01-20' } })
  await signLetter(deps, staff.leader, { ...ref, seen: 1 })
  expect(await issueLetter(deps, staff.officer, { ...ref, seen: 2 })).toMatchObject({ ok: true })
  const sentBack = { bodyId, caseId, letterId: letters.returned }
  await draftLetter(deps, staff.officer, { ...sentBack, type: 'L11', recipient: '档案室', fields: { matter: '检索合同', by: '2026-01-20' } })
  expect(await returnLetter(deps, staff.leader, { ...sentBack, seen: 1, reason: '写明检索的年份' })).toEqual({ ok: true })
}

/** 更正申请三件：待核实、待批准、已作出处理。 */
async function askCorrections(): Promise<void> {
  const { bodyId, staff } = street
  const intake = { channel: 'IN_PERSON', receivedOn: '2026-01-12', kind: 'N', applicant: { name: '张三', idNo: '420106199001011234', contact: '13800001234', details: {} }, request: { record: '网格化服务登记表所载的家庭人口数', claim: '户口簿记载为三人' } } as const
  const given = (fields: Record<string, string>) => (name: string) => fields[name] ?? ''
  for (const [name, correctionId] of Object.entries(corrections)) {
    await registerCorrection(deps, staff.officer, { bodyId, correctionId, intake })
    if (name === 'open') continue
    const answer = { result: 'CORRECTED', verified: '登记表所载与户籍记载不一致，系录入时误记', corrected: '家庭人口数为3人' }
    expect(await actOnCorrection(deps, staff.officer, { bodyId, correctionId, seen: 1, step: 'verify', given: given(answer) })).toEqual({ ok: true })
    if (name === 'decided') expect(await actOnCorrection(deps, staff.leader, { bodyId, correctionId, seen: 2, step: 'decide', given: given({ on: deps.clock.today() }) })).toEqual({ ok: true })
  }
}

const FIX = (which: keyof typeof corrections): string => `/desk/record-corrections/${corrections[which]}`
const documents = { marked: newId(), ready: newId() }

/** 答复所附的文件：一份标了的，一份已生成遮盖件、待另一人核对。 */
async function prepareDocuments(): Promise<void> {
  const { bodyId, staff } = street
  const bytes = await toPdf({ title: '施工合同', creator: '示例', datedOn: '2023-03-01', demo: false, blocks: ['甲方联系人的手机号码 13800001234', '工期一百二十天'].map((text) => ({ kind: 'paragraph', spans: [text] })) })
  for (const documentId of Object.values(documents)) {
    const ref = { bodyId, caseId, documentId }
    expect(await addDocument(deps, staff.handler, { ...ref, name: '合同.pdf', bytes })).toEqual({ ok: true })
    expect(await markDocument(deps, staff.handler, { ...ref, seen: 1, places: [{ kind: 'area', part: 1, x: 0.3, y: 0.1, w: 0.3, h: 0.1, text: '' }], ground: 'PRIVACY', reason: '联系人的手机号码' })).toEqual({ ok: true })
  }
  const ref = { bodyId, caseId, documentId: documents.ready }
  await produceDocument(deps, staff.handler, { ...ref, seen: 2 })
  await runProduction(deps, { ...ref, version: 3 })
}

const DOCUMENTS = '/desk/applications/:id/documents'
const DOCUMENT = (which: keyof typeof documents = 'marked'): string => `${CASE()}/documents/${documents[which]}`
const LETTERS = '/desk/applications/:id/letters'
const LETTER = (which: keyof typeof letters = 'draft'): string => `${CASE()}/letters/${letters[which]}`
/** 一位填到一半的公众；一位提交了的，机关已确认收到、请其补正。 */
async function applyOnline(): Promise<void> {
  const [applicant, tracker] = [aCitizen(app), aCitizen(app)]
  for (const citizen of [applicant, tracker]) {
    await fillDraft(citizen, '/apply/sljd')
    await citizen.upload('/apply/sljd/papers', [['identity', '身份证.png', PNG]])
  }
  const receipt = await submitDraft(tracker, '/apply/sljd')
  const row = await db.selectFrom('application').select('case_id').where('reg_no', '=', receipt.regNo).executeTakeFirstOrThrow()
  onlineId = row.case_id
  paperId = (await db.selectFrom('application_paper').select('paper_id').where('case_id', '=', onlineId).executeTakeFirstOrThrow()).paper_id
  const today = deps.clock.today()
  const session = await sessionOf('officer')
  const headers = { cookie: `${session.name}=${session.value}`, 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }
  for (const [version, action, fields] of [['1', 'confirm-receipt', {}], ['2', 'ask-supplement', { items: '请写明小区的名称' }]] as const)
    await app.request(`/desk/applications/${onlineId}/${action}`, { method: 'POST', headers, body: new URLSearchParams({ version, on: today, ...fields }).toString() })
  await tracker.post('/applications/track', receipt)
  const finder = aCitizen(app)
  await fillDraft(finder, '/apply/sljd', '2025 年的部门预算')
  citizens.set('finder', finder)
  citizens.set('applicant', applicant)
  citizens.set('tracker', tracker)
}

const withheld = { waiting: '', proposed: '' }
const deposits = { handed: '', draft: '' }

/** 待公开与逾期的、不予公开的，外链、自查、移送清单。 */
async function keepDuties(): Promise<void> {
  const { bodyId, staff } = street
  await aWithheldItem(deps, bodyId, { title: '逾期未公开的采购目录', on: '2025-10-09', classification: { attribute: 'proactive', codes: ['A20_09'], exemption: null } })
  await aPublishedItem(deps, bodyId, { title: '办事指引', html: '<p>见<a href="https://www.example.cn/guide">指引</a></p>', attachments: [{ name: '坏的.pdf', mediaType: 'application/pdf', content: Buffer.from('x') }] })
  withheld.waiting = await aWithheldItem(deps, bodyId, { title: '会议的讨论稿', on: '2024-10-09' })
  withheld.proposed = await aWithheldItem(deps, bodyId, { on: '2024-11-09' })
  await aProposal(deps, staff.officer, { bodyId, itemId: withheld.proposed })
  await anInspection(deps, bodyId)
  Object.assign(deposits, await someDeposits(deps, staff.officer, bodyId))
}

/** 一件归了档、做成了档案包的。 */
async function archiveCase(): Promise<void> {
  const { bodyId, staff } = street
  archivedId = newId()
  const intake = { channel: 'IN_PERSON', submittedOn: '2026-01-05', confirmedOn: '2026-01-05', proof: '', kind: 'N', content: '某路段的照明改造合同', form: null, note: null, applicant: { name: '孙某', idNo: null, contact: null, details: {} } } as const
  await registerApplication(deps, staff.officer, { bodyId, caseId: archivedId, intake, seen: '' })
  const given = (name: string): string => (name === 'on' ? deps.clock.today() : '')
  for (const [seen, name] of [[1, 'withdraw'], [2, 'archive']] as const) expect(await actOnApplication(deps, staff.officer, { bodyId, caseId: archivedId, seen, name, given })).toMatchObject({ ok: true })
  await buildPackage(deps, { bodyId, caseId: archivedId })
  const waitingId = newId()
  await registerApplication(deps, staff.officer, { bodyId, caseId: waitingId, intake: { ...intake, content: '某路段的绿化养护合同', applicant: { ...intake.applicant, name: '周某' } }, seen: '' })
  expect(await actOnApplication(deps, staff.officer, { bodyId, caseId: waitingId, seen: 1, name: 'withdraw', given })).toMatchObject({ ok: true })
}

const SYSTEM = '/desk/systems/:code/:id'
const hall = { system: '', tokenId: '', hook: '' }

/** 一个接入的系统，有令牌、有回调。 */
async function connectHall(): Promise<void> {
  const { bodyId } = street
  const [admin, security] = [people.get('xitong'), people.get('anquan')]
  if (admin === undefined || security === undefined) throw new Error('没有管理员')
  const ref = await aSystem(deps, { admin, security, bodyId, scopes: ['applications:submit', 'applications:read'] })
  const made = await createWebhook(deps, admin, { ...ref, url: 'https://hall.example.cn/callback', events: ['application.created', 'application.status-changed'] })
  if (!made.ok) throw new Error(made.message)
  hall.system = `/desk/systems/sljd/${ref.systemId}`
  hall.hook = `${hall.system}/webhooks/${made.webhookId}`
  hall.tokenId = (await listTokens(db, ref))[0]?.tokenId ?? ''
  await aClient(app, ref.token).post('/api/applications', anIntake({ content: '大厅转来的：示例街道老旧小区改造的施工图' }))
}

const policies = { current: '', old: '', ended: '', round: newId() }

/** 一件现行有效、有解读的，由它废止的一件，有效期届满的一件；开了一轮清理。 */
async function keepPolicies(): Promise<void> {
  const { bodyId, staff } = street
  const made = { madeOn: '2026-01-05', effectiveOn: '2026-01-06' }
  const current = await aLinkedDocument(deps, bodyId, { facts: { title: '示例街道便民摊点管理办法', docNo: '示街办规〔2026〕2号', expiresOn: '2031-01-05', ...made }, item: { attachments: [{ name: '摊点申请表.docx', mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', content: Buffer.from('表') }] } })
  await aPublishedItem(deps, bodyId, { title: '《示例街道便民摊点管理办法》解读', details: { relations: [{ kind: 'interprets', indexNo: current.indexNo }] } })
  const old = await aLinkedDocument(deps, bodyId, { facts: { title: '示例街道临时摊点规定', docNo: '示街办规〔2026〕1号', ...made }, then: [{ kind: 'repealed', on: '2026-01-12', basis: '由《示例街道便民摊点管理办法》废止', by: current.documentId }] })
  const ended = await aLinkedDocument(deps, bodyId, { facts: { title: '示例街道防汛值守规定（试行）', docNo: '示街办规〔2026〕3号', expiresOn: '2026-01-13', ...made } })
  Object.assign(policies, { current: current.documentId, old: old.documentId, ended: ended.documentId })
  expect(await startCleanUp(deps, staff.officer, { bodyId, cleanUpId: policies.round, title: '2026 年规范性文件清理', basis: '区政府办公室通知', asOf: deps.clock.today() })).toEqual({ ok: true })
}

const CASE = (): string => `/desk/applications/${caseId}`
const DESK = '/desk/reports/sljd/2025'
const REPORT = '/desk/reports/:code/:year{[0-9]{4}}'
const ROLL_UP = '/desk/roll-up/:year{[0-9]{4}}'
const PUBLIC = '/bodies/:code/annual-reports/:year{[0-9]{4}}'
const COLLECT = '/desk/filings/:year{[0-9]{4}}'
const FILING = '/desk/filings/:code/:year{[0-9]{4}}'

/** 每一条 GET 路由，各以谁的身份、到哪些地址去看；漏了一条即不通过。 */
const VISITS: Readonly<Record<string, () => readonly Visit[]>> = {
  '/': () => [['/', 'visitor']],
  '/apply': () => [['/apply', 'visitor']],
  '/search': () => [['/search', 'visitor'], [`/search?q=${encodeURIComponent('年度报告')}`, 'visitor'], [`/search?q=${encodeURIComponent('区政府办公室电话')}`, 'visitor'], [`/search?q=${encodeURIComponent('没有的词语')}&year=2020`, 'visitor']],
  '/desk/admin/search-words': () => [['/desk/admin/search-words', 'zhengwu']],
  '/desk/admin/search-words/:synonymId': () => [[`/desk/admin/search-words/${synonymId}`, 'zhengwu']],
  '/search/suggest': () => [[`/search/suggest?q=${encodeURIComponent('示例')}`, 'visitor', 'file']],
  '/apply/:code': () => [['/apply/csyxglzx', 'visitor'], ['/apply/sljd', 'applicant']],
  '/apply/:code/found': () => [['/apply/sljd/found', 'finder']],
  '/apply/:code/found/:of/:itemId': () => [[`/apply/sljd/found/sljd/${street.records.item}`, 'visitor']],
  '/apply/:code/no-need': () => [['/apply/sljd/no-need', 'visitor']],
  '/apply/:code/done': () => [['/apply/sljd/done', 'tracker']],
  '/apply/:code/:step': () => ['who', 'person', 'agent', 'content', 'delivery', 'help', 'papers', 'check'].map((step) => [`/apply/sljd/${step}`, 'applicant']),
  '/complain': () => [['/complain', 'visitor'], ['/complain?body=sljd', 'visitor']],
  '/complain/done': () => [['/complain/done', 'complainer']],
  '/complain/track': () => [['/complain/track', 'visitor']],
  '/complain/track/case': () => [['/complain/track/case', 'complainer'], ['/complain/track/case', 'rater']],
  '/complain/track/supply': () => [['/complain/track/supply', 'complainer']],
  '/complain/track/again': () => [['/complain/track/again', 'grumbler']],
  '/complain/track/rate': () => [['/complain/track/rate', 'rater']],
  '/supervision': () => [['/supervision', 'visitor']],
  '/supervision/:year{20[0-9][0-9]}': () => [['/supervision/2026', 'visitor']],
  '/training/:body/:sign{[0-9A-Z]{10}}': () => [[signing.path, 'visitor'], [signing.path, 'officer']],
  '/desk/progress/:noteId/file': () => [[`/desk/progress/${kept.noteId}/file`, 'officer', 'file']],
  '/desk/safeguards': () => [['/desk/safeguards', 'zhengwu']],
  '/desk/safeguards/:code': () => [['/desk/safeguards/sljd?year=2025', 'zhengwu']],
  '/desk/leading-group': () => [['/desk/leading-group', 'officer'], ['/desk/leading-group?year=2020', 'leader'], ['/desk/leading-group', 'zhengwu']],
  '/desk/leading-group/members': () => [['/desk/leading-group/members', 'officer']],
  '/desk/leading-group/members/:memberId': () => [[`/desk/leading-group/members/${kept.memberId}`, 'officer']],
  '/desk/leading-group/meetings/new': () => [['/desk/leading-group/meetings/new', 'officer'], ['/desk/leading-group/meetings/new', 'zhengwu']],
  '/desk/leading-group/meetings/:meetingId': () => [[`/desk/leading-group/meetings/${kept.meetingId}`, 'officer'], [`/desk/leading-group/meetings/${kept.meetingId}`, 'leader']],
  '/desk/leading-group/meetings/:meetingId/edit': () => [[`/desk/leading-group/meetings/${kept.meetingId}/edit`, 'officer']],
  '/desk/leading-group/meetings/:meetingId/file': () => [[`/desk/leading-group/meetings/${kept.scannedId}/file`, 'officer', 'file']],
  '/desk/leading-group/meetings/:meetingId/:minutes{minutes\\.(?:pdf|docx)}': () => ['pdf', 'docx'].map((format) => [`/desk/leading-group/meetings/${kept.meetingId}/minutes.${format}`, 'officer', 'file']),
  '/desk/leading-group/tasks': () => [['/desk/leading-group/tasks', 'officer'], ['/desk/leading-group/tasks?state=late', 'leader']],
  '/desk/leading-group/tasks/:taskId': () => [[`/desk/leading-group/tasks/${kept.taskId}`, 'officer'], [`/desk/leading-group/tasks/${kept.lateTaskId}`, 'leader']],
  '/desk/training': () => [['/desk/training', 'officer'], ['/desk/training?state=held&year=2025', 'leader'], ['/desk/training', 'zhengwu']],
  '/desk/training.csv': () => [['/desk/training.csv', 'officer', 'file']],
  '/desk/training/plan': () => [['/desk/training/plan', 'officer'], ['/desk/training/plan?year=2025', 'leader']],
  '/desk/training/sessions/new': () => [['/desk/training/sessions/new', 'officer']],
  '/desk/training/sessions/:sessionId': () => [[`/desk/training/sessions/${kept.plannedId}`, 'officer'], [`/desk/training/sessions/${kept.heldId}`, 'officer'], [`/desk/training/sessions/${kept.heldId}`, 'leader']],
  '/desk/training/sessions/:sessionId/edit': () => [[`/desk/training/sessions/${kept.plannedId}/edit`, 'officer']],
  '/desk/training/sessions/:sessionId/sign-in': () => [[`/desk/training/sessions/${kept.plannedId}/sign-in`, 'officer']],
  '/desk/training/questions': () => [['/desk/training/questions', 'officer'], ['/desk/training/questions?topic=report&q=none', 'leader']],
  '/desk/training/questions/own': () => [['/desk/training/questions/own', 'officer'], ['/desk/training/questions/own', 'zhengwu']],
  '/desk/training/questions.csv': () => [['/desk/training/questions.csv', 'officer', 'file']],
  '/desk/training/questions/template.csv': () => [['/desk/training/questions/template.csv', 'officer', 'file']],
  '/desk/training/questions/template.xlsx': () => [['/desk/training/questions/template.xlsx', 'officer', 'file']],
  '/desk/training/questions/:questionId': () => [[`/desk/training/questions/${kept.questionId}`, 'officer']],
  '/desk/training/papers': () => [['/desk/training/papers', 'officer'], ['/desk/training/papers', 'zhengwu']],
  '/desk/training/papers/new': () => [['/desk/training/papers/new', 'officer']],
  '/desk/training/papers/:paperId': () => [[`/desk/training/papers/${kept.paperId}`, 'officer'], [`/desk/training/papers/${kept.paperId}`, 'leader']],
  '/desk/training/attempts/:attemptId': () => [[`/desk/training/attempts/${kept.attemptId}`, 'officer'], [`/desk/training/attempts/${kept.openAttemptId}`, 'officer']],
  '/desk/training/mine': () => [['/desk/training/mine', 'officer'], ['/desk/training/mine', 'zhengwu']],
  '/desk/training/suggestions': () => [['/desk/training/suggestions', 'officer'], ['/desk/training/suggestions', 'zhengwu']],
  '/desk/problems': () => [['/desk/problems', 'officer'], ['/desk/problems?year=2025', 'officer'], ['/desk/problems?year=2024&state=solved', 'leader'], ['/desk/problems', 'zhengwu']],
  '/desk/problems.csv': () => [['/desk/problems.csv?year=2025', 'officer', 'file']],
  '/desk/problems/new': () => [['/desk/problems/new', 'officer']],
  '/desk/problems/:problemId': () => [[`/desk/problems/${kept.problemId}`, 'officer'], [`/desk/problems/${kept.problemId}`, 'leader']],
  '/desk/problems/measures/:measureId': () => [[`/desk/problems/measures/${kept.measureId}`, 'officer']],
  '/desk/registers/proposals': () => [['/desk/registers/proposals', 'officer'], ['/desk/registers/proposals?kind=people&q=none', 'leader'], ['/desk/registers/proposals', 'zhengwu']],
  '/desk/registers/proposals.csv': () => [['/desk/registers/proposals.csv', 'officer', 'file']],
  '/desk/registers/proposals/template.csv': () => [['/desk/registers/proposals/template.csv', 'officer', 'file']],
  '/desk/registers/proposals/template.xlsx': () => [['/desk/registers/proposals/template.xlsx', 'officer', 'file']],
  '/desk/registers/proposals/new': () => [['/desk/registers/proposals/new', 'officer']],
  '/desk/registers/proposals/:id': () => [[`/desk/registers/proposals/${kept.proposalId}`, 'officer']],
  '/desk/registers/key-fields': () => [['/desk/registers/key-fields', 'officer'], ['/desk/registers/key-fields?year=2020', 'leader'], ['/desk/registers/key-fields', 'zhengwu']],
  '/desk/registers/key-fields.csv': () => [['/desk/registers/key-fields.csv', 'officer', 'file']],
  '/desk/registers/key-fields/template.csv': () => [['/desk/registers/key-fields/template.csv', 'officer', 'file']],
  '/desk/registers/key-fields/template.xlsx': () => [['/desk/registers/key-fields/template.xlsx', 'officer', 'file']],
  '/desk/registers/key-fields/new': () => [['/desk/registers/key-fields/new', 'officer']],
  '/desk/registers/key-fields/:id': () => [[`/desk/registers/key-fields/${kept.keyFieldId}`, 'officer']],
  [`${REPORT}/narrative/registers`]: () => [[`${DESK}/narrative/registers`, 'officer']],
  [`${REPORT}/cells/:register{training|meetings|proposals|key-fields}`]: () => [[`${DESK}/cells/meetings`, 'officer']],
  '/desk/complaints': () => [['/desk/complaints', 'officer'], ['/desk/complaints?q=none', 'officer'], ['/desk/complaints', 'zhengwu'], ['/desk/complaints?body=sljd', 'zhengwu']],
  '/desk/complaints/answered': () => [['/desk/complaints/answered', 'officer']],
  '/desk/complaints/all': () => [['/desk/complaints/all', 'officer']],
  '/desk/complaints.csv': () => [['/desk/complaints.csv', 'officer', 'file']],
  '/desk/complaints/by-body': () => [['/desk/complaints/by-body', 'zhengwu']],
  '/desk/complaints/retention': () => [['/desk/complaints/retention', 'head']],
  '/desk/complaints/new': () => [['/desk/complaints/new', 'officer']],
  '/desk/complaints/:id': () => [...[heard.fresh, heard.open, heard.decided, heard.answered].map((id) => [`/desk/complaints/${id}`, 'head'] as const), [`/desk/complaints/${heard.answered}`, 'leader']],
  '/desk/complaints/:id/identity': () => [[`/desk/complaints/${heard.open}/identity`, 'officer']],
  '/desk/complaints/:id/letter': () => [[`/desk/complaints/${heard.answered}/letter`, 'officer']],
  '/desk/complaints/:id/evidence': () => [[`/desk/complaints/${heard.open}/evidence`, 'officer']],
  '/desk/complaints/:id/files/:fileId': () => [[`/desk/complaints/${heard.open}/files/${heard.fileId}`, 'officer', 'file']],
  '/desk/complaints/:id/:step': () => [
    ...['accept', 'classify', 'supply', 'transfer', 'merge', 'extend', 'link', 'bar', 'decline', 'withdraw'].map((step) => [`/desk/complaints/${heard.fresh}/${step}`, 'head'] as const),
    ...['investigate', 'draft', 'ask'].map((step) => [`/desk/complaints/${heard.open}/${step}`, 'head'] as const),
    [`/desk/complaints/${heard.drafted}/decide`, 'leader'],
    [`/desk/complaints/${heard.decided}/answer`, 'head'],
    ...['feed-back', 'close'].map((step) => [`/desk/complaints/${heard.answered}/${step}`, 'head'] as const),
  ],
  '/applications/track': () => [['/applications/track', 'visitor']],
  '/applications/track/case': () => (['tracker', 'payer', 'asker'] as const).map((who) => ['/applications/track/case', who]),
  '/applications/track/consent': () => [['/applications/track/consent', 'payer']],
  '/applications/track/payment': () => [['/applications/track/payment', 'payer']],
  '/applications/track/rating': () => [['/applications/track/rating', 'asker']],
  '/applications/track/suggest': () => [['/applications/track/suggest', 'wisher']],
  '/bodies/:code/answered-requests': () => [['/bodies/sljd/answered-requests', 'visitor'], ['/bodies/zfb/answered-requests', 'visitor']],
  '/bodies/:code/answered-requests/:id': () => [[`/bodies/sljd/answered-requests/${after.entryId}`, 'visitor']],
  '/bodies/:code/answered-requests/:id/attachments/:documentId': () => [[`/bodies/sljd/answered-requests/${after.entryId}/attachments/${after.documentId}`, 'visitor', 'file']],
  '/applications/track/withdraw': () => [['/applications/track/withdraw', 'tracker']],
  '/applications/track/supplement': () => [['/applications/track/supplement', 'tracker']],
  '/annual-reports': () => [['/annual-reports', 'visitor'], ['/annual-reports?year=2023', 'visitor']],
  '/bodies': () => [['/bodies', 'visitor'], ['/bodies?q=nothing', 'visitor']],
  '/bodies/:code': () => [['/bodies/csyxglzx', 'visitor'], ['/bodies/zfb', 'visitor'], ['/bodies/sljd', 'visitor']],
  '/bodies/:code/guide': () => [['/bodies/sljd/guide', 'visitor'], ['/bodies/zfb/guide', 'visitor']],
  '/bodies/:code/guide/application-form.docx': () => [['/bodies/sljd/guide/application-form.docx', 'visitor', 'file']],
  '/bodies/:code/institution': () => [['/bodies/sljd/institution', 'visitor'], ['/bodies/zfb/institution', 'visitor']],
  '/bodies/:code/channels': () => [['/bodies/sljd/channels', 'visitor'], ['/bodies/zfb/channels', 'visitor']],
  '/bodies/:code/rules': () => [['/bodies/csyxglzx/rules', 'visitor']],
  '/bodies/:code/statutory': () => [['/bodies/csyxglzx/statutory', 'visitor'], ['/bodies/csyxglzx/statutory?code=A20_07', 'visitor'], ['/bodies/csyxglzx/statutory?code=A20_05', 'visitor'], ['/bodies/zfb/statutory?code=A20_01', 'visitor']],
  '/bodies/:code/powers': () => [['/bodies/sljd/powers', 'visitor'], ['/bodies/zfb/powers', 'visitor']],
  '/items': () => [['/items', 'visitor'], ['/items?body=sljd&year=2025', 'visitor']],
  '/items/:indexNo{.+}': () => [[published.rule, 'visitor'], [published.old, 'visitor'], [published.reading, 'visitor']],
  '/item-files/:itemId/:key{[0-9a-f]{64}}/:name': () => [[published.file, 'visitor', 'file']],
  '/bodies/:code/items': () => [['/bodies/csyxglzx/items', 'visitor'], ['/bodies/zfb/items', 'visitor']],
  '/accessibility': () => [['/accessibility', 'visitor']],
  '/privacy': () => [['/privacy', 'visitor']],
  '/check': () => [['/check', 'visitor']],
  [PUBLIC]: () => [['/bodies/csyxglzx/annual-reports/2024', 'visitor'], ['/bodies/sljd/annual-reports/2023', 'visitor']],
  [`${PUBLIC}/editions/:edition{[0-9]{1,3}}`]: () => [['/bodies/sljd/annual-reports/2023/editions/1', 'visitor']],
  [`${PUBLIC}/download/:format`]: () => ['pdf', 'docx', 'xlsx', 'html', 'json'].map((format) => [`/bodies/csyxglzx/annual-reports/2024/download/${format}`, 'visitor', 'file']),
  [`${PUBLIC}/editions/:edition{[0-9]{1,3}}/download/:format`]: () => [['/bodies/sljd/annual-reports/2023/editions/1/download/docx', 'visitor', 'file']],
  '/schemas/annual-report.json': () => [['/schemas/annual-report.json', 'visitor', 'file']],
  '/sign-in': () => [['/sign-in', 'visitor']],
  '/sign-in/code': () => [['/sign-in/code', 'visitor']],

  '/desk/reviews': () => [['/desk/reviews', 'officer'], ['/desk/reviews?q=nothing', 'leader'], ['/desk/reviews?group=direct&state=open', 'head']],
  '/desk/reviews/lessons': () => [['/desk/reviews/lessons', 'officer'], ['/desk/reviews/lessons?state=corrected&outcome=DENY_PROCESS', 'zhengwu']],
  '/desk/reviews/lessons.xlsx': () => [['/desk/reviews/lessons.xlsx', 'officer', 'file']],
  '/desk/reviews/carry-over': () => [['/desk/reviews/carry-over', 'officer'], ['/desk/reviews/carry-over?year=2025', 'leader']],
  '/desk/reviews.xlsx': () => [['/desk/reviews.xlsx', 'officer', 'file']],
  '/desk/reviews/new': () => [['/desk/reviews/new', 'officer'], [`/desk/reviews/new?kind=review&doc=${encodeURIComponent('示街公开答〔2025〕1号')}`, 'officer'], ['/desk/reviews/new?kind=after-review&doc=nothing', 'officer']],
  '/desk/reviews/:id': () => [[FOUGHT('review'), 'officer'], [FOUGHT('suit'), 'leader'], [FOUGHT('answered'), 'officer'], [`/desk/reviews/${street.records.review}`, 'officer'], [`/desk/reviews/${street.records.litigation}`, 'officer']],
  '/desk/reviews/:id/personal-data': () => [[`${FOUGHT('review')}/personal-data`, 'officer']],
  '/desk/reviews/:id/parties/new': () => [[`${FOUGHT('review')}/parties/new`, 'officer']],
  '/desk/reviews/:id/steps/:step': () => [[`${FOUGHT('review')}/steps/decide`, 'officer'], [`${FOUGHT('answered')}/steps/set-hearing`, 'officer'], [`${FOUGHT('suit')}/steps/hold-hearing`, 'officer'], [`${FOUGHT('suit')}/steps/take-effect`, 'officer'], [`${FOUGHT('suit')}/steps/correct`, 'officer']],
  '/desk/reviews/:id/evidence': () => [[`${FOUGHT('review')}/evidence`, 'officer'], [`${FOUGHT('suit')}/evidence`, 'leader'], [`${FOUGHT('answered')}/evidence`, 'officer']],
  '/desk/reviews/:id/evidence/:evidence': () => [[`${FOUGHT('review')}/evidence/${fought.evidenceId}`, 'officer']],
  '/desk/reviews/:id/evidence/:evidence/remove': () => [[`${FOUGHT('review')}/evidence/${fought.evidenceId}/remove`, 'officer']],
  '/desk/reviews/:id/answers/:letter': () => [[`${FOUGHT('review')}/answers/${fought.submitted}`, 'officer'], [`${FOUGHT('review')}/answers/${fought.submitted}`, 'leader'], [`${FOUGHT('suit')}/answers/${fought.drafted}`, 'officer'], [`${FOUGHT('answered')}/answers/${fought.issued}`, 'officer']],
  '/desk/reviews/:id/answers/:letter/edit': () => [[`${FOUGHT('suit')}/answers/${fought.drafted}/edit`, 'officer']],
  '/desk/reviews/:id/answers/:letter/issue': () => [[`${FOUGHT('review')}/answers/${fought.submitted}/issue`, 'head']],
  '/desk/reviews/:id/answers/:letter/return': () => [[`${FOUGHT('review')}/answers/${fought.submitted}/return`, 'leader']],
  '/desk/reviews/:id/answers/:letter/discard': () => [[`${FOUGHT('suit')}/answers/${fought.drafted}/discard`, 'officer']],
  '/desk/reviews/:id/files': () => [[`${FOUGHT('review')}/files?what=evidence`, 'officer'], [`${FOUGHT('answered')}/files?what=${fought.issued}`, 'officer'], [`${FOUGHT('review')}/files?what=${fought.evidenceId}`, 'officer']],

  '/desk': () => [['/desk', 'officer'], ['/desk', 'xitong']],
  '/desk/reports': () => [['/desk/reports', 'officer'], ['/desk/reports', 'zhengwu'], ['/desk/reports?year=2020', 'zhengwu']],
  [REPORT]: () => [[DESK, 'officer'], ['/desk/reports/sljd/2024', 'publisher'], ['/desk/reports/sljd/2023', 'head']],
  [`${REPORT}/download/:format`]: () => [[`${DESK}/download/pdf`, 'officer', 'file']],
  [`${REPORT}/narrative`]: () => [[`${DESK}/narrative`, 'officer']],
  [`${REPORT}/findings`]: () => [[`${DESK}/findings`, 'officer'], ['/desk/reports/sljd/2023/findings', 'head']],
  [`${REPORT}/review`]: () => [['/desk/reports/sljd/2022/review', 'secrecy']],
  [`${REPORT}/sign`]: () => [['/desk/reports/sljd/2021/sign', 'leader']],
  [`${REPORT}/file`]: () => [['/desk/reports/sljd/2024/file', 'officer']],
  [`${REPORT}/publish`]: () => [['/desk/reports/sljd/2024/publish', 'publisher']],
  [`${REPORT}/return`]: () => [['/desk/reports/sljd/2024/return', 'leader']],
  [`${REPORT}/correct`]: () => [['/desk/reports/sljd/2023/correct', 'head']],
  [`${REPORT}/cells/:cell`]: () => ['R1.T', 'R3.2.N', 'R3.3.1.N', 'T4.rv.upheld', 'items', 'R1.R'].map((cell) => [`${DESK}/cells/${cell}`, 'officer']),
  [`${REPORT}/cells/:cell/records.csv`]: () => [[`${DESK}/cells/R1.T/records.csv`, 'officer', 'file']],
  [`${REPORT}/drift`]: () => [[`${DESK}/drift`, 'officer'], ['/desk/reports/csyxglzx/2024/drift', 'zhengwu']],
  '/desk/filings': () => [['/desk/filings', 'zhengwu']],
  [COLLECT]: () => [['/desk/filings/2025', 'zhengwu'], ['/desk/filings/2023?status=returned&sort=-filedOn', 'zhengwu']],
  [`${COLLECT}/list.csv`]: () => [['/desk/filings/2023/list.csv', 'zhengwu', 'file']],
  [`${COLLECT}/others`]: () => [['/desk/filings/2025/others', 'zhengwu']],
  [`${COLLECT}/open`]: () => [['/desk/filings/2026/open', 'zhengwu']],
  [`${COLLECT}/remind`]: () => [['/desk/filings/2025/remind', 'zhengwu']],
  [`${COLLECT}/accept`]: () => [['/desk/filings/2025/accept', 'zhengwu'], ['/desk/filings/2023/accept', 'zhengwu']],
  [`${COLLECT}/lock`]: () => [['/desk/filings/2023/lock', 'zhengwu']],
  [`${COLLECT}/assign`]: () => [['/desk/filings/2025/assign', 'zhengwu']],
  [FILING]: () => [['/desk/filings/sljd/2025', 'officer'], ['/desk/filings/sljd/2023', 'officer'], ['/desk/filings/sljd/2022', 'officer'], ['/desk/filings/sljd/2020', 'zhengwu']],
  [`${FILING}/:act{accept|allow|unlock|exempt|add|restore}`]: () => ['accept', 'allow', 'unlock', 'exempt', 'add', 'restore'].map((act) => [`/desk/filings/sljd/2020/${act}`, 'zhengwu']),
  [`${FILING}/return`]: () => [['/desk/filings/sljd/2020/return', 'zhengwu'], ['/desk/filings/sljd/2020/return?step=write&mark=R1.N', 'zhengwu']],
  [`${FILING}/rounds/:round{[0-9]{1,3}}`]: () => [['/desk/filings/sljd/2020/rounds/2', 'zhengwu'], ['/desk/filings/sljd/2023/rounds/1', 'officer']],
  [`${FILING}/rounds/:round{[0-9]{1,3}}/file`]: () => [['/desk/filings/sljd/2020/rounds/1/file', 'officer', 'file']],
  [`${FILING}/publication`]: () => [['/desk/filings/sljd/2020/publication', 'officer']],
  [`${FILING}/upload`]: () => [['/desk/filings/sljd/2022/upload', 'officer']],
  [`${FILING}/uploads/:upload`]: () => [[`/desk/filings/sljd/2022/uploads/${collected.uploads.fresh}`, 'officer']],
  [`${FILING}/uploads/:upload/discard`]: () => [[`/desk/filings/sljd/2022/uploads/${collected.uploads.fresh}/discard`, 'officer']],
  [`${FILING}/uploads/:upload/check`]: () => [[`/desk/filings/sljd/2022/uploads/${collected.uploads.confirmed}/check`, 'officer']],
  '/annual-reports/filings/:year{[0-9]{4}}': () => [['/annual-reports/filings/2023', 'visitor'], ['/annual-reports/filings/2020?status=late', 'visitor']],
  [`${REPORT}/previous`]: () => [[`${DESK}/previous`, 'officer']],
  [`${REPORT}/own-cells/:cell`]: () => [['/desk/reports/qzf/2025/own-cells/R1.N', 'zhengwu']],
  '/desk/roll-up': () => [['/desk/roll-up', 'zhengwu']],
  [ROLL_UP]: () => [['/desk/roll-up/2025', 'zhengwu'], ['/desk/roll-up/2025', 'roller'], ['/desk/roll-up/2024', 'zhengwu']],
  [`${ROLL_UP}/absent`]: () => [['/desk/roll-up/2025/absent', 'zhengwu'], ['/desk/roll-up/2025/absent?explained=no', 'zhengwu']],
  [`${ROLL_UP}/explain`]: () => [['/desk/roll-up/2025/explain', 'zhengwu']],
  [`${ROLL_UP}/absent/:code`]: () => [['/desk/roll-up/2025/absent/sljd', 'zhengwu']],
  [`${ROLL_UP}/cells/:cell`]: () => ['R1.N', 'T2.fee.amountWan', 'items'].map((cell) => [`/desk/roll-up/2025/cells/${cell}`, 'zhengwu']),
  [`${ROLL_UP}/compare`]: () => [['/desk/roll-up/2025/compare', 'zhengwu'], ['/desk/roll-up/2025/compare?measure=fees&group=street', 'zhengwu']],
  [`${ROLL_UP}/texts`]: () => [['/desk/roll-up/2025/texts', 'zhengwu'], ['/desk/roll-up/2020/texts', 'zhengwu']],
  [`${ROLL_UP}/set`]: () => [['/desk/roll-up/2025/set', 'zhengwu'], ['/desk/roll-up/2023/set', 'zhengwu']],
  [`${ROLL_UP}/set/:body/:file{[0-9a-f-]{36}\\.zip}`]: () => [[district.set, 'zhengwu', 'file']],
  [`${ROLL_UP}/export/:format{xlsx|json}`]: () => ['xlsx', 'json'].map((format) => [`/desk/roll-up/2025/export/${format}`, 'zhengwu', 'file']),
  '/desk/differences': () => [['/desk/differences', 'officer'], ['/desk/differences?a=sljd&aYear=2023&b=csyxglzx&bYear=2024', 'zhengwu'], ['/desk/differences?a=slj&aYear=2025&b=slj&bYear=2020', 'officer']],
  '/check/difference': () => [['/check/difference', 'visitor']],
  '/check/difference/published': () => [['/check/difference/published?a=sljd&aYear=2023&b=sljd&bYear=2023', 'visitor']],
  '/annual-reports/district/:year{[0-9]{4}}': () => [['/annual-reports/district/2025', 'visitor']],
  '/annual-reports/district/:year{[0-9]{4}}/cells/:cell': () => [['/annual-reports/district/2025/cells/R1.N', 'visitor']],
  '/desk/records/:kind/:body/:id': () => RECORDS.map(([kind, key]) => [`/desk/records/${kind}/${street.bodyId}/${street.records[key]}`, 'officer']),

  '/desk/applications': () => [['/desk/applications', 'officer'], ['/desk/applications?status=awaiting', 'officer'], ['/desk/applications?kind=L', 'head'], ['/desk/applications', 'zhengwu']],
  '/desk/applications/unconfirmed': () => [['/desk/applications/unconfirmed', 'officer']],
  '/desk/applications/closed': () => [['/desk/applications/closed', 'officer']],
  '/desk/applications/uncounted': () => [['/desk/applications/uncounted', 'officer']],
  '/desk/applications/views': () => [['/desk/applications/views', 'officer'], ['/desk/applications/views', 'head']],
  '/desk/applications/views/new': () => [['/desk/applications/views/new?list=open&status=awaiting', 'head']],
  '/desk/applications/views/:view': () => [[`/desk/applications/views/${viewId}`, 'officer']],
  '/desk/applications/views/:view/delete': () => [[`/desk/applications/views/${viewId}/delete`, 'officer']],
  '/desk/applications/assign': () => [['/desk/applications/assign', 'officer'], ['/desk/applications/assign?kind=L', 'head']],
  '/desk/applications/workload': () => [['/desk/applications/workload', 'officer']],
  '/desk/applications/calendar': () => [['/desk/applications/calendar', 'officer'], ['/desk/applications/calendar?month=2026-02', 'head']],
  '/desk/applications.csv': () => [['/desk/applications.csv?view=closed', 'officer', 'file']],
  '/desk/applications/new': () => [['/desk/applications/new', 'officer']],
  '/desk/applications/suggestions': () => [['/desk/applications/suggestions', 'officer']],
  '/desk/applications/:id/find-item': () => [[`${CASE()}/find-item`, 'officer'], [`${CASE()}/find-item?q=${encodeURIComponent('部门预算')}`, 'head']],
  '/desk/applications/ratings': () => [['/desk/applications/ratings', 'officer'], ['/desk/applications/ratings?score=satisfied', 'head']],
  '/desk/applications/ratings.csv': () => [['/desk/applications/ratings.csv?year=2026', 'head', 'file']],
  '/desk/applications/answered-log': () => [['/desk/applications/answered-log', 'officer'], ['/desk/applications/answered-log?status=draft', 'leader']],
  '/desk/applications/:id/answered-log': () => [[`/desk/applications/${after.askedId}/answered-log`, 'head'], [`/desk/applications/${after.wishedId}/answered-log`, 'officer']],
  '/desk/applications/:id/electronic-consent': () => [[`${CASE()}/electronic-consent`, 'officer']],
  '/desk/applications/:id/same-information': () => [[`/desk/applications/${after.askedId}/same-information`, 'officer'], [`${CASE()}/same-information`, 'officer']],
  '/desk/applications/:id/promote': () => [[`/desk/applications/${after.askedId}/promote`, 'officer']],
  '/desk/applications/:id': () => [[`/desk/applications/${consulted.caseId}`, 'officer'], [`/desk/applications/${after.askedId}`, 'officer'], [CASE(), 'officer'], [`/desk/applications/${street.records.application}`, 'leader']],
  '/desk/applications/:id/papers/:paperId': () => [[`/desk/applications/${onlineId}/papers/${paperId}`, 'officer']],
  '/desk/applications/:id/attach': () => [[`${CASE()}/attach`, 'officer']],
  '/desk/applications/:id/consultations/:consultation/party': () => [[`/desk/applications/${consulted.caseId}/consultations/${consulted.id}/party`, 'officer']],
  '/desk/applications/:id/consultations/:consultation/contact': () => [[`/desk/applications/${consulted.caseId}/consultations/${consulted.id}/contact`, 'officer']],
  '/desk/applications/:id/query-code': () => [[`${CASE()}/query-code`, 'officer'], [`/desk/applications/${onlineId}/query-code`, 'head']],
  '/desk/applications/:id/personal-data': () => [[`${CASE()}/personal-data`, 'officer']],
  '/desk/letters/wording': () => [['/desk/letters/wording', 'head']],
  '/desk/letters/wording/:letter': () => ['L01', 'L03', 'L15'].map((letter) => [`/desk/letters/wording/${letter}`, 'head']),
  '/desk/letters/wording/:letter/:part/reset': () => [['/desk/letters/wording/L15/collect/reset', 'head']],
  [LETTERS]: () => [[`${CASE()}/letters`, 'officer']],
  [`${LETTERS}/new/:type`]: () => ['L01', 'L06', 'L12'].map((type) => [`${CASE()}/letters/new/${type}`, 'officer']),
  [`${LETTERS}/:letter`]: () => [[LETTER(), 'officer'], [LETTER(), 'leader'], [LETTER('issued'), 'officer']],
  [`${LETTERS}/:letter/fields`]: () => [[`${LETTER()}/fields`, 'officer']],
  [`${LETTERS}/:letter/paragraphs`]: () => [[`${LETTER()}/paragraphs`, 'officer']],
  [`${LETTERS}/:letter/sign`]: () => [[`${LETTER()}/sign`, 'leader']],
  [`${LETTERS}/:letter/return`]: () => [[`${LETTER()}/return`, 'leader']],
  [`${LETTERS}/:letter/resubmit`]: () => [[`${LETTER('returned')}/resubmit`, 'officer']],
  [`${LETTERS}/:letter/issue`]: () => [[`${LETTER()}/issue`, 'officer']],
  [`${LETTERS}/:letter/discard`]: () => [[`${LETTER()}/discard`, 'officer']],
  [`${LETTERS}/:letter/draft/:format`]: () => ['pdf', 'docx'].map((format) => [`${LETTER()}/draft/${format}`, 'officer', 'file']),
  [`${LETTERS}/:letter/files`]: () => [[`${LETTER('issued')}/files`, 'officer']],
  [DOCUMENTS]: () => [[`${CASE()}/documents`, 'officer'], [`/desk/applications/${street.records.application}/documents`, 'leader']],
  [`${DOCUMENTS}/new`]: () => [[`${CASE()}/documents/new`, 'officer']],
  [`${DOCUMENTS}/:document`]: () => [[DOCUMENT(), 'officer'], [DOCUMENT('ready'), 'officer']],
  [`${DOCUMENTS}/:document/parts/:part`]: () => [[`${DOCUMENT()}/parts/1`, 'officer']],
  [`${DOCUMENTS}/:document/parts/:part/picture`]: () => [[`${DOCUMENT()}/parts/1/picture`, 'officer', 'file']],
  [`${DOCUMENTS}/:document/find`]: () => [[`${DOCUMENT()}/find`, 'officer']],
  [`${DOCUMENTS}/:document/confirm`]: () => [[`${DOCUMENT('ready')}/confirm`, 'officer']],
  [`${DOCUMENTS}/:document/remove`]: () => [[`${DOCUMENT()}/remove`, 'officer']],
  [`${DOCUMENTS}/:document/files`]: () => [[`${DOCUMENT('ready')}/files`, 'officer']],
  [`${DOCUMENTS}/:document/compare/:part`]: () => [[`${DOCUMENT('ready')}/compare/1`, 'officer']],
  [`${DOCUMENTS}/:document/compare/:part/picture`]: () => [[`${DOCUMENT('ready')}/compare/1/picture`, 'officer', 'file']],
  '/desk/applications/:id/:action': () => [
    ...['examine', 'ask-supplement', 'send-consultation', 'ask-reason', 'propose', 'assign', 'ask-co-handling', 'split', 'withdraw', 'correct'].map((action) => [`${CASE()}/${action}`, 'officer'] as const),
    ...['extend', 'notice-fee', 'void'].map((action) => [`${CASE()}/${action}`, 'head'] as const),
  ],

  '/desk/archive': () => [['/desk/archive', 'officer'], ['/desk/archive?ripe=yes', 'head']],
  '/desk/archive/kept': () => [['/desk/archive/kept', 'officer'], ['/desk/archive/kept?year=2020', 'officer']],
  '/desk/archive/due': () => [['/desk/archive/due', 'officer']],
  '/desk/archive/destroyed': () => [['/desk/archive/destroyed', 'leader']],
  '/desk/archive.csv': () => [['/desk/archive.csv?view=kept', 'officer', 'file']],
  '/desk/archive/cases/:id': () => [[`/desk/archive/cases/${archivedId}`, 'officer'], [`/desk/archive/cases/${caseId}`, 'leader']],
  '/desk/archive/cases/:id/download': () => [[`/desk/archive/cases/${archivedId}/download`, 'officer']],
  '/desk/archive/cases/:id/:step': () => [[`/desk/archive/cases/${archivedId}/hold`, 'officer']],

  '/desk/record-corrections': () => [['/desk/record-corrections', 'officer'], ['/desk/record-corrections?q=nothing', 'leader']],
  '/desk/record-corrections/new': () => [['/desk/record-corrections/new', 'officer'], ['/desk/record-corrections/new?as=organisation', 'officer']],
  '/desk/record-corrections/:id': () => [[FIX('open'), 'officer'], [FIX('proposed'), 'leader'], [FIX('decided'), 'officer']],
  '/desk/record-corrections/:id/personal-data': () => [[`${FIX('open')}/personal-data`, 'officer']],
  '/desk/record-corrections/:id/files': () => [[`${FIX('decided')}/files`, 'officer']],
  '/desk/record-corrections/:id/:step': () => [[`${FIX('open')}/verify`, 'officer'], [`${FIX('open')}/verify?result=CORRECTED`, 'officer'], [`${FIX('open')}/withdraw`, 'officer'], [`${FIX('proposed')}/decide`, 'leader'], [`${FIX('proposed')}/return`, 'leader'], [`${FIX('decided')}/tell`, 'officer']],

  '/policies': () => [['/policies', 'visitor'], ['/policies?validity=repealed&q=摊点', 'visitor'], ['/policies?q=nothing', 'visitor']],
  '/policies/directory': () => [['/policies/directory', 'visitor'], ['/policies/directory?body=sljd&on=2026-01-10', 'visitor'], ['/policies/directory?body=zfb', 'visitor']],
  ...Object.fromEntries(['pdf', 'xlsx', 'docx'].map((format) => [`/policies/directory.${format}`, () => [[`/policies/directory.${format}?body=sljd`, 'visitor', 'file']] as const])),
  '/policies/:documentId': () => [...[policies.current, policies.old, policies.ended, street.records.document].map((id) => [`/policies/${id}`, 'visitor'] as const)],
  '/desk/normative': () => [['/desk/normative', 'officer'], ['/desk/normative?validity=repealed', 'zhengwu']],
  '/desk/normative.csv': () => [['/desk/normative.csv', 'officer', 'file']],
  '/desk/normative/new': () => [['/desk/normative/new', 'officer']],
  '/desk/normative/clean-ups': () => [['/desk/normative/clean-ups', 'officer'], ['/desk/normative/clean-ups', 'zhengwu']],
  '/desk/normative/clean-ups/new': () => [['/desk/normative/clean-ups/new', 'officer']],
  '/desk/normative/clean-ups/:cleanUpId': () => [[`/desk/normative/clean-ups/${policies.round}`, 'officer'], [`/desk/normative/clean-ups/${policies.round}?result=keep`, 'leader']],
  '/desk/normative/clean-ups/:cleanUpId/close': () => [[`/desk/normative/clean-ups/${policies.round}/close`, 'leader']],
  '/desk/normative/:documentId': () => [policies.current, policies.old, policies.ended, street.records.document].map((id) => [`/desk/normative/${id}`, 'head'] as const),
  '/desk/normative/:documentId/correct': () => [[`/desk/normative/${policies.current}/correct`, 'officer']],
  '/desk/normative/:documentId/:step': () => [...['link', 'unlink', 'amend', 'extend', 'repeal', 'correct-validity'].map((step) => [`/desk/normative/${policies.current}/${step}`, 'head'] as const)],
  '/desk/dashboard': () => [['/desk/dashboard', 'officer'], ['/desk/dashboard', 'zhengwu'], ['/desk/dashboard?year=2024&q=none', 'zhengwu']],
  '/desk/dashboard.csv': () => [['/desk/dashboard.csv', 'zhengwu', 'file']],
  '/desk/dashboard/bodies/:code': () => [['/desk/dashboard/bodies/csyxglzx?year=2024', 'zhengwu']],
  '/desk/dashboard/records': () => [['/desk/dashboard/records?what=received', 'officer'], ['/desk/dashboard/records?what=open', 'zhengwu'], ['/desk/dashboard/records?what=T4.rv.corrected', 'officer']],
  '/desk/dashboard/records.csv': () => [['/desk/dashboard/records.csv?what=received', 'officer', 'file']],
  '/desk/dashboard/bodies/:code/records.csv': () => [['/desk/dashboard/bodies/csyxglzx/records.csv?what=items&from=2024-01-01&to=2024-12-31', 'zhengwu', 'file']],
  '/desk/dashboard/bodies/:code/records': () => [['/desk/dashboard/bodies/csyxglzx/records?what=items&from=2024-01-01&to=2024-12-31', 'zhengwu']],
  '/desk/duties': () => [['/desk/duties', 'head'], ['/desk/duties?scope=unknown', 'officer'], ['/desk/duties', 'zhengwu']],
  '/desk/duties.csv': () => [['/desk/duties.csv', 'zhengwu', 'file']],
  '/desk/duties/items': () => [['/desk/duties/items?state=late', 'officer'], ['/desk/duties/items?state=shown&code=A20_07', 'leader']],
  '/desk/duties/scope/:code': () => [['/desk/duties/scope/A20_10', 'head']],
  '/desk/duties/links': () => [['/desk/duties/links', 'officer']],
  '/desk/duties/inspections': () => [['/desk/duties/inspections', 'head'], ['/desk/duties/inspections', 'zhengwu']],
  '/desk/duties/inspections/:day': () => [['/desk/duties/inspections/2026-01-15', 'head'], ['/desk/duties/inspections/2026-01-15', 'zhengwu']],
  '/desk/duties/inspections/:day/:file{report\\.(?:pdf|docx)}': () => [['/desk/duties/inspections/2026-01-15/report.docx', 'head', 'file']],
  '/desk/duties/bodies/:body': () => [['/desk/duties/bodies/sljd', 'zhengwu']],
  '/desk/duties/bodies/:body/items': () => [['/desk/duties/bodies/sljd/items?state=late', 'zhengwu']],
  '/desk/duties/bodies/:body/scope/:code': () => [['/desk/duties/bodies/sljd/scope/A20_06', 'zhengwu']],
  '/desk/duties/bodies/:body/links': () => [['/desk/duties/bodies/sljd/links', 'zhengwu']],
  '/desk/duties/bodies/:body/inspections': () => [['/desk/duties/bodies/sljd/inspections', 'zhengwu']],
  '/desk/duties/bodies/:body/inspections/:day': () => [['/desk/duties/bodies/sljd/inspections/2026-01-15', 'zhengwu']],
  '/desk/duties/bodies/:body/inspections/:day/:file{report\\.(?:pdf|docx)}': () => [['/desk/duties/bodies/sljd/inspections/2026-01-15/report.pdf', 'zhengwu', 'file']],
  '/supervision/assessments': () => [['/supervision/assessments', 'visitor']],
  '/supervision/assessments/:year{[0-9]{4}}': () => [['/supervision/assessments/2024', 'visitor']],
  '/supervision/assessments/:year{[0-9]{4}}/:file{results\\.(?:pdf|docx|xlsx)}': () => ['pdf', 'docx', 'xlsx'].map((format) => [`/supervision/assessments/2024/results.${format}`, 'visitor', 'file']),
  '/supervision/assessments/:year{[0-9]{4}}/:body': () => [['/supervision/assessments/2024/sljd', 'visitor']],
  '/desk/assessment': () => [['/desk/assessment', 'zhengwu'], ['/desk/assessment', 'officer']],
  '/desk/assessment/new': () => [['/desk/assessment/new', 'zhengwu']],
  '/desk/assessment/:year{[0-9]{4}}': () => [['/desk/assessment/2023', 'zhengwu'], ['/desk/assessment/2024', 'zhengwu']],
  '/desk/assessment/:year{[0-9]{4}}/scheme': () => [['/desk/assessment/2025/scheme', 'zhengwu'], ['/desk/assessment/2023/scheme', 'officer']],
  '/desk/assessment/:year{[0-9]{4}}/indicators/new': () => [['/desk/assessment/2025/indicators/new', 'zhengwu']],
  '/desk/assessment/:year{[0-9]{4}}/indicators/:code{[0-9]{2}}': () => [['/desk/assessment/2025/indicators/02', 'zhengwu']],
  '/desk/assessment/:year{[0-9]{4}}/agree': () => [['/desk/assessment/2023/agree', 'zhengwu']],
  '/desk/assessment/:year{[0-9]{4}}/publish': () => [['/desk/assessment/2023/publish', 'zhengwu']],
  '/desk/assessment/:year{[0-9]{4}}/:file{results\\.(?:pdf|docx|xlsx)}': () => [['/desk/assessment/2023/results.xlsx', 'zhengwu', 'file']],
  '/desk/assessment/:year{[0-9]{4}}/bodies/:body': () => [['/desk/assessment/2023/bodies/sljd', 'zhengwu'], ['/desk/assessment/2024/bodies/sljd', 'head']],
  '/desk/assessment/:year{[0-9]{4}}/bodies/:body/:code{[0-9]{2}}': () => [['/desk/assessment/2023/bodies/sljd/14', 'zhengwu'], ['/desk/assessment/2023/bodies/sljd/02', 'officer'], ['/desk/assessment/2024/bodies/sljd/04', 'head']],
  '/desk/assessment/:year{[0-9]{4}}/bodies/:body/evidence/:evidenceId': () => [[`/desk/assessment/2023/bodies/sljd/evidence/${examined.evidenceId}`, 'zhengwu', 'file']],
  '/desk/accountability': () => [['/desk/accountability', 'zhengwu'], ['/desk/accountability', 'head']],
  '/desk/accountability.csv': () => [['/desk/accountability.csv', 'zhengwu', 'file']],
  '/desk/accountability/new': () => [['/desk/accountability/new', 'zhengwu']],
  '/desk/accountability/questions': () => [['/desk/accountability/questions?year=2025', 'zhengwu']],
  '/desk/accountability/questions/:body/:trigger': () => [['/desk/accountability/questions/sljd/missed-publication?year=2025', 'zhengwu']],
  '/desk/accountability/matters/:body/:id': () => [[`/desk/accountability/matters/sljd/${examined.matterId}`, 'head'], [`/desk/accountability/matters/sljd/${examined.matterId}`, 'zhengwu']],
  '/desk/accountability/matters/:body/:id/files/:fileId': () => [[`/desk/accountability/matters/sljd/${examined.matterId}/files/${examined.fileId}`, 'head', 'file']],
  '/desk/exemptions': () => [['/desk/exemptions', 'officer'], ['/desk/exemptions?due=yes', 'head']],
  '/desk/exemptions.csv': () => [['/desk/exemptions.csv', 'officer', 'file']],
  '/desk/exemptions/:itemId': () => [[`/desk/exemptions/${withheld.waiting}`, 'officer'], [`/desk/exemptions/${withheld.proposed}`, 'head']],
  '/desk/deposits': () => [['/desk/deposits', 'officer'], ['/desk/deposits?state=cancelled', 'leader']],
  '/desk/deposits/new': () => [['/desk/deposits/new', 'officer']],
  '/desk/deposits/recipients': () => [['/desk/deposits/recipients', 'officer']],
  '/desk/deposits/:depositId': () => [[`/desk/deposits/${deposits.draft}`, 'officer'], [`/desk/deposits/${deposits.handed}`, 'leader']],
  '/desk/deposits/:depositId/:file{list\\.(?:pdf|docx|xlsx)}': () => [[`/desk/deposits/${deposits.draft}/list.xlsx`, 'officer', 'file']],
  '/desk/deposits/:depositId/package.zip': () => [[`/desk/deposits/${deposits.handed}/package.zip`, 'officer', 'file']],
  '/desk/items/review': () => [['/desk/items/review?step=submit', 'officer'], ['/desk/items/review', 'secrecy'], ['/desk/items/review?pick=all', 'publisher'], ['/desk/items/review?step=escalated', 'head']],
  '/desk/items/:itemId/steps/:step': () => [
    [`/desk/items/${onTheWay.blocked}/steps/submit`, 'officer'], [`/desk/items/${onTheWay.secrecy}/steps/secrecy-review`, 'secrecy'], [`/desk/items/${onTheWay.approve}/steps/approve`, 'head'], [`/desk/items/${onTheWay.approve}/steps/return`, 'leader'],
    [`/desk/items/${onTheWay.publish}/steps/publish`, 'publisher'], [`/desk/items/${onTheWay.publish}/steps/schedule`, 'publisher'], [`/desk/items/${onTheWay.published}/steps/withdraw`, 'head'], [`/desk/items/${onTheWay.published}/steps/expire`, 'leader'],
  ],
  '/desk/items': () => [['/desk/items', 'officer'], ['/desk/items?q=nothing', 'leader'], ['/desk/items?due=late&sort=dueOn', 'officer']],
  '/desk/items.csv': () => [['/desk/items.csv', 'officer', 'file']],
  '/desk/items.xlsx': () => [['/desk/items.xlsx', 'officer', 'file']],
  '/desk/items/new': () => [['/desk/items/new', 'officer'], [`/desk/items/new?item=${atDesk.draftId}`, 'officer']],
  '/desk/items/:itemId': () => [[`/desk/items/${atDesk.itemId}`, 'officer'], [`/desk/items/${onTheWay.published}`, 'leader'], [`/desk/items/${onTheWay.secrecy}`, 'secrecy']],
  '/desk/items/:itemId/edit': () => [[`/desk/items/${atDesk.itemId}/edit`, 'officer']],
  '/desk/items/:itemId/versions/:number': () => [[`/desk/items/${atDesk.itemId}/versions/2`, 'head']],
  '/desk/items/:itemId/draft/discard': () => [[`/desk/items/${atDesk.itemId}/draft/discard`, 'officer']],
  '/desk/items/:itemId/files/:key': () => [[atDesk.picture, 'officer', 'file']],
  '/desk/items/:itemId/files/:key/:name': () => [[atDesk.file, 'publisher', 'file']],
  '/desk/items/:itemId/precheck': () => [[`/desk/items/${onTheWay.blocked}/precheck`, 'officer'], [`/desk/items/${onTheWay.blocked}/precheck`, 'head'], [`/desk/items/${onTheWay.published}/precheck`, 'leader']],
  '/desk/items/words': () => [['/desk/items/words', 'head'], ['/desk/items/words?q=nothing', 'officer']],
  '/desk/items/words/starter': () => [['/desk/items/words/starter?kind=term', 'officer']],
  '/desk/items/words/:wordId': () => [[`/desk/items/words/${onTheWay.wordId}`, 'head']],
  '/desk/items/words/template.csv': () => [['/desk/items/words/template.csv', 'head', 'file']],
  '/desk/items/words/template.xlsx': () => [['/desk/items/words/template.xlsx', 'head', 'file']],
  '/desk/column': () => [['/desk/column', 'officer'], ['/desk/column', 'leader'], ['/desk/column', 'zhengwu']],
  '/desk/column/:part': () => [['/desk/column/guide', 'officer'], ['/desk/column/institution', 'officer'], ['/desk/column/channels', 'officer'], ['/desk/column/headings', 'officer']],
  '/desk/column/:part/review': () => [['/desk/column/guide/review', 'head'], ['/desk/column/guide/review', 'officer']],
  '/desk/column/:part/versions': () => [['/desk/column/guide/versions', 'leader'], ['/desk/column/headings/versions', 'officer']],
  '/desk/column/:part/versions/:number{[0-9]{1,6}}': () => [['/desk/column/guide/versions/2', 'officer']],

  '/desk/ledgers': () => [['/desk/ledgers', 'officer'], ['/desk/ledgers?status=done', 'officer']],
  '/desk/ledgers/new/:kind': () => [['/desk/ledgers/new/applications', 'officer']],
  '/desk/ledgers/templates/:file': () => [['/desk/ledgers/templates/applications.xlsx', 'officer', 'file']],
  '/desk/ledgers/imports/:id': () => [[`/desk/ledgers/imports/${importId}`, 'officer'], [`/desk/ledgers/imports/${importId}`, 'leader']],
  '/desk/ledgers/imports/:id/file': () => [[`/desk/ledgers/imports/${importId}/file`, 'leader', 'file']],
  '/desk/ledgers/imports/:id/account.csv': () => [[`/desk/ledgers/imports/${importId}/account.csv`, 'officer', 'file']],

  '/feeds/:name': () => [['/feeds/all.rss', 'visitor', 'file'], ['/feeds/policy.atom', 'visitor', 'file']],
  '/feeds/:kind/:name': () => [['/feeds/bodies/csyxglzx.rss', 'visitor', 'file'], ['/feeds/topics/finance.atom', 'visitor', 'file']],
  '/desk/hand-over': () => [['/desk/hand-over', 'officer'], ['/desk/hand-over', 'publisher']],
  '/desk/hand-over/import': () => [['/desk/hand-over/import', 'officer']],
  '/desk/hand-over/import/:id': () => [[`/desk/hand-over/import/${oldSite}`, 'officer'], [`/desk/hand-over/import/${oldSite}?result=refused`, 'officer']],
  '/desk/hand-over/import/:id/account.csv': () => [[`/desk/hand-over/import/${oldSite}/account.csv`, 'officer', 'file']],
  '/desk/hand-over/site.zip': () => [['/desk/hand-over/site.zip', 'officer', 'file']],
  '/embed': () => [['/embed', 'visitor']],
  '/embed/bodies/:code': () => [['/embed/bodies/csyxglzx', 'visitor'], ['/embed/bodies/sljd?n=3', 'visitor']],
  '/data/newest.json': () => [['/data/newest.json', 'visitor', 'file']],
  '/subscribe': () => [['/subscribe', 'visitor'], ['/subscribe?body=csyxglzx&words=%E9%A2%84%E7%AE%97', 'visitor']],
  '/subscribe/asked': () => [['/subscribe/asked', 'visitor']],
  '/subscribe/confirm/:id/:token': () => [[subscriptionLink('confirm'), 'visitor']],
  '/subscribe/end/:id/:token': () => [[subscriptionLink('end'), 'visitor']],
  '/robots.txt': () => [['/robots.txt', 'visitor', 'file']],
  '/sitemap.xml': () => [['/sitemap.xml', 'visitor', 'file']],
  '/sitemaps/:name': () => [['/sitemaps/pages.xml', 'visitor', 'file'], ['/sitemaps/items-1.xml', 'visitor', 'file']],
  '/data/items.json': () => [['/data/items.json', 'visitor', 'file']],
  '/data/items/:indexNo{.+\\.json}': () => [[`/data/items/${someIndexNo}.json`, 'visitor', 'file']],
  '/catalog.jsonld': () => [['/catalog.jsonld', 'visitor', 'file']],

  '/desk/notices': () => [['/desk/notices', 'officer'], ['/desk/notices', 'leader']],
  '/desk/notices/all': () => [['/desk/notices/all', 'officer'], ['/desk/notices/all?q=nothing', 'officer']],
  '/api': () => [['/api', 'visitor']],
  '/api/openapi.json': () => [['/api/openapi.json', 'visitor', 'file']],
  '/desk/systems': () => [['/desk/systems', 'xitong'], ['/desk/systems?q=nothing', 'head']],
  '/desk/systems/new': () => [['/desk/systems/new', 'xitong']],
  [SYSTEM]: () => [[hall.system, 'anquan'], [hall.system, 'xitong']],
  [`${SYSTEM}/revoke`]: () => [[`${hall.system}/revoke`, 'anquan']],
  [`${SYSTEM}/tokens/new`]: () => [[`${hall.system}/tokens/new`, 'xitong']],
  [`${SYSTEM}/tokens/:token/revoke`]: () => [[`${hall.system}/tokens/${hall.tokenId}/revoke`, 'xitong']],
  [`${SYSTEM}/webhooks/new`]: () => [[`${hall.system}/webhooks/new`, 'xitong']],
  [`${SYSTEM}/webhooks/:hook`]: () => [[hall.hook, 'xitong']],
  [`${SYSTEM}/webhooks/:hook/remove`]: () => [[`${hall.hook}/remove`, 'xitong']],

  '/desk/account': () => [['/desk/account', 'officer']],
  '/desk/account/password': () => [['/desk/account/password', 'officer']],
  '/desk/account/delegation': () => [['/desk/account/delegation', 'leader'], ['/desk/account/delegation', 'head'], ['/desk/account/delegation', 'xitong']],
  '/desk/account/delegation/:id/end': () => [[`/desk/account/delegation/${delegationId.value}/end`, 'leader']],
  '/desk/admin/delegations': () => [['/desk/admin/delegations', 'anquan'], ['/desk/admin/delegations?state=over', 'head']],
  '/desk/admin/delegations/:body/:id/end': () => [[`/desk/admin/delegations/${street.bodyId}/${delegationId.value}/end`, 'anquan']],
  '/desk/account/second-factor': () => [['/desk/account/second-factor', 'officer']],
  '/desk/admin/accounts': () => [['/desk/admin/accounts', 'xitong'], ['/desk/admin/accounts?q=nobody', 'xitong']],
  '/desk/admin/accounts/new': () => [['/desk/admin/accounts/new', 'xitong']],
  '/desk/admin/accounts/:id': () => [[`/desk/admin/accounts/${accountId}`, 'anquan']],
  '/desk/admin/accounts/:id/reset': () => [[`/desk/admin/accounts/${accountId}/reset`, 'xitong']],
  '/desk/admin/accounts/:id/disable': () => [[`/desk/admin/accounts/${accountId}/disable`, 'xitong']],
  '/desk/admin/audit': () => [['/desk/admin/audit', 'shenji']],
  '/desk/admin/audit.csv': () => [['/desk/admin/audit.csv', 'shenji', 'file']],
  '/desk/admin/bodies': () => [['/desk/admin/bodies', 'zhengwu']],
  '/desk/admin/bodies/new': () => [['/desk/admin/bodies/new', 'zhengwu']],
  '/desk/admin/bodies/:code': () => [['/desk/admin/bodies/csyxglzx', 'zhengwu'], ['/desk/admin/bodies/sljd', 'officer']],
  '/desk/admin/bodies/:code/edit': () => [['/desk/admin/bodies/csyxglzx/edit', 'zhengwu']],
  '/desk/admin/bodies/:code/rename': () => [['/desk/admin/bodies/csyxglzx/rename', 'zhengwu']],
  '/desk/admin/bodies/:code/names': () => [['/desk/admin/bodies/csyxglzx/names', 'zhengwu']],
  '/desk/admin/bodies/:code/merge': () => [['/desk/admin/bodies/csyxglzx/merge', 'zhengwu']],
  '/desk/admin/bodies/:code/settings/:key': () => [['/desk/admin/bodies/csyxglzx/settings/correctionDays', 'zhengwu']],
  '/desk/admin/calendar': () => [['/desk/admin/calendar', 'zhengwu']],
  '/desk/admin/calendar/load': () => [['/desk/admin/calendar/load', 'zhengwu']],
}

/** 各主要的页面，适老模式下也看一遍。 */
const ELDER: readonly (readonly [path: string, who: Who])[] = [
  ['/bodies/sljd', 'visitor'], ['/bodies/sljd/guide', 'visitor'], ['/bodies/sljd/statutory', 'visitor'], ['/desk/column', 'officer'],
  ['/', 'visitor'], ['/bodies/sljd/items', 'visitor'], ['/bodies/csyxglzx/annual-reports/2024', 'visitor'], ['/policies', 'visitor'], ['/check', 'visitor'], ['/sign-in', 'visitor'],
  ['/apply', 'visitor'], ['/apply/sljd/person', 'applicant'], ['/apply/sljd/check', 'applicant'], ['/apply/sljd/done', 'tracker'], ['/applications/track/case', 'tracker'],
  ['/desk', 'officer'], ['/desk/ledgers', 'officer'], ['/desk/applications', 'officer'], ['/desk/applications/new', 'officer'], [DESK, 'officer'], [`${DESK}/narrative`, 'officer'], [`${DESK}/findings`, 'officer'], [`${DESK}/cells/R3.2.N`, 'officer'], [`${DESK}/drift`, 'officer'],
]

const RECORDS = [['application', 'application'], ['item', 'item'], ['normative-document', 'document'], ['yearly-count', 'count'], ['review', 'review'], ['litigation', 'litigation']] as const

// 凭令牌的接口不是页面，见 tests/routes.test.ts 与 src/api
const OPEN_API = new Set(['/api', '/api/openapi.json'])
const isPage = (path: string): boolean => !path.includes('*') && (!path.startsWith('/api') || OPEN_API.has(path))
const registered = [...new Set(app.routes.filter(({ method, path }) => method === 'GET' && isPage(path)).map(({ path }) => path))]

test('every GET route is in the table, and the table has no other', () => {
  expect(registered.toSorted()).toEqual(Object.keys(VISITS).toSorted())
})

const pages = new Map<Who, Promise<{ page: Page; troubles: string[] }>>()
const pageOf = (who: Who) => {
  const known = pages.get(who) ?? openFor(who)
  pages.set(who, known)
  return known
}

async function openFor(who: Who): Promise<{ page: Page; troubles: string[] }> {
  const page = await browser.open(app, '/accessibility')
  const citizen = citizens.get(who)
  for (const [name, value] of citizen?.jar ?? []) await page.context().addCookies([{ name, value, url: page.url() }])
  if (who !== 'visitor' && citizen === undefined) await page.context().addCookies([{ ...(await sessionOf(who)), url: page.url() }])
  return { page, troubles: watchTroubles(page) }
}

// 一个账号能同时登录的处数有限，多登了，先登的就退出：每人只登一次
const sessions = new Map<Who, Promise<{ name: string; value: string }>>()
const sessionOf = (who: Who) => {
  const known = sessions.get(who) ?? signIn(who)
  sessions.set(who, known)
  return known
}

async function signIn(who: Who): Promise<{ name: string; value: string }> {
  const actor = people.get(who)
  if (actor === undefined) throw new Error(`没有 ${who}`)
  const [name = '', value = ''] = (await cookieFor(db, actor, deps.clock.now())).split('=')
  return { name, value }
}

const titles = new Map<string, string>()

test.each(registered)('%s: clean under axe, no sideways scroll at both widths, one heading, its own title, a silent console', async (pattern) => {
  const visits = VISITS[pattern]?.() ?? []
  expect(visits.length).toBeGreaterThan(0)
  for (const [path, who, kind] of visits) {
    expect(path.split('?')[0]).toMatch(toRegExp(pattern))
    await (kind === 'file' ? fetchFile(path, who) : look(path, who))
  }
})

test('what is not there, or no longer: pages that help', async () => {
  const gone = await aPublishedItem(deps, street.bodyId, { title: '误发的名单' })
  await withdraw(db, street.bodyId, gone.itemId)
  await look(itemPath(gone.indexNo), 'visitor', 410)
  await look('/no/such/page', 'visitor', 404)
  await look(`${published.rule.slice(0, -1)}9`, 'visitor', 404)
})

test.each(ELDER)('%s in 适老模式: clean under axe at both widths', async (path, who) => {
  const { page } = await pageOf(who)
  // Cookie 的路径取自网址，要写在根上才管得到别的页面
  await page.context().addCookies([{ name: 'elder', value: '1', url: new URL('/', page.url()).href }])
  await page.goto(path)
  expect(await page.locator('html').getAttribute('data-elder')).toBe('')
  for (const width of [390, 1440]) {
    await shoot(page, `elder-${shotName(path, who)}`, [width])
    await axe(page)
  }
})

const toRegExp = (pattern: string): RegExp =>
  new RegExp(`^${pattern.replaceAll(/\.|:\w+(?:\{((?:[^{}]|\{[^{}]*\})*)\})?/g, (found, rule: string | undefined) => (found === '.' ? String.raw`\.` : (rule ?? '[^/]+')))}$`)

// 看得见的一级标题有几个、语言、题目；一次问齐，用定位器逐项问，每页都要重载它的脚本
const HEAD = `({
  headings: [...document.querySelectorAll('h1, [role=heading][aria-level="1"]')].filter((each) => each.checkVisibility({ visibilityProperty: true }) && each.closest('[aria-hidden=true]') === null).length,
  lang: document.documentElement.lang,
  title: document.title.trim().replaceAll(/\\s+/g, ' '),
})`

async function look(path: string, who: Who, status = 200): Promise<void> {
  const { page, troubles } = await pageOf(who)
  const response = await page.goto(path)
  expect(response?.status(), path).toBe(status)
  if (who !== 'visitor') expect(new URL(page.url()).pathname, `${path} 要 ${who} 登录着看`).not.toMatch(/^\/sign-in/)
  if (!path.startsWith('/desk')) await validHtml((await response?.text()) ?? '', path)
  const { headings, lang, title } = await page.evaluate<{ headings: number; lang: string; title: string }>(HEAD)
  expect(headings, `${path} 的一级标题`).toBe(1)
  expect(lang).toBe('zh-CN')
  const address = new URL(page.url()).pathname
  expect(titles.get(title) ?? address, `「${title}」与别的页面重名`).toBe(address)
  titles.set(title, address)
  // 横向溢出两种宽度都查；axe 费时，公众的页面两种都跑，工作台的跑一种
  // 从此刻的宽度看起，少一次重排；故各页有的在宽处打开，有的在窄处
  const widths = page.viewportSize()?.width === 390 ? [390, 1440] : [1440, 390]
  for (const width of widths) {
    await shoot(page, shotName(path, who), [width])
    if (width === 1440 || !path.startsWith('/desk')) await axe(page)
  }
  // 页面本身不是 200 的，浏览器自己会记一句
  expect(troubles.splice(0).filter((each) => status === 200 || !each.includes(`status of ${status}`))).toEqual([])
}

const shotName = (path: string, who: Who): string =>
  `page-${path === '/' ? 'home' : path.slice(1).replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'id').replaceAll(/[^\w.]+/g, '-')}-${who}`

async function fetchFile(path: string, who: Who): Promise<void> {
  const session = who === 'visitor' ? null : await sessionOf(who)
  const response = await app.request(path, { headers: session === null ? {} : { cookie: `${session.name}=${session.value}` } })
  expect(response.status, path).toBe(200)
  expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(100)
}
