import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { consistentCells } from '../../statute/report-checks.testing.ts'
import { HEADINGS, type Cells, type TableName } from '../../statute/report-form.ts'
import { formTable } from '../../statute/report-table.ts'
import { checkText } from './check-report.testing.ts'

/** 一份文表一致的报告的全文。 */
function textOf(cells: Cells): string {
  const table = (name: TableName) =>
    formTable('2021', name, (code) => ({ text: String(cells[code]) }))
      .map((row) => row.map((cell) => cell.text).join('\t'))
      .join('\n')
  const sum = (group: string, rows: number) =>
    Array.from({ length: rows }, (_, index) => cells[`R3.${group}.${index + 1}.T`]!).reduce((a, b) => a + b, 0)
  const n = (code: string) => cells[code]!
  return `武汉市某某局
2024年政府信息公开工作年度报告
本报告依据《中华人民共和国政府信息公开条例》编制，统计期限为2024年1月1日至12月31日。联系电话：027-88888888。
${HEADINGS[0]}
（一）政府信息主动公开情况。全年主动公开政府信息60条，其中概况信息20条，其他信息40条。
（二）政府信息依申请公开情况。2024年新收政府信息公开申请${n('R1.T')}件，上年结转${n('R2.T')}件，办结${n('R3.7.T')}件，其中予以公开${n('R3.1.T')}件、部分公开${n('R3.2.T')}件、不予公开${sum('3', 8)}件、无法提供${sum('4', 3)}件、不予处理${sum('5', 5)}件、其他处理${sum('6', 3)}件，结转下年度继续办理${n('R4.T')}件。政府信息公开行政复议${n('T4.rv.total')}件，其中结果维持${n('T4.rv.upheld')}件，结果纠正${n('T4.rv.corrected')}件；行政诉讼${n('T4.ld.total') + n('T4.la.total')}件，其中未经复议直接起诉${n('T4.ld.total')}件，复议后起诉${n('T4.la.total')}件。
（三）政府信息管理情况。严格审查。
（四）政府信息公开平台建设情况。维护网站。
（五）监督保障情况。开展培训。
${HEADINGS[1]}
${table('T2')}
${HEADINGS[2]}
${table('T3')}
${HEADINGS[3]}
${table('T4')}
${HEADINGS[4]}
存在公开不及时的问题。下一步将逐月核对目录，明确专人负责，按季度通报。
${HEADINGS[5]}
2024年没有收取信息处理费，发出收费通知后未缴费的已按规定处理，收取信息处理费0元。
`
}

test('any consistent report, written out and read back, has no finding', async () => {
  await fc.assert(
    fc.asyncProperty(consistentCells('2021'), async (cells) => {
      expect(await checkText(textOf(cells))).toEqual([])
    }),
    { numRuns: 20 },
  )
})

test('one figure of its prose changed is found at its line', async () => {
  await fc.assert(
    fc.asyncProperty(consistentCells('2021'), fc.nat(), fc.integer({ min: 1, max: 9 }), async (cells, pick, by) => {
      const text = textOf(cells)
      const line = text.split('\n').findIndex((each) => each.startsWith('（二）'))
      const spots = [...text.split('\n')[line]!.matchAll(/\d+(?=件)/g)]
      const spot = spots[pick % spots.length]!
      const changed = text.split('\n')
      changed[line] = `${changed[line]!.slice(0, spot.index)}${Number(spot[0]) + by}${changed[line]!.slice(spot.index + spot[0].length)}`
      expect((await checkText(changed.join('\n'))).map((one) => `${one.rule} ${one.line}`)).toEqual([`K11 ${line + 1}`])
    }),
    { numRuns: 40 },
  )
})
