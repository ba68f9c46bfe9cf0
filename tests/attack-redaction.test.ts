import { afterAll, describe, expect, it } from 'vitest'
import { closeRedaction, openSource, redact, verifyRedaction } from '../src/redaction/index.ts'
import type { Mark } from '../src/redaction/index.ts'
import { aLine, aTextPdf } from '../src/redaction/testing.ts'

afterAll(closeRedaction)

const HEADING = aLine('公开标题', 250)

/** 遮盖之后，文字层里可以选取、复制的字。 */
async function layerOf(content: string, marks: readonly Mark[] = []): Promise<string> {
  const original = aTextPdf([content])
  const { bytes } = await redact(original, 'pdf', marks)
  expect(await verifyRedaction(original, 'pdf', marks, bytes)).toEqual([])
  const { view } = await openSource(bytes, 'pdf')
  return view.shape === 'pages' ? (view.pages[0]?.words ?? []).map(({ text }) => text).join('') : ''
}

describe('画面上看不见的字，不经文字层泄露', () => {
  it('盖住姓名再写上别的字：改过的是上面的字，底下的不留', async () => {
    expect(await layerOf(`${HEADING} ${aLine('当事人李四', 200)} 0.9 g 30 190 200 30 re f 0 g ${aLine('当事人某某', 200)}`)).not.toContain('李')
  })

  it('白字之上另有黑字的，不留', async () => {
    expect(await layerOf(`${HEADING} 1 1 1 rg ${aLine('王五赵六', 200)} 0 0 0 rg ${aLine('已作隐去', 200)}`)).not.toMatch(/[王五赵六]/)
  })

  it('不显示的字垫在看得见的字下，错开一点也不留', async () => {
    for (const shift of [0, 4, 8]) expect(await layerOf(`${HEADING} 3 Tr ${aLine('王五赵六', 250 - shift, 40 + shift)}`)).not.toMatch(/[王五赵六]/)
  })

  it('以文字裁切画面的，整页不留文字层', async () => {
    expect(await layerOf(`${HEADING} q 3 Tr ${aLine('王五赵六', 200)} 7 Tr ${aLine('裁', 100)} 0.5 g 0 0 400 240 re f Q`)).toBe('')
  })

  it('小得认不出的字，不留', async () => {
    expect(await layerOf(`${HEADING} ${aLine('微字王五', 200, 40, 0.5)}`)).toBe('公开标题')
  })

  it('看得见的照样可以选取：红头、描两遍的粗字、紧排的行', async () => {
    expect(await layerOf(`1 0 0 rg ${aLine('红头文件', 250)}`)).toBe('红头文件')
    expect(await layerOf(`${aLine('粗体', 250)} ${aLine('粗体', 250, 40.4)}`)).toContain('粗体')
    expect(await layerOf([0, 1, 2].map((line) => aLine('第一条，（公开）。', 250 - line * 17)).join(' '))).toBe('第一条，（公开）。'.repeat(3))
  })
})
