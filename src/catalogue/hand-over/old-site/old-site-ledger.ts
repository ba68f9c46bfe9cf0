import { getBody, getCalendar, getSetting } from '../../../bodies/index.ts'
import type { Tx } from '../../../platform/db.ts'
import { newId } from '../../../platform/id.ts'
import { countChanges, eventsOfLine, rowReader } from '../../../platform/ledger/index.ts'
import type { LedgerColumn, LedgerDefinition, LedgerRow } from '../../../platform/ledger/index.ts'
import { yearOf } from '../../../statute/plain-date.ts'
import { wordIndexNo } from '../../index-number.ts'
import { hashContent } from '../../item-hash.ts'
import { ITEM_REFUSALS, recordFromLedger } from '../../item-rules.ts'
import { NEW_ITEM } from '../../item.ts'
import type { ItemState, LedgerRecord } from '../../item.ts'
import { keepOldAddresses, toOldPath } from '../../public/old-addresses.ts'
import { readPublicationCodes } from '../../publication-codes.ts'
import { itemStore, newItem, saveItems, takeIndexNumbers } from '../../store.ts'
import { keyOfUrl } from './import-pages.ts'

const COLUMNS = [
  { key: 'url', label: '网址', aliases: ['链接', '页面地址', '文章地址', '信息链接', 'url', 'link'], required: true, example: 'http://www.example.gov.cn/xxgk/1.html', note: '旧网站上的网址；凭它认出同一条，再导入不重复' },
  { key: 'title', label: '标题', aliases: ['名称', '信息名称', '文章标题', 'title'], required: true, example: '示例：2024年部门预算' },
  { key: 'publishedOn', label: '发布日期', aliases: ['发布时间', '公开日期', '日期', 'date', 'pubdate'], required: true, example: '2024-02-05' },
  { key: 'formedOn', label: '形成日期', aliases: ['成文日期', '生成日期', '制作日期'], example: '2024-01-20', note: '不填的同发布日期' },
  { key: 'docNo', label: '文号', aliases: ['发文字号', '文件编号'], example: '' },
  { key: 'codes', label: '第二十条/二十一条事项', aliases: ['事项', '公开事项', '法定主动公开内容'], required: true, example: 'A20_07', note: '如「第二十条第（七）项」「A20_07」，可多个' },
  { key: 'summary', label: '内容概述', aliases: ['摘要', '概述'], example: '' },
] as const satisfies readonly LedgerColumn[]
type Key = (typeof COLUMNS)[number]['key']

interface OldRow {
  url: string
  record: LedgerRecord
}

/** 旧网站的信息目录（没有正文）：一行一页，内容仍在旧网站上；旧网址记下，以后转到本站。 */
export const oldSiteLedger: LedgerDefinition<OldRow> = {
  kind: 'old-site',
  title: '旧网站信息目录',
  columns: COLUMNS,

  parseRow(values, { today }) {
    const row = rowReader<Key>(values)
    const url = row.text('url', { most: 600, required: true }) ?? ''
    if (url !== '' && (!/^https?:\/\//i.test(url) || toOldPath(url) === null)) row.wrong('url', '不是网页的网址', '写成 http://www.example.gov.cn/xxgk/1.html')
    const title = row.text('title', { most: 500, required: true }) ?? ''
    const publishedOn = row.day('publishedOn', { required: true, notAfter: today }) ?? ''
    const formedOn = row.day('formedOn', { notAfter: today }) ?? publishedOn
    const codes = readPublicationCodes(row.of('codes'))
    if (codes === null || codes.length === 0) row.wrong('codes', row.of('codes') === '' ? '未填' : '认不出是第二十条、第二十一条的哪一项', '写成「第二十条第（七）项」或「A20_07」')
    const record: LedgerRecord = {
      content: { title, docNo: row.text('docNo', { most: 100 }), summary: row.text('summary', { most: 2000 }), origin: 'made', formedOn, files: [] },
      classification: { attribute: 'proactive', codes: codes ?? [], summaryKind: null, exemption: null, term: 'GENERAL', termFrom: null },
      publishedOn, url, channel: '旧网站', withdrawnOn: null, withdrawReason: null,
    }
    if (row.problems.length > 0) return { ok: false, problems: row.problems }
    const decided = recordFromLedger(NEW_ITEM, { on: today, indexNo: '', record, contentHash: '', source: '' })
    if (!decided.ok) return { ok: false, problems: [{ column: decided.refusal === 'before-formed' ? 'publishedOn' : 'title', message: ITEM_REFUSALS[decided.refusal] }] }
    return { ok: true, key: keyOfUrl(url), value: { url, record } }
  },

  async importRows(tx, { bodyId, actor, at, today }, rows) {
    const known = await itemStore.findByLedgerKeys(tx, bodyId, rows.map((row) => row.key))
    const numbers = await numberRows(tx, bodyId, rows.filter((row) => !known.has(row.key)))
    const changes = rows.map(({ key, line, value }) => {
      const found = known.get(key) ?? newItem(bodyId, newId(), key)
      const indexNo = found.state.status === 'new' ? (numbers.get(key) ?? '') : found.state.indexNo
      const record = keepContent(found.state, value.record)
      const decided = recordFromLedger(found.state, { on: today, indexNo, record, contentHash: hashContent(record.content), source: actor })
      return { url: value.url, found, events: eventsOfLine(line, decided, ITEM_REFUSALS) }
    })
    await saveItems(tx, changes, { actor, at }, await getCalendar(tx))
    await keepOldAddresses(tx, bodyId, changes.flatMap(({ url, found }) => {
      const path = toOldPath(url)
      return path === null ? [] : [{ path, itemId: found.caseId }]
    }), at)
    return countChanges(changes)
  },
}

// 网页已经导入过的，目录不能把正文与附件抹去
function keepContent(state: ItemState, record: LedgerRecord): LedgerRecord {
  if (state.status === 'new' || state.content.details === undefined) return record
  const { files, details, summary } = state.content
  return { ...record, url: null, content: { ...record.content, summary: record.content.summary ?? summary, files, details } }
}

async function numberRows(tx: Tx, bodyId: string, rows: readonly LedgerRow<OldRow>[]): Promise<Map<string, string>> {
  const numbers = new Map<string, string>()
  if (rows.length === 0) return numbers
  const [body, template] = [await getBody(tx, bodyId), await getSetting(tx, bodyId, 'indexNoTemplate')]
  for (const [year, group] of Map.groupBy(rows, (row) => yearOf(row.value.record.content.formedOn))) {
    const taken = await takeIndexNumbers(tx, bodyId, year, group.length, (n) => wordIndexNo(template, body, year, n))
    for (const [at, { key }] of group.entries()) numbers.set(key, taken[at] ?? '')
  }
  return numbers
}
