import { describe, expect, test } from 'vitest'
import type { FigureContext } from '../tally/figures.ts'
import { fill, firstDraft, problemsIn, typedFigures, unknownTokens } from './narrative.ts'

const context = (cells: Record<string, number>, change: Partial<FigureContext['figures']> = {}): FigureContext => ({
  bodyName: '示例街道办事处',
  self: '本机关',
  year: 2025,
  cells,
  figures: {
    items: { total: 0, byKind: [] },
    processingFee: { cases: 0, fen: 0 },
    replies: { total: 0, onTime: 0 },
    ...change,
  },
})

describe('占位', () => {
  test('零与非零各有说法', () => {
    expect(fill('{申请综述}', context({}))).toBe('2025年，本机关未收到政府信息公开申请。')
    expect(fill('{复议诉讼综述}', context({}))).toBe('本年度无政府信息公开行政复议、行政诉讼案件。')
    expect(fill('{信息处理费综述}', context({}))).toBe('2025年，本机关未收取信息处理费。')
    expect(fill('{主动公开综述}', context({}))).toBe('全年未新增主动公开政府信息。')
  })

  test('有数的逐项写明，零项不写', () => {
    const some = context({ 'R1.T': 18, 'R2.T': 2, 'R3.1.T': 6, 'R3.2.T': 2, 'R3.3.4.T': 1, 'R3.3.5.T': 1, 'R3.7.T': 18, 'R4.T': 2 })
    expect(fill('{申请综述}', some)).toBe(
      '2025年，本机关新收政府信息公开申请18件，上年结转2件；办结18件，其中予以公开6件，部分公开2件，不予公开2件；结转下年度继续办理2件。',
    )
  })

  test('主动公开条数与分类', () => {
    const items = { total: 8, byKind: [{ label: '概况', count: 3 }, { label: '财政', count: 2 }, { label: '其他对外管理服务事项', count: 3 }, { label: '许可', count: 0 }] }
    expect(fill('{主动公开综述}', context({}, { items }))).toBe(
      '全年共主动公开政府信息8条。其中，概况信息3条，财政信息2条，其他对外管理服务事项信息3条。',
    )
  })

  test('信息处理费以元计', () => {
    expect(fill('{信息处理费综述}', context({}, { processingFee: { cases: 2, fen: 123450 } }))).toBe(
      '2025年，本机关收取信息处理费1234.5元，涉及申请2件。',
    )
  })

  test('不认识的占位指出来', () => {
    expect(unknownTokens('收到{新收申请数}件，{申清数}件')).toEqual(['申清数'])
  })
})

describe('表格里有的数字不许手写', () => {
  test.each([
    ['本年收到政府信息公开申请 5 件', '{新收申请数}'],
    ['新收申请５件', '{新收申请数}'],
    ['上年结转2件', '{上年结转数}'],
    ['全年办结 18 件', '{办结数}'],
    ['予以公开6件', '{予以公开数}'],
    ['行政复议案件3件', '{行政复议数}'],
    ['主动公开政府信息8条', '{主动公开数}'],
    ['收取信息处理费1,200元', '{信息处理费}'],
  ])('%s', (text, use) => {
    expect(typedFigures(text).map((one) => one.use)).toContain(use)
  })

  test.each(['收到政府信息公开申请{新收申请数}件', '组织培训 3 次，受训 120 人', '〔2021〕30号', '2025年1月1日', '受理热线来电 300 件', '答复人大建议 6 件'])(
    '不误伤：%s',
    (text) => {
      expect(typedFigures(text)).toEqual([])
    },
  )

  test('保存前逐栏说明', () => {
    const draft = firstDraft([{ problem: '培训不足', measure: '加强培训' }])
    const bad = { ...draft, overview: { ...draft.overview, requests: '收到申请3件' }, lastProblems: [{ problem: '培训不足', answer: '{没有}' }] }
    expect(problemsIn(draft)).toEqual({})
    expect(problemsIn(bad)).toEqual({
      'overview.requests': '「收到申请3件」的数字取自台账，请改用 {新收申请数}',
      'lastProblems.0': '没有名为「{没有}」的数字，请从页首的列表中选用',
    })
  })
})
