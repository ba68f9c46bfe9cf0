import { newId } from '../../platform/id.ts'
import { eventsOfLine, readCount, readWan, readYear, rowReader } from '../../platform/ledger/index.ts'
import type { LedgerColumn, LedgerDefinition, RowReader } from '../../platform/ledger/index.ts'
import { COUNT_REFUSALS, isMatter, MATTERS, recordCount } from './yearly-count.ts'
import type { CountFacts, Matter } from './yearly-count.ts'
import { countKey, findCountsOfYears, newCount, saveCounts } from './yearly-store.ts'

const COLUMNS: readonly LedgerColumn[] = [
  { key: 'year', label: '年份', aliases: ['年度', '统计年度', '统计年份'], required: true, example: '2024' },
  { key: 'license', label: '行政许可决定数', aliases: ['行政许可', '行政许可处理决定数量', '许可决定数'], example: '12', note: '当年作出的决定件数；没有的填 0，留空为不报' },
  { key: 'penalty', label: '行政处罚决定数', aliases: ['行政处罚', '行政处罚处理决定数量', '处罚决定数'], example: '3' },
  { key: 'coercion', label: '行政强制决定数', aliases: ['行政强制', '行政强制处理决定数量', '强制决定数'], example: '0' },
  { key: 'fee', label: '收费金额（万元）', aliases: ['行政事业性收费', '行政事业性收费金额', '本年收费金额', '收费金额万元'], example: '1.25', note: '单位万元，至多六位小数' },
  { key: 'source', label: '数据来源', aliases: ['来源', '报送科室', '数据出处'], required: true, example: '示例：政务服务科台账', note: '同一年有几个来源的各填一行，报告中相加' },
  { key: 'evidence', label: '凭据', aliases: ['依据', '凭证', '备注'], example: '', note: '文号、文件名或网址' },
  // 以下各列只用于 2019、2020 年度的格式
  { key: 'service', label: '其他对外管理服务事项决定数', example: '', note: '以下各列只用于 2019、2020 年度报告' },
  { key: 'license-stock', label: '行政许可项目数', example: '', note: '年末在册的项目数' },
  { key: 'service-stock', label: '其他对外管理服务事项项目数', example: '' },
  { key: 'penalty-stock', label: '行政处罚项目数', example: '' },
  { key: 'coercion-stock', label: '行政强制项目数', example: '' },
  { key: 'fee-stock', label: '行政事业性收费项目数', example: '' },
  { key: 'procurement-count', label: '集中采购项目数', example: '' },
  { key: 'procurement-amount', label: '集中采购金额（万元）', example: '' },
]

export interface PowersRow {
  year: number
  source: string
  evidence: string | null
  amounts: readonly { matter: Matter; amount: number }[]
}

/** 行政权力数据。一行是一年一个来源的各项，行键为年份与来源。 */
export const powersLedger: LedgerDefinition<PowersRow> = {
  kind: 'powers',
  title: '行政权力数据',
  columns: COLUMNS,

  parseRow(values, { today }) {
    const row = rowReader<string>(values)
    const year = readYear(row.of('year'))
    if (year === null) row.wrong('year', row.of('year') === '' ? '未填' : '不是年份', '写成 2024')
    else if (year > Number(today.slice(0, 4))) row.wrong('year', COUNT_REFUSALS['year-not-begun'])
    const source = row.text('source', { most: 200, required: true }) ?? ''
    const evidence = row.text('evidence', { most: 1000 })
    const amounts = readAmounts(row)
    if (row.problems.length === 0 && amounts.length === 0) row.wrong(null, '没有一项数据')
    if (row.problems.length > 0 || year === null) return { ok: false, problems: row.problems }
    return { ok: true, key: `${year}年 ${source}`, value: { year, source, evidence, amounts } }
  },

  async importRows(tx, { bodyId, actor, at, today }, rows) {
    const known = await findCountsOfYears(tx, bodyId, [...new Set(rows.map((row) => row.value.year))])
    const counts = { created: 0, changed: 0, unchanged: 0 }
    const changes = rows.flatMap(({ line, value: { amounts, ...common } }) => {
      const own = amounts.map((amount) => {
        const facts: CountFacts = { ...common, ...amount }
        const found = known.get(countKey(facts)) ?? newCount(bodyId, newId())
        return { found, events: eventsOfLine(line, recordCount(found.state, { on: today, facts }), COUNT_REFUSALS) }
      })
      if (own.every(({ found }) => found.version === 0)) counts.created += 1
      else if (own.some(({ events }) => events.length > 0)) counts.changed += 1
      else counts.unchanged += 1
      return own
    })
    await saveCounts(tx, changes, { actor, at })
    return counts
  },
}

const readAmounts = (row: RowReader<string>): { matter: Matter; amount: number }[] =>
  COLUMNS.map((column) => column.key)
    .filter(isMatter)
    .filter((matter) => row.of(matter) !== '')
    .flatMap((matter) => {
      const isMoney = MATTERS[matter].unit === 'fen'
      const amount = (isMoney ? readWan : readCount)(row.of(matter))
      if (amount !== null) return [{ matter, amount }]
      if (isMoney) row.wrong(matter, '不是金额', '以万元为单位，写成 1.25')
      else row.wrong(matter, '不是非负整数', '没有的写 0')
      return []
    })
