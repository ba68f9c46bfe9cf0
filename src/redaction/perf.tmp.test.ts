import { afterAll, expect, test } from 'vitest'
import { closePdf, toPdf } from '../documents/index.ts'
import { closeRedaction, openSource, redact, verifyRedaction } from './index.ts'
afterAll(async () => { await closeRedaction(); await closePdf() })
test.each([60, 260])('perf %i', async (n) => {
  const text = '乙方：示例建设公司，开户银行账号 6222021234567890128，工程地点为示例路八号，工期一百二十天，验收合格后付清尾款。'.repeat(8)
  const bytes = await toPdf({ title: '合同', creator: 'x', datedOn: '2025-03-01', demo: false, blocks: Array.from({ length: n }, () => ({ kind: 'paragraph' as const, spans: [text] })) })
  const t: [string, number][] = []
  const lap = async <T>(name: string, f: () => Promise<T>): Promise<T> => { const s = performance.now(); const r = await f(); t.push([name, Math.round(performance.now() - s)]); return r }
  const { view } = await lap('open', () => openSource(bytes, 'pdf'))
  const marks = [{ kind: 'area' as const, page: 1, x: 0.2, y: 0.2, w: 0.2, h: 0.02, ground: '条例第十五条' }]
  const made = await lap('redact', () => redact(bytes, 'pdf', marks))
  const findings = await lap('verify', () => verifyRedaction(bytes, 'pdf', marks, made.bytes))
  console.log(view.shape === 'pages' && view.pages.length, made.bytes.length, findings, t)
  await lap('open2', () => openSource(made.bytes, 'pdf'))
  console.log(t)
}, 600_000)
