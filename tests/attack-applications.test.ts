import { describe, expect, it } from 'vitest'
import { findText, suggestNumbers } from '../src/applications/redaction-desk/find-text.ts'
import { toCsvLine } from '../src/platform/ledger/index.ts'
import { record } from '../src/audit/index.ts'
import { newId } from '../src/platform/id.ts'
import { testDb } from '../src/platform/testing.ts'
import { findPersonalNumbers, maskPersonalNumbers } from '../src/statute/personal-numbers.ts'

const { db } = testDb()

const ID = '11010519491231002X'
const ZERO_WIDTH = ['\u200b', '\u00ad', '\u2060', '\ufeff']

describe('夹着不占位的字符、分段写的个人信息，一样认得出', () => {
  it('公开之前的检查', () => {
    const written = [
      ...ZERO_WIDTH.map((mark) => `${ID.slice(0, 6)}${mark}${ID.slice(6)}`),
      `证件${ID.slice(0, 6)} ${ID.slice(6, 14)} ${ID.slice(14)}。`, '１３８ ００００ １２３４', '138-0000-1234', '1380000 1234', '1 13800001234', '6222 0212 3456 7894',
    ]
    for (const text of written) expect(findPersonalNumbers(text).length, JSON.stringify(text)).toBe(1)
    for (const text of ['2026-01-15 2026-02-16', '010-1234 5678', '027 8888 9999', '110105 19491231 0021', '武政〔2026〕12号 2024 2025 2026 2027']) expect(findPersonalNumbers(text), text).toEqual([])
  })

  it('遮盖之前的查找：位置仍在原文上，夹着的字符一并遮去', () => {
    const text = `申请人欧\u200b阳\u00ad锋，证件${ID.slice(0, 8)}\u200b${ID.slice(8)}`
    const part = { shape: 'blocks' as const, blocks: [{ id: 0, text, place: '第1段' }] }
    const [name] = findText(part, 1, '欧阳锋')
    expect(name?.value).toBe('1.0.3.8')
    const [number] = suggestNumbers(part, 1)
    expect([number?.kind, number?.value]).toEqual(['居民身份证号码', `1.0.11.${text.length}`])
  })
})

it('导出的表格里没有公式：全角的、前有空白的也不算', () => {
  for (const text of ['=1+1', '＝1+1', ' =1+1', '\n=1', '　@x', '－1']) expect(toCsvLine([text]).replace(/^"/, '').startsWith("'"), JSON.stringify(text)).toBe(true)
  expect(toCsvLine(['甲=1', '—'])).toBe('甲=1,—\r\n')
})

it('事由里写了号码的，留痕里只有遮盖之后的', async () => {
  const target = newId()
  await record(db, { kind: 'system', name: 'test' }, 'personal-data.read', target, { reason: `核对 ${ID} 与 138-0000-1234 共 2 项`, letter: target, hash: 'ab12'.repeat(16) })
  const { detail } = await db.selectFrom('audit_event').select('detail').where('target', '=', target).executeTakeFirstOrThrow()
  expect(detail).toEqual({ reason: '核对 110***********002X 与 138****1234 共 2 项', letter: target, hash: 'ab12'.repeat(16) })
  expect(maskPersonalNumbers('没有号码的㎡ 一字不动')).toBe('没有号码的㎡ 一字不动')
  expect(maskPersonalNumbers('请查处，电话１３８０\u200b０００１２３４：㎡（或者 13900001111）。')).toBe('请查处，电话138****1234：㎡（或者 139****1111）。')
})
