import { expect, test } from 'vitest'
import { leafRows, rowLabelOf, formOf } from '../../statute/report-form.ts'
import { OUTCOME_NAMES, outcomeRule } from '../../statute/outcomes.ts'
import { applicationLedger } from './ledger.ts'
import { readOutcome } from '../outcome-labels.ts'

const context = { bodyId: 'b', actor: 'system:test', at: new Date(), today: '2026-01-15' }
const parse = (values: Record<string, string>) =>
  applicationLedger.parseRow({ regNo: '1', receivedOn: '2024-03-04', applicantKind: '自然人', content: '某批复', ...values }, context)
const problems = (values: Record<string, string>) => {
  const parsed = parse(values)
  return parsed.ok ? [] : parsed.problems.map((p) => `${p.column}：${p.message}`)
}
const valueOf = (values: Record<string, string>) => {
  const parsed = parse(values)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return parsed.value
}
const rowOf = (text: string) => {
  const reading = readOutcome(text)
  return reading.ok ? outcomeRule(reading.outcome).row : reading.message
}

test('模板的示例行读得通', () => {
  const example = Object.fromEntries(applicationLedger.columns.map((column) => [column.key, column.example]))
  expect(applicationLedger.parseRow(example, context)).toMatchObject({ ok: true, key: '2024-001', value: { outcome: 'GRANTED', deliveryMethod: 'POST', channel: 'ONLINE' } })
})

test('处理结果：二十一行的行名（带序号、不带、带类名、路径）与行代码都读回本行', () => {
  for (const row of formOf('2021').t3) {
    if (!leafRows('2021').includes(row.code)) continue
    const bare = row.label.replace(/^(（.）|\d\.)/, '')
    const forms = [row.code, row.code.slice(1), rowLabelOf(row.code), `${row.group ?? ''}${row.label}`]
    if (bare !== '其他') forms.push(row.label, bare, bare.replaceAll('“', '"'))
    for (const text of forms) expect(rowOf(text), text).toBe(row.code)
  }
  for (const name of OUTCOME_NAMES) {
    expect(readOutcome(name)).toEqual({ ok: true, outcome: name })
    expect(rowOf(outcomeRule(name).label)).toBe(outcomeRule(name).row)
  }
})

test.each([
  ['公开', 'R3.1'],
  ['同意公开', 'R3.1'],
  ['已主动公开，告知获取途径', 'R3.1'],
  ['信息不存在', 'R3.4.1'],
  ['非本机关负责公开', 'R3.4.1'],
  ['不属于本机关职责', 'R3.4.1'],
  ['涉及商业秘密', 'R3.3.4'],
  ['信访举报', 'R3.5.1'],
  ['重复申请', 'R3.5.2'],
  ['逾期未补正', 'R3.6.1'],
  ['申请人撤回', 'R3.6.3'],
  ['其他处理', 'R3.6.3'],
  ['R3.3.6', 'R3.3.6'],
])('常见写法 %s → %s', (text, row) => {
  expect(rowOf(text)).toBe(row)
})

test('含糊的处理结果不猜', () => {
  for (const text of ['不予公开', '无法提供', '不予处理', '办结', '已答复', '涉及个人隐私及过程性信息']) expect(readOutcome(text).ok, text).toBe(false)
})

test('申请人类型', () => {
  const kind = (applicantKind: string) => valueOf({ applicantKind }).applicantKind
  expect(['自然人', '公民', '商业企业', '法人或其他组织-科研机构', '社会公益组织', '法律服务机构', '律师事务所', '其他', 'L', '法人或其他组织（其他）'].map(kind)).toEqual(
    ['N', 'N', 'B', 'R', 'P', 'L', 'L', 'O', 'L', 'O'],
  )
  expect(problems({ applicantKind: '法人或其他组织' })).toEqual(['applicantKind：没有写明是哪一类法人或其他组织'])
  expect(problems({ applicantKind: '外星人' })).toEqual(['applicantKind：不在可选之列'])
})

test('渠道、送达方式、延期、费用', () => {
  const channel = (text: string) => valueOf({ channel: text }).channel
  expect(['网上', '政府网站', '现场', '邮寄', 'EMS', '平信', '电子邮件', '传真', '口头', ''].map(channel)).toEqual(
    ['ONLINE', 'ONLINE', 'IN_PERSON', 'POST_SIGNED', 'POST_SIGNED', 'POST_PLAIN', 'EMAIL', 'FAX', 'ORAL', null],
  )
  const method = (deliveryMethod: string) => valueOf({ deliveryMethod }).deliveryMethod
  expect(['邮寄送达', 'EMS', '电子邮件', '当面领取', '委托送达'].map(method)).toEqual(['POST', 'POST', 'ELECTRONIC', 'DIRECT', 'ENTRUSTED'])
  expect([valueOf({ extensionDays: '20个工作日' }).extensionDays, valueOf({ extensionDays: '无' }).extensionDays]).toEqual([20, 0])
  expect(problems({ extensionDays: '21' })).toEqual(['extensionDays：超过 20 个工作日（条例第三十三条第二款）'])
  expect([valueOf({ feeAmount: '1,200.5' }).feeAmount, valueOf({ feeAmount: '' }).feeAmount]).toEqual([120050, 0])
  expect(problems({ feeAmount: '-3' })).toEqual(['feeAmount：不是金额'])
})

test('彼此不符的逐处说明', () => {
  expect(problems({ decidedOn: '2024-03-01', outcome: '予以公开' })).toEqual(['decidedOn：答复日期早于收到日期'])
  expect(problems({ decidedOn: '2024-03-20' })).toEqual(['outcome：有答复日期而没有处理结果'])
  expect(problems({ outcome: '予以公开' })).toEqual(['decidedOn：有处理结果而没有答复日期'])
  expect(problems({ servedOn: '2024-03-20' })).toEqual(['decidedOn：有送达日期而没有答复日期'])
  expect(problems({ decidedOn: '2026-03-20', outcome: '予以公开' })).toEqual(['decidedOn：晚于今日'])
  expect(problems({ supplementedOn: '2024-03-20' })).toEqual(['supplementAskedOn：有收到补正日期而没有补正告知日期'])
  expect(problems({ supplementAskedOn: '2024-03-06', supplementedOn: '2024-03-08', decidedOn: '2024-04-20', outcome: '逾期不补正' })).toEqual([
    'outcome：申请人已补正，不能是逾期不补正',
  ])
  expect(problems({ receivedOn: '2024-02-30', applicantKind: '', content: '' })).toHaveLength(3)
})

test('在办的：处理结果写“办理中”等同未填', () => {
  expect(valueOf({ outcome: '办理中' })).toMatchObject({ outcome: null, decidedOn: null })
})
