import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isUscc } from '../../bodies/index.ts'
import { readBodyText } from './body-text.ts'
import { RULES } from './hit.ts'
import { toPlain } from './plain.ts'
import { scanText } from './scan-text.ts'
import { STARTER_WORDS } from './starter-words.ts'
import { toHits } from './to-hits.ts'
import { toWordIndex } from './word-index.ts'

const context = { ownCode: '91350100M000100Y43', words: toWordIndex(STARTER_WORDS) }
const hitsOf = (text: string) => {
  const plain = toPlain(text)
  return toHits({ key: 'body', place: '正文' }, plain, scanText(plain, context))
}
const rulesOf = (text: string): string[] => hitsOf(text).map(({ rule }) => rule)

test.each([
  ['G50: an identity number', '联系人证件号 11010519491231002X，请核对', 'id-number'],
  ['an identity number in full-width figures with a soft hyphen', '１１０１０５１９４９\u00ad１２３１００２Ｘ', 'id-number'],
  ['an identity number stuck to letters', '证号ID11010519491231002X', 'id-number'],
  ['a disability number, which holds an identity number', '残疾证 11010519491231002X43', 'disability-number'],
  ['a mobile number', '手机：138 0000 1234', 'mobile'],
  ['a bank card', '卡号 6222021234567890128', 'bank-card'],
  ['an account', '开户账号：420501110001234', 'account-number'],
  ['a home', '住武昌区中山路12号3栋2单元501室', 'home'],
  ['a room on a street', '地址：武昌区中山路307号501室', 'room'],
  ['a plate', '车牌鄂A12345', 'plate'],
  ['a passport', '护照号码 E12345678', 'passport'],
  ['a case record', '住院号：A2024001', 'medical'],
  ['an illness of somebody', '经诊断为肺结核', 'medical-words'],
  ['a private mailbox', '邮箱 zhangsan@qq.com', 'contact'],
  ['a home telephone', '住宅电话 027-88881234', 'home-phone'],
  ['a mark of secrecy with its term', '机密★1年', 'secret-mark'],
  ['a mark in the head', '秘 密\n关于某事的通知', 'secret-mark'],
  ['a mark written out', '密级：秘密', 'secret-mark'],
  ['a document that says it is not public', '公开方式：不予公开', 'not-public-mark'],
  ['words of inside use', '内部资料，注意保存', 'internal-words'],
])('%s is found', (_, text, rule) => {
  expect(rulesOf(text)).toContain(rule)
})

test.each([
  ['secrets spoken of', '保守国家秘密，保护商业秘密；公开属性由承办人拟定', []],
  ['the body’s own code, and why', '统一社会信用代码 91350100M000100Y43', ['own-code']],
  ['an office telephone, and why', '办公电话 027-88880000', ['office-phone']],
  ['hotlines', '市民热线 12345，报警 110', []],
  ['a document number and an index number', '武城运〔2024〕12号，000014349/2017-00110', []],
  ['secrecy levels in a table below the head', `${'一行\n'.repeat(9)}机密\n`, ['internal-words']],
  ['an office in a numbered building', '办公地点在1栋305室窗口', ['room']],
  ['a right form that holds a wrong one', '政治协商会议', []],
])('harmless: %s', (_, text, rules) => {
  expect(rulesOf(text)).toEqual(rules)
})

test('a credit code of another body is a note, not personal', () => {
  const [hit] = hitsOf('中标单位 91110000100000017J')
  expect(isUscc('91110000100000017J') ? hit?.rule : 'credit-code').toBe('credit-code')
  expect(RULES['credit-code'].severity).toBe('note')
})

test('what is shown of a hit is masked, neighbours too, and says where', () => {
  const [id, mobile] = hitsOf('第一段\n张某，11010519491231002X，电话 13800001234')
  expect(id).toMatchObject({ rule: 'id-number', severity: 'block', count: 1, samples: [{ at: '第 2 段', excerpt: '张某，110***********002X，电话 138****1234' }] })
  expect(mobile?.rule).toBe('mobile')
  expect(hitsOf('甲\f乙 13800001234')[0]?.samples[0]?.at).toBe('第 2 页')
})

test('one address found in two ways is one hit', () => {
  expect(hitsOf('中山路12号3栋2单元501室').map(({ rule, count }) => [rule, count])).toEqual([['home', 1]])
})

test('many hits of one kind are one entry with a count; a wrong word says the right one', () => {
  const [hit, ...others] = hitsOf('13800001234 和 '.repeat(300))
  expect([hit?.count, hit?.samples.length, others.length]).toEqual([300, 5, 0])
  expect(hitsOf('截止目前已完成')[0]).toMatchObject({ rule: 'word', said: '「截止目前」应为「截至目前」' })
})

test('the text of a body: cells do not run together, links and captions are read, pictures without words are counted', () => {
  const { text, withoutAlt } = readBodyText('<table><tr><td>1380000</td><td>1234</td></tr></table><p>见<a href="https://x/13800001234">此</a></p><img src="file:a"><img src="file:b" alt="图">')
  expect(text.split('\n')).toEqual(['1380000', '1234', '见此', 'https://x/13800001234', '图'])
  expect(withoutAlt).toBe(1)
})

test('nothing personal is left in any sample, whatever stands around it', () => {
  const piece = fc.constantFrom('11010519491231002X', '13800001234', '6222021234567890128', '鄂A12345', '，', '\n', '张某', '3栋2单元501室', ' ', '：', '路')
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const shown = JSON.stringify(hitsOf(pieces.join('')).map(({ samples }) => samples))
      return !/110105|13800001234|62220212345/.test(shown)
    }),
  )
})

test('any text of any shape is scanned; the work grows with its length, not faster', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), (text) => Array.isArray(hitsOf(text))), { numRuns: 200 })
  // 有意为之的：各条规则起头的字反复出现
  for (const evil of ['路1', '1栋', '诊断为', '1'.repeat(18), 'a.', '鄂A1', '机密 ', '公开方式:', '0271', 'E1', '，', '微信:a']) expect(hitsOf(evil.repeat(400_000 / evil.length)).length).toBeLessThan(20)
})
