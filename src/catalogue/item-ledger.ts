import { getBody, getCalendar, getSetting } from '../bodies/index.ts'
import { newId } from '../platform/id.ts'
import type { Tx } from '../platform/db.ts'
import { countChanges, eventsOfLine, LedgerRefused, rowReader } from '../platform/ledger/index.ts'
import type { LedgerColumn, LedgerDefinition, LedgerRow, RowReader } from '../platform/ledger/index.ts'
import { yearOf } from '../statute/plain-date.ts'
import { EXEMPTIONS, readExemption } from './exemptions.ts'
import type { Exemption } from './exemptions.ts'
import { wordIndexNo } from './index-number.ts'
import { hashContent } from './item-hash.ts'
import { ITEM_REFUSALS, recordFromLedger } from './item-rules.ts'
import { ATTRIBUTES, NEW_ITEM, ORIGINS } from './item.ts'
import type { Attribute, Classification, LedgerRecord } from './item.ts'
import { readPublicationCodes, readSummaryKind, SUMMARY_KINDS } from './publication-codes.ts'
import { findIndexNumbers, itemStore, newItem, saveItems, takeIndexNumbers } from './store.ts'
import type { LoadedItem } from './store.ts'

const COLUMNS = [
  { key: 'indexNo', label: '索引号', aliases: ['信息索引号', '索引'], example: '000014349/2024-00001', note: '没有的由系统按机构的格式编定，编定后不变' },
  { key: 'title', label: '标题', aliases: ['信息名称', '名称', '信息标题', '文件名称', '公开事项名称'], required: true, example: '示例：2024年部门预算', note: '只填主标题，不超过 500 字；不得含身份证、手机等个人信息' },
  { key: 'docNo', label: '文号', aliases: ['发文字号', '文件编号'], example: '示例〔2024〕1号' },
  { key: 'summary', label: '内容概述', aliases: ['概述', '摘要', '内容摘要'], example: '年度收支预算' },
  { key: 'origin', label: '信息来源', aliases: ['制作或获取'], example: '本机关制作', note: Object.values(ORIGINS).join('、') + '；不填为本机关制作' },
  { key: 'formedOn', label: '形成日期', aliases: ['生成日期', '成文日期', '制作日期', '产生日期', '生成时间', '成文时间'], required: true, example: '2024-01-20' },
  { key: 'publishedOn', label: '发布日期', aliases: ['公开日期', '发布时间', '公开时间', '上网日期', '挂网日期'], required: true, example: '2024-02-05', note: '主动公开的填首次公开之日，尚未公开的留空；按这一日计入年度' },
  { key: 'attribute', label: '公开属性', aliases: ['公开方式', '公开类别', '属性'], example: '主动公开', note: Object.values(ATTRIBUTES).join('、') + '；不填为主动公开' },
  { key: 'codes', label: '第二十条/二十一条事项', aliases: ['法定主动公开内容', '公开事项', '公开依据', '条例事项', '事项', '公开内容类别', '二十条事项'], required: true, example: '第二十条第（七）项', note: '如「第二十条第（七）项」「A20_07」「第二十一条公共服务」，可多个，以顿号隔开；主动公开的必填' },
  { key: 'summaryKind', label: '综述分类', aliases: ['分类', '信息分类', '信息类别', '类别'], example: '财政', note: Object.values(SUMMARY_KINDS).join('、') + '；不填则依事项得出，用于报告第一部分的分类条数' },
  { key: 'exemption', label: '不予公开依据', aliases: ['不公开依据'], example: '', note: Object.values(EXEMPTIONS).map((e) => `${e.label}（${e.article}）`).join('；') + '；公开属性为不予公开的必填' },
  { key: 'reason', label: '不予公开理由', aliases: ['不公开理由'], example: '', note: '公开属性为不予公开的必填' },
  { key: 'channel', label: '发布渠道', aliases: ['公开渠道', '公开载体'], example: '区政府门户网站' },
  { key: 'url', label: '发布地址', aliases: ['网址', '链接', '公开网址', '信息链接', 'url'], example: 'https://example.gov.cn/xxgk/1.html' },
  { key: 'withdrawnOn', label: '撤回日期', aliases: ['撤稿日期', '下线日期'], example: '', note: '公开后撤回的填写；撤回的不计入主动公开条数' },
  { key: 'withdrawReason', label: '撤回原因', aliases: ['撤稿原因'], example: '' },
] as const satisfies readonly LedgerColumn[]

export interface ItemRow {
  indexNo: string | null
  record: LedgerRecord
}

type Key = (typeof COLUMNS)[number]['key']

/** 主动公开台账。行键为索引号；没有索引号的为标题、文号与形成日期。 */
export const itemLedger: LedgerDefinition<ItemRow> = {
  kind: 'items',
  title: '主动公开台账',
  columns: COLUMNS,

  parseRow(values, { today }) {
    const row = rowReader<Key>(values)
    const indexNo = row.text('indexNo', { most: 80 })
    const classification = readClassification(row)
    const record: LedgerRecord = {
      content: {
        title: row.text('title', { most: 500, required: true }) ?? '',
        docNo: row.text('docNo', { most: 100 }),
        summary: row.text('summary', { most: 2000 }),
        origin: row.pick('origin', ORIGINS, 'made'),
        formedOn: row.day('formedOn', { required: true, notAfter: today }) ?? '',
        files: [],
      },
      classification,
      publishedOn: row.day('publishedOn', { notAfter: today }),
      url: row.text('url', { most: 1000 }),
      channel: row.text('channel', { most: 200 }),
      withdrawnOn: row.day('withdrawnOn', { notAfter: today }),
      withdrawReason: row.text('withdrawReason', { most: 500 }),
    }
    if (row.problems.length > 0) return { ok: false, problems: row.problems }

    // 其余由名词判断：日期先后、个人信息、属性与公开是否相称
    const decided = recordFromLedger(NEW_ITEM, { on: today, indexNo: '', record, contentHash: '', source: '' })
    if (!decided.ok) return { ok: false, problems: [{ column: COLUMN_OF[decided.refusal] ?? null, message: ITEM_REFUSALS[decided.refusal] }] }
    const { title, docNo, formedOn } = record.content
    return { ok: true, key: indexNo === null ? `${title}|${docNo ?? ''}|${formedOn}` : `索引号 ${indexNo}`, value: { indexNo, record } }
  },

  async importRows(tx, { bodyId, actor, at, today }, rows) {
    const calendar = await getCalendar(tx)
    const known = await itemStore.findByLedgerKeys(tx, bodyId, rows.map((row) => row.key))
    await refuseTakenNumbers(tx, bodyId, rows)
    const numbers = await numberRows(tx, bodyId, rows.filter((row) => row.value.indexNo === null && !known.has(row.key)))
    const changes = rows.map(({ key, line, value: { indexNo: stated, record } }) => {
      const found = known.get(key) ?? newItem(bodyId, newId(), key)
      const indexNo = stated ?? numbers.get(key) ?? indexNoOf(found)
      const decided = recordFromLedger(found.state, { on: today, indexNo, record, contentHash: hashContent(record.content), source: actor })
      return { found, events: eventsOfLine(line, decided, ITEM_REFUSALS) }
    })
    await saveItems(tx, changes, { actor, at }, calendar)
    return countChanges(changes)
  },
}

function readClassification(row: RowReader<Key>): Classification {
  const attribute = row.pick<Attribute, Attribute>('attribute', ATTRIBUTES, 'proactive')
  const codes = readPublicationCodes(row.of('codes'))
  if (codes === null) row.wrong('codes', '认不出是第二十条、第二十一条的哪一项', '写成「第二十条第（七）项」或「A20_07」')
  else if (codes.length === 0 && attribute === 'proactive') row.wrong('codes', '主动公开的未写属于哪一项', '写成「第二十条第（七）项」')
  const summaryKind = readSummaryKind(row.of('summaryKind'))
  if (row.of('summaryKind') !== '' && summaryKind === null)
    row.wrong('summaryKind', '不在可选之列', `填 ${Object.values(SUMMARY_KINDS).join('、')}，或留空`)
  return { attribute, codes: codes ?? [], summaryKind, exemption: readReason(row, attribute), term: 'GENERAL', termFrom: null }
}

function readReason(row: RowReader<Key>, attribute: Attribute): Exemption | null {
  if (attribute !== 'exempt') return null
  const code = readExemption(row.of('exemption'))
  if (code === null) row.wrong('exemption', row.of('exemption') === '' ? '不予公开的未写依据' : '认不出是哪一种依据', `写其中一种：${Object.values(EXEMPTIONS).map(({ label }) => label).join('、')}`)
  const reason = row.text('reason', { most: 1000, required: true })
  return code === null ? null : { code, reason: reason ?? '' }
}

const COLUMN_OF: Partial<Record<keyof typeof ITEM_REFUSALS, Key>> = {
  'before-formed': 'publishedOn',
  'personal-data-found': 'title',
  'not-proactive': 'publishedOn',
}

const indexNoOf = ({ state }: LoadedItem): string => (state.status === 'new' ? '' : state.indexNo)

async function refuseTakenNumbers(tx: Tx, bodyId: string, rows: readonly LedgerRow<ItemRow>[]): Promise<void> {
  const stated = rows.flatMap((row) => (row.value.indexNo === null ? [] : [row.value.indexNo]))
  const used = await findIndexNumbers(tx, bodyId, stated)
  for (const row of rows) {
    const other = row.value.indexNo === null ? undefined : used.get(row.value.indexNo)
    if (other && other.ledgerKey !== row.key)
      throw new LedgerRefused(`第 ${row.line} 行：索引号 ${row.value.indexNo} 已编给《${other.title}》`)
  }
}

async function numberRows(tx: Tx, bodyId: string, rows: readonly LedgerRow<ItemRow>[]): Promise<Map<string, string>> {
  const numbers = new Map<string, string>()
  if (rows.length === 0) return numbers
  const body = await getBody(tx, bodyId)
  const template = await getSetting(tx, bodyId, 'indexNoTemplate')
  for (const [year, group] of Map.groupBy(rows, (row) => yearOf(row.value.record.content.formedOn))) {
    const taken = await takeIndexNumbers(tx, bodyId, year, group.length, (n) => wordIndexNo(template, body, year, n))
    for (const [index, row] of group.entries()) numbers.set(row.key, taken[index] ?? '')
  }
  return numbers
}
