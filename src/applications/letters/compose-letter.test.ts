import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { letterOf, OUTCOME_NAMES, outcomeRemedy, outcomeRule } from '../../statute/outcomes.ts'
import type { Outcome } from '../../statute/outcomes.ts'
import { addCalendarDays } from '../../statute/plain-date.ts'
import { remedyDeadlines, remedyText } from '../../statute/remedies.ts'
import { BUILT_IN_CALENDAR as calendar } from '../../statute/calendar.ts'
import { lateness } from '../../statute/delivery.ts'
import * as rules from '../decisions.ts'
import { APPLICATION_SETTINGS } from '../decisions.ts'
import { composeLetter, fieldsToFill } from './compose-letter.ts'
import { hasErrors, lintLetter } from './letter-lint.ts'
import type { ComposedLetter, LetterInput } from './letter-input.ts'
import { isLetterId, LETTER_IDS, letterRule } from './letters.ts'
import type { LetterId } from './letters.ts'
import { readyLetter } from './ready-letter.ts'
import { aCase, aDecidedCase, anInput, BODY, EVIDENCE, FIELDS, sampleLetters, STEPS } from './sample-letters.ts'

function letterFrom(input: LetterInput): ComposedLetter {
  const composed = composeLetter(input)
  if (!composed.ok) throw new Error(JSON.stringify(composed.problems))
  return composed.letter
}
const problemsOf = (input: LetterInput): string[] => {
  const composed = composeLetter(input)
  return composed.ok ? [] : composed.problems.map(({ field, message }) => `${field}：${message}`)
}
const wordsOf = (letter: ComposedLetter): string => [...letter.paragraphs, ...letter.rows.map(({ label, text }) => `${label}${text}`), letter.remedy.text].join('\n')
const letterIdOf = (outcome: Outcome, evidence: Readonly<Record<string, string>>): LetterId => {
  const id = letterOf(outcome, evidence)
  if (!isLetterId(id)) throw new Error(id)
  return id
}

describe('结果定文书与救济', () => {
  test.each(OUTCOME_NAMES)('%s', (outcome) => {
    const application = aDecidedCase(outcome)
    const on = application.decision?.decidedOn ?? ''
    const id = letterIdOf(outcome, EVIDENCE[outcome])
    const letter = letterFrom(anInput(id, { application, on }))
    const kind = outcomeRemedy(outcome, on)
    expect(letter.remedy.kind).toBe(kind)
    expect(letter.remedy.text).toContain(remedyText(kind, { ...BODY, act: letterRule(id).act }))
    expect(letter.remedy.text).toContain(BODY.reviewOnlineUrl)
    // 别的文书一概拟不成
    for (const other of LETTER_IDS.filter((each) => each !== id && letterRule(each).outcomes !== undefined)) {
      expect(problemsOf(anInput(other, { application, on }))[0], other).toContain(letterRule(id).title)
    }
  })

  test('拟作出而尚未批准的可以预览，救济依预定的成文之日', () => {
    const application = aCase([STEPS.propose('2025-03-28', 'DENY_INTERNAL', EVIDENCE.DENY_INTERNAL)])
    expect(letterFrom(anInput('L17', { application, docNo: null }))).toMatchObject({ docNo: null, remedy: { kind: 'PRE_REVIEW' } })
  })

  test('没有拟过决定的，决定类文书一件也拟不成', () => {
    for (const id of LETTER_IDS.filter((each) => letterRule(each).outcomes !== undefined)) expect(problemsOf(anInput(id)), id).toEqual(['decision：尚未拟作出处理决定，或者期限尚未届满'])
  })

  test('成文之日就是作出决定之日', () => {
    expect(problemsOf(anInput('L15', { application: aDecidedCase('GRANTED'), on: '2025-03-31' }))).toEqual(['on：应为作出决定之日（2025年3月28日）'])
  })

  test('行政查询的救济可配；已作出的从其记录', () => {
    const settings = { ...APPLICATION_SETTINGS, adminQueryRemedy: 'PRE_REVIEW' as const }
    const proposed = aCase([STEPS.propose('2025-03-28', 'ADMIN_QUERY', EVIDENCE.ADMIN_QUERY)])
    expect(letterFrom(anInput('L26', { application: proposed, settings })).remedy.kind).toBe('PRE_REVIEW')
    expect(letterFrom(anInput('L26', { application: aDecidedCase('ADMIN_QUERY'), settings })).remedy.kind).toBe('EITHER')
  })
})

describe('黄金用例 G27–G29、G37–G45 的文字', () => {
  const denied = (on: string) => letterFrom(anInput('L17', { application: aCase([STEPS.propose(on, 'DENY_PROCESS', EVIDENCE.DENY_PROCESS), STEPS.decide(on)], {}, on), on }))

  test('G27、G28：救济自收到之日起，与按期与否的那一日分开', () => {
    const post = { method: 'POST', carrier: 'EMS', dispatchedOn: '2025-10-30', servedOn: '2025-11-03' } as const
    expect(lateness(post, '2025-10-30', calendar)).toBe(0)
    expect(lateness({ ...post, method: 'DIRECT', carrier: null }, '2025-10-30', calendar)).toBe(2)
    const letter = denied('2025-10-30')
    expect(letter.remedy.text).toContain('自收到之日起60日内')
    expect(remedyDeadlines(letter.remedy.kind, post.servedOn, calendar).review).toMatchObject({ nominal: '2026-01-02', dueOn: '2026-01-04' })
  })

  test('G29：交非邮政企业寄送的，决定书发不出', () => {
    const ground = { today: '2026-12-31', calendar, settings: APPLICATION_SETTINGS }
    const send = (carrier: string) => rules.dispatch(aDecidedCase('GRANTED'), { on: '2025-03-28', method: 'POST', carrier, consented: false }, ground)
    expect(send('顺丰')).toEqual({ ok: false, refusal: 'carrier-not-postal' })
    expect(send('EMS').ok).toBe(true)
  })

  test.each([
    ['G37', '2025-08-01', '2025-08-02', '2025-10-01', '2025-10-09'],
    ['G38', '2025-12-16', '2025-12-17', '2026-02-15', '2026-02-24'],
    ['G38', '2025-12-15', '2025-12-16', '2026-02-14', '2026-02-14'],
  ])('%s：不予公开，先复议，没有六个月直接起诉', (_, on, servedOn, nominal, dueOn) => {
    const { remedy } = denied(on)
    expect(remedy.kind).toBe('PRE_REVIEW')
    expect(remedy.text).toContain('先向武昌区人民政府申请行政复议')
    expect(remedy.text).not.toContain('6个月')
    expect(remedyDeadlines(remedy.kind, servedOn, calendar)).toEqual({ review: { nominal, dueOn }, suit: null })
  })

  test.each([
    ['G39', '2025-04-01', '2025-10-01', '2025-10-09'],
    ['G40', '2025-08-31', '2026-02-28', '2026-02-28'],
    ['G40', '2025-08-15', '2026-02-15', '2026-02-24'],
  ])('%s：信息不存在，可以复议，也可以六个月内起诉', (_, servedOn, nominal, dueOn) => {
    const { remedy } = letterFrom(anInput('L18', { application: aDecidedCase('UNABLE_NOT_HELD') }))
    expect(remedy.text).toContain('或者自收到之日起6个月内向武汉市武昌区人民法院提起行政诉讼')
    expect(remedyDeadlines(remedy.kind, servedOn, calendar).suit).toEqual({ nominal, dueOn })
  })

  test('G41：前置的写明对复议决定不服的十五日', () => {
    expect(denied('2025-08-01').remedy.text).toContain('自收到行政复议决定书之日起15日内')
  })

  test('G44：2023 年底作出的不予公开可以择一；2024 年起先复议', () => {
    expect(denied('2023-12-20').remedy).toMatchObject({ kind: 'EITHER', text: expect.stringContaining('6个月') })
    expect(denied('2024-01-02').remedy).toMatchObject({ kind: 'PRE_REVIEW', text: expect.not.stringContaining('6个月') })
  })

  test('G45：手改写上向上级主管部门申请行政复议的，发不出', () => {
    const input = anInput('L18', { application: aDecidedCase('UNABLE_NOT_HELD') })
    const edited = [...letterFrom(input).paragraphs, '如有异议，可以向上级主管部门申请行政复议。']
    const ready = readyLetter(input, edited)
    expect(ready.ok).toBe(false)
    if (!ready.ok) expect(ready.findings.map(({ rule }) => rule)).toContain('LT-08')
  })
})

describe('算出的日子与金额', () => {
  test('G22：补正期限自收到告知书起，默认十五个工作日', () => {
    const application = aCase([], {}, '2024-12-23')
    const letter = letterFrom(anInput('L03', { application, on: '2024-12-27', fields: { items: '写明文号', requirements: '写明文号', servedOn: '2024-12-30' } }))
    expect(wordsOf(letter)).toContain('之日起15个工作日内（于2024年12月30日收到的，至2025年1月21日止）')
  })

  test('补正写明了所求的，各种文书引补正后的；L21 两次对照，不另问', () => {
    const [on, clarified] = ['2025-03-28', '2024年的绿化合同']
    const granted = wordsOf(letterFrom(anInput('L15', { application: aDecidedCase('GRANTED', on, EVIDENCE.GRANTED, clarified), on })))
    expect([granted.includes('补正后申请公开的内容为：“2024年的绿化合同”'), granted.includes('视频监控设施运行维护服务合同及其验收材料')]).toEqual([true, false])
    const unclear = anInput('L21', { application: aDecidedCase('UNABLE_UNCLEAR', on, EVIDENCE.UNABLE_UNCLEAR, clarified), on, fields: {} })
    expect(fieldsToFill(unclear).map(({ key }) => key)).not.toContain('supplementContent')
    const both = wordsOf(letterFrom(unclear))
    expect([both.includes('提出申请时的内容：“2024年武昌区城市运行管理中心'), both.includes('补正后的内容：“2024年的绿化合同”')]).toEqual([true, true])
  })

  test('逾七个工作日才送达的补正告知，写明答复期限不停，不写视为放弃；已按期告知的不能再写', () => {
    const fields = { items: '甲', requirements: '乙', servedOn: '2025-01-03' }
    const late = wordsOf(letterFrom(anInput('L03', { application: aCase([], {}, '2024-12-23'), on: '2025-01-03', fields })))
    expect([late.includes('答复期限不因本次补正停止，也不重新计算'), late.includes('视为放弃申请'), late.includes('自本机关收到补正的申请之日起计算')]).toEqual([true, false, false])
    const told = aCase([STEPS.askSupplement('2024-12-30')], {}, '2024-12-23')
    expect(problemsOf(anInput('L03', { application: told, on: '2024-12-31', fields }))[0]).toContain('已超过七个工作日')
  })

  test('G25、G26：延期的新到期日；逾期、超过二十个工作日的拟不成', () => {
    const application = aCase([], {}, '2024-09-02')
    const extend = (on: string, days: string) => anInput('L05', { application, on, fields: { reason: '数量较多', days } })
    expect(wordsOf(letterFrom(extend('2024-09-30', '10')))).toContain('延长答复期限10个工作日。\n本机关将于2024年10月18日前（含当日）作出答复')
    expect(wordsOf(letterFrom(extend('2024-09-30', '20')))).toContain('2024年11月1日')
    expect(problemsOf(extend('2024-10-08', '10'))).toEqual(['days：延长须在答复期限届满之前告知申请人'])
    expect(problemsOf(extend('2024-09-30', '21'))[0]).toContain('1 至 20')
  })

  test('当日已记下的延期，从其记录：先记后拟与先拟后记得到同一件', () => {
    const before = anInput('L05', { fields: { reason: '数量较多', days: '10' } })
    const after = { ...before, application: aCase([STEPS.extend('2025-03-28', 10)]), fields: { reason: '数量较多', days: '3' } }
    expect(letterFrom(after)).toEqual(letterFrom(before))
  })

  test('征求意见未送达时延期，不写死到期之日', () => {
    const application = aCase([STEPS.consult('2025-03-10')])
    const text = wordsOf(letterFrom(anInput('L05', { application, fields: { reason: '数量较多', days: '10' } })))
    expect(text).toContain('待征求意见结束后确定')
    expect(text).not.toContain('作出答复。')
  })

  test('收费：逐档列明，与案件所记、与法定的档相符', () => {
    const fee = (fields: Record<string, string>, changes: Partial<LetterInput> = {}) => anInput('L12', { on: '2025-04-18', application: aCase([], {}, '2025-04-14'), fields: { payHow: '凭缴款码缴纳', ...fields }, ...changes })
    expect(wordsOf(letterFrom(fee({ mode: 'PAGES', pages: '250' })))).toContain('合计应缴纳4700元')
    expect(wordsOf(letterFrom(fee({ mode: 'PAGES', pages: '101', servedOn: '2025-04-18' })))).toContain('至2025年5月20日止')
    expect(wordsOf(letterFrom(fee({ mode: 'COUNT', countBefore: '0', count: '31' })))).toContain('合计应缴纳2200元')
    expect(problemsOf(fee({ mode: 'COUNT', countBefore: '0', count: '10' }))).toEqual(['mode：按件计收试算为零，不应收费'])
    expect(problemsOf(fee({ mode: 'COUNT', countBefore: '12', count: '11' }))[0]).toContain('应多于')
    const noticed = aCase([STEPS.noticeFee('2025-03-20', 700_00)])
    expect(problemsOf(fee({ pages: '250' }, { application: noticed }))[0]).toContain('与案件所记不符：按量计收700元')
    expect(wordsOf(letterFrom(fee({ pages: '100' }, { application: noticed })))).toContain('合计应缴纳700元')
  })

  test('G24：补正期满当日还不能不再处理，次日起可以', () => {
    const application = aCase([STEPS.askSupplement('2024-12-30')], {}, '2024-12-23')
    expect(problemsOf(anInput('L27', { application, on: '2025-01-21' }))[0]).toContain('期限尚未届满')
    expect(wordsOf(letterFrom(anInput('L27', { application, on: '2025-01-22' })))).toContain('2024年12月30日送达，补正期限至2025年1月21日届满')
  })

  test('接收回执：查询码只在申请人手里的，不要机关写', () => {
    expect(wordsOf(letterFrom(anInput('L02', { on: '2025-03-03' })))).toContain('在网上提交申请时取得查询码的，可以凭登记号和查询码查询办理情况')
    expect(wordsOf(letterFrom(anInput('L02', { on: '2025-03-03', fields: { queryCode: '7K3F-92QD' } })))).toContain('查询码：7K3F-92QD')
  })

  test('没有节假日数据的年份：说明缺哪一年，不猜', () => {
    const application = aCase([], {}, '2026-12-20')
    expect(problemsOf(anInput('L02', { application, on: '2026-12-20', fields: { queryCode: 'A1' } }))[0]).toContain('没有 2027 年的节假日数据')
  })
})

describe('征求意见', () => {
  test('第三方沉默由机关决定；共同制作机关沉默视为同意', () => {
    const sample = (id: LetterId) => letterFrom(sampleLetters().find(({ input }) => input.id === id)?.input ?? anInput(id))
    expect(wordsOf(sample('L06'))).toContain('由本机关依照《中华人民共和国政府信息公开条例》的规定决定是否公开')
    expect(wordsOf(sample('L06'))).not.toContain('视为同意')
    expect(wordsOf(sample('L10'))).toContain('逾期未提出意见的，视为同意公开')
  })

  test('给第三方的文书里，案件里的申请人一字不见', () => {
    const secret = '秘密登记的张三，住某路，电话13800000000'
    const third = [STEPS.consult('2025-03-05'), STEPS.consultDelivered('2025-03-07'), STEPS.consultReturned('2025-03-20', 'REFUSE', false)]
    const application = aCase([...third, STEPS.propose('2025-03-28', 'GRANTED', EVIDENCE.GRANTED), STEPS.decide('2025-03-28')], { content: secret, note: secret, form: secret, applicantId: secret, regNo: secret })
    for (const { input } of sampleLetters().filter(({ input: each }) => letterRule(each.id).addressee === 'third-party')) {
      const changed = { ...input, application: input.id === 'L09' ? application : aCase([], { content: secret, note: secret, form: secret, regNo: secret }), on: '2025-03-28', fields: { ...input.fields, servedOn: '2025-03-28' }, docNo: null }
      const letter = letterFrom(changed)
      expect(JSON.stringify(letter)).not.toMatch(/秘密登记|张三|13800000000/)
    }
  })

  test('决定公开的告知：须决定公开，且与第三方所复相符', () => {
    const third = [STEPS.consult('2025-03-05'), STEPS.consultDelivered('2025-03-07')]
    const fields = { infoName: '某合同', ground: 'PUBLIC_INTEREST', reason: '事关公共安全', disclosed: '金额' }
    const input = (steps: Parameters<typeof aCase>[0], ground: string) => anInput('L09', { application: aCase(steps), recipient: '某公司', fields: { ...fields, ground } })
    const grant = STEPS.propose('2025-03-28', 'GRANTED', EVIDENCE.GRANTED)
    expect(problemsOf(input([...third, STEPS.consultReturned('2025-03-20', 'REFUSE', true), grant], 'PUBLIC_INTEREST'))).toEqual([])
    expect(problemsOf(input([...third, STEPS.consultReturned('2025-03-20', 'REFUSE', true), grant], 'NOT_REASONABLE'))).toEqual(['ground：与第三方所复不符'])
    expect(problemsOf(input([...third, STEPS.consultReturned('2025-03-20', 'AGREE'), grant], 'NO_REPLY'))).toEqual(['ground：与第三方所复不符'])
    expect(problemsOf(input([...third, STEPS.consultExpired(), grant], 'NO_REPLY'))).toEqual([])
    expect(problemsOf(input([grant], 'NO_REPLY'))).toEqual(['ground：没有征求第三方意见的记录'])
    expect(problemsOf(input([...third, STEPS.consultReturned('2025-03-20', 'REFUSE', true), STEPS.propose('2025-03-28', 'DENY_INTERNAL', EVIDENCE.DENY_INTERNAL)], 'PUBLIC_INTEREST'))).toEqual(['decision：该案没有决定公开，不能告知第三方决定公开'])
  })

  test('没有征求过意见、直接认定的，只引第十五条', () => {
    const direct = aCase([STEPS.propose('2025-03-28', 'DENY_THIRD_PARTY', { thirdParty: '该内容为个人住址与病历，直接认定公开会造成损害' })])
    const letter = letterFrom(anInput('L17', { application: direct, fields: { interest: 'PRIVACY' } }))
    expect(wordsOf(letter)).toContain('第十五条的规定')
    expect(wordsOf(letter)).not.toContain('第三十二条')
  })
})

describe('缺什么说什么', () => {
  test('逐项用中文说明，都说全', () => {
    const bare = { ...BODY, codeWord: '', court: '', phone: '' }
    expect(problemsOf(anInput('L16', { application: aDecidedCase('PARTIAL'), fields: {}, body: bare, docNo: null }))).toEqual([
      'provided：请填写可以公开部分的提供方式',
      'attachments：请填写附件（每行一件）',
      'codeWord：本机关没有设置机关代字，不能编文号',
      'court：本机关没有设置管辖法院，不能告知救济途径',
      'phone：没有联系电话',
    ])
  })

  test('日期、选项、数目、篇幅都查', () => {
    const sup = (fields: Record<string, string>) => problemsOf(anInput('L03', { on: '2025-03-05', fields: { items: '甲', requirements: '乙', ...fields } }))
    expect(sup({ servedOn: '2025-02-30' })).toEqual(['servedOn：请填写真实的日期，如 2025-03-01'])
    expect(sup({ servedOn: '2025-03-04' })).toEqual(['servedOn：不能早于成文之日'])
    expect(sup({ days: '0' })).toEqual(['days：应为 1 至 60 的整数'])
    expect(sup({ items: Array.from({ length: 51 }, (_, i) => `第${i}`).join('\n') })).toEqual(['items：不超过 50 条'])
    expect(sup({ items: '长'.repeat(4001) })).toEqual(['items：不超过 4000 字'])
    expect(problemsOf(anInput('L04', { on: '2025-03-05', fields: { facts: '多', reasonBy: '2025-03-01' } }))).toEqual(['reasonBy：期限不能早于成文之日'])
    expect(problemsOf(anInput('L28', { application: null, fields: { requestedOn: '2025-03-29', record: '甲', verified: '乙', result: 'OTHER' } }))).toEqual(['requestedOn：不能晚于成文之日', 'result：请从所列各项中选一项'])
  })

  test('决定里简写的条例，写进文书时用全称；地方的条例不动', () => {
    const letterOf = (redactions: string) => wordsOf(letterFrom(anInput('L16', { application: aDecidedCase('PARTIAL', '2025-03-28', { redactions }) })))
    for (const short of ['条例第十五条', '《条例》第十五条', '依据政府信息公开条例第十五条']) expect(letterOf(`身份证号码；${short}`)).toContain('《中华人民共和国政府信息公开条例》第十五条')
    expect(letterOf('身份证号码，依据第十五条；《湖北省消费者权益保护条例》第九条')).toContain('《湖北省消费者权益保护条例》第九条')
  })

  test('部分公开的每一处、法律禁止公开的依据', () => {
    expect(problemsOf(anInput('L16', { application: aDecidedCase('PARTIAL', '2025-03-28', { redactions: '身份证号，依据第十五条\n内部会议记录' }) }))).toEqual(['redactions：第2处没有写明依据第十四条、第十五条还是第十六条'])
    const forbidden = (forbiddenBy: string) => problemsOf(anInput('L17', { application: aDecidedCase('DENY_LAW', '2025-03-28', { forbiddenBy }) }))
    expect(forbidden('《中华人民共和国档案法》第二十七条')).toEqual([])
    expect(forbidden('档案法')[0]).toContain('请写明')
    expect(forbidden('《湖北省档案管理条例》第十条')[0]).toContain('不是法律、行政法规')
    expect(forbidden('《关于加强管理的通知》第三条')[0]).toContain('不是法律、行政法规')
  })

  test('此时走不到的一步，告知不了', () => {
    const withdrawn = aCase([STEPS.withdraw('2025-03-20')])
    for (const id of ['L03', 'L05', 'L06', 'L10', 'L12'] as const) expect(problemsOf(anInput(id, { application: withdrawn })), id).toEqual(['application：这件申请现在不能办这一步'])
    expect(problemsOf(anInput('L13', { application: aCase([STEPS.askReason('2025-03-05', '2025-03-14'), STEPS.giveReason('2025-03-12', false)]), fields: { facts: '多', until: '2025-06-30' } }))[0]).toContain('理由未被认定为合理')
    expect(problemsOf(anInput('L15', { on: '2025-03-02' }))).toContain('on：日期不能早于收到申请之日')
    expect(problemsOf(anInput('L15', { application: null }))[0]).toContain('须依附于一件申请')
  })

  test('文号须是本机关、本类、当年的；表格与回执不编号', () => {
    const granted = (docNo: string | null) => problemsOf(anInput('L15', { application: aDecidedCase('GRANTED'), docNo }))
    expect(granted(null)).toEqual([])
    for (const docNo of ['武城运公开告〔2025〕7号', '武城运公开答〔2024〕7号', '汉城运公开答〔2025〕7号', '武城运公开答[2025]7号']) expect(granted(docNo)).toHaveLength(1)
    expect(problemsOf(anInput('L02', { on: '2025-03-03', fields: { queryCode: 'A' }, docNo: '武城运公开告〔2025〕7号' }))).toEqual(['docNo：这件文书不编文号'])
  })

  test('要填哪些项，随所选而变，案件知道的不再问', () => {
    const keys = (input: LetterInput) => fieldsToFill(input).map(({ key }) => key)
    expect(keys(anInput('L12', { fields: { mode: 'PAGES' } }))).toEqual(['mode', 'pages', 'payHow', 'servedOn'])
    expect(keys(anInput('L12', { fields: { mode: 'COUNT' } }))).toEqual(['mode', 'countBefore', 'count', 'payHow', 'servedOn'])
    expect(keys(anInput('L08', { application: aCase([STEPS.consult('2025-03-05')]) }))).toEqual([])
    expect(keys(anInput('L17', { application: aDecidedCase('DENY_INTERNAL') }))).toEqual([])
    expect(keys(anInput('L17', { application: aDecidedCase('DENY_LAW') }))).toEqual(['facts'])
    expect(keys(anInput('L28', { application: null, fields: { result: 'TRANSFERRED' } }))).toContain('competentBody')
  })

  test('电子送达而没有互联网复议渠道的，决定书拟不成；程序性的不问', () => {
    const body = { ...BODY, reviewOnlineUrl: '' }
    expect(problemsOf(anInput('L15', { application: aDecidedCase('GRANTED'), body, delivery: 'ELECTRONIC' }))[0]).toContain('行政复议法第二十二条')
    expect(problemsOf(anInput('L05', { body, delivery: 'ELECTRONIC', fields: { reason: '多', days: '5' } }))).toEqual([])
    expect(letterFrom(anInput('L15', { application: aDecidedCase('GRANTED'), body })).remedy.text).not.toContain('互联网')
  })
})

test('申请人是单位的称你单位；引述的话不带出引号', () => {
  const letter = letterFrom(anInput('L05', { application: aCase([], { applicantKind: 'B', content: '依据《政府信息公开条例》第二十七条，申请“某合同”。' }), fields: { reason: '多', days: '5' } }))
  expect(letter.paragraphs[0]).toContain('你单位申请公开的内容为：“依据《政府信息公开条例》第二十七条，申请‘某合同’”。')
  expect(lintLetter(letter, anInput('L05'))).toEqual([])
})

describe('任取结果、日期与所填，文书都不与决定相左', () => {
  const nasty = fc.constantFrom(
    '可以自收到之日起6个月内向某法院提起行政诉讼', '请先向上级主管部门申请行政复议', '本机关决定予以公开', '本机关决定不予公开', '依据条例第十五条',
    '《中华人民共和国政府信息公开条例》第十六条', '第三十六条第（九）项', '{court}', '{you}', '〔〕', '____', '。', '，，', '𠮷䶮', '一\n二\n三', '“引号', '$&$1', '视为同意',
  )
  const text = fc.oneof({ weight: 3, arbitrary: fc.stringMatching(/^[一-龥。，\d]{1,40}$/) }, { weight: 2, arbitrary: nasty }, { weight: 1, arbitrary: fc.string({ maxLength: 30 }) })
  const cases = fc.record({
    outcome: fc.constantFrom(...OUTCOME_NAMES),
    offset: fc.integer({ min: 0, max: 1000 }),
    texts: fc.array(text, { minLength: 12, maxLength: 12 }),
    remedy: fc.constantFrom('EITHER' as const, 'PRE_REVIEW' as const),
    kind: fc.constantFrom('N' as const, 'B' as const),
  })

  test('fast-check', () => {
    let sound = 0
    let errors = 0
    fc.assert(
      fc.property(cases, ({ outcome, offset, texts, remedy, kind }) => {
        const rule = outcomeRule(outcome)
        const evidence = Object.fromEntries(rule.evidence.map(({ key, options }, i) => [key, options === undefined ? (texts[i] ?? '') : (Object.keys(options)[offset % Object.keys(options).length] ?? '')]))
        const on = addCalendarDays('2023-06-01', offset)
        const settings = { ...APPLICATION_SETTINGS, adminQueryRemedy: remedy }
        const base = aDecidedCaseOn(outcome, on, evidence, kind)
        if (base === null) return
        const id = letterIdOf(outcome, base.decision?.evidence ?? evidence)
        const fields = Object.fromEntries(letterRule(id).fields.map(({ key, options }, i) => [key, options === undefined ? (texts[6 + i] ?? '') : (Object.keys(options)[0] ?? '')]))
        const input = anInput(id, { application: base, on: base.decision?.decidedOn ?? on, fields: { ...fields, ...FIELDS[id], ...(offset % 2 === 0 ? fields : {}) }, settings, docNo: null })
        const composed = composeLetter(input)
        if (!composed.ok) {
          expect(composed.problems.every(({ label, message }) => /\p{Script=Han}/u.test(label) && message !== '')).toBe(true)
          return
        }
        const { letter } = composed
        const act = letterRule(id).act ?? '本答复'
        // 救济：以另一种写法重算
        const first = /^(DENY_|PARTIAL)/.test(outcome) && input.on >= '2024-01-01'
        const kindOf = first ? '应当自收到之日起60日内先向' : '可以自收到之日起60日内向'
        expect(letter.remedy.text.startsWith(`如不服${act}，${kindOf}武昌区人民政府申请行政复议`)).toBe(true)
        expect(letter.remedy.text.includes('6个月')).toBe(!first)
        expect(letter.id).toBe(id)
        expect(letter.on).toBe(base.decision?.decidedOn)
        const findings = lintLetter({ ...letter, docNo: null }, input).filter(({ rule: each }) => each !== 'LT-01')
        if (hasErrors(findings)) return void errors++
        sound++
        // 核对无错的：正文里没有另一种救济，写明了自己的决定，没有未填的占位
        const own = letter.quoted.reduce((rest, words) => rest.replaceAll(words, ''), letter.paragraphs.join('\n'))
        expect(own).not.toMatch(/6个月内.*诉讼|上级主管部门申请行政复议|\{\w+\}/)
        expect((letterRule(id).says ?? []).some((words) => own.includes(words))).toBe(true)
        for (const words of letterRule(id).never ?? []) expect(own).not.toContain(words)
      }),
      { numRuns: 400, seed: 20250328 },
    )
    expect(sound).toBeGreaterThan(60)
    expect(errors).toBeGreaterThan(10)
  })

  // 各种结果在任取的一日作出；程序走不到的为 null
  function aDecidedCaseOn(outcome: Outcome, on: string, evidence: Readonly<Record<string, string>>, applicantKind: 'N' | 'B') {
    if (outcome === 'CLOSED_NO_CORRECTION' || outcome === 'CLOSED_NO_PAYMENT') return aDecidedCase(outcome)
    const start = addCalendarDays(on, -20)
    try {
      const before = outcome === 'UNABLE_UNCLEAR' ? [STEPS.askSupplement(start), STEPS.supplement(addCalendarDays(start, 3))] : outcome === 'NP_EXCESSIVE' ? [STEPS.askReason(start, start), STEPS.giveReason(start, false)] : []
      return aCase([...before, STEPS.propose(on, outcome, evidence), STEPS.decide(on)], { applicantKind }, start)
    } catch (error) {
      if (error instanceof Error && error.message === 'evidence-missing') return null
      throw error
    }
  }
})
