import { newId } from '../../platform/id.ts'
import { countChanges, eventsOfLine, rowReader } from '../../platform/ledger/index.ts'
import type { LedgerColumn, LedgerDefinition } from '../../platform/ledger/index.ts'
import { documentKey } from './document-keys.ts'
import { followDocuments, LAPSER } from './lapse.ts'
import type { Followed } from './lapse.ts'
import { invalidFrom, NEW_DOCUMENT } from './normative-document.ts'
import type { DocumentKind, NormativeEvent, NormativeFacts, NormativeState } from './normative-document.ts'
import { DOCUMENT_REFUSALS, recordDocument } from './normative-rules.ts'
import { documentStore, newDocument, saveDocuments } from './normative-store.ts'

const COLUMNS = [
  { key: 'docNo', label: '文号', aliases: ['发文字号', '文件编号'], required: true, example: '示例规〔2024〕1号', note: '一个文号一行，再次导入时以文号认出同一件' },
  { key: 'title', label: '文件名称', aliases: ['标题', '名称', '规范性文件名称'], required: true, example: '示例：城市运行管理办法' },
  { key: 'kind', label: '文件种类', aliases: ['种类', '类别'], example: '行政规范性文件', note: '行政规范性文件或规章，不填为行政规范性文件；区级部门没有规章制定权' },
  { key: 'registrationNo', label: '登记号', aliases: ['统一登记号', '备案号', '登记编号'], example: '' },
  { key: 'madeOn', label: '公布日期', aliases: ['发布日期', '制发日期', '印发日期', '成文日期'], required: true, example: '2024-03-01', note: '按这一日计入「本年制发件数」' },
  { key: 'effectiveOn', label: '施行日期', aliases: ['生效日期', '实施日期'], example: '2024-04-01' },
  { key: 'expiresOn', label: '有效期至', aliases: ['失效日期', '到期日期', '有效期截止'], example: '2029-03-31', note: '有效的最后一日；届满之次日起不再有效，计入当年「废止」（本区设定）' },
  { key: 'repealedOn', label: '废止日期', aliases: ['废止时间'], example: '', note: '自该日起不再有效，计入当年「废止」' },
  { key: 'repealBasis', label: '废止依据', aliases: ['废止文件', '清理依据'], example: '' },
  { key: 'url', label: '发布地址', aliases: ['网址', '链接'], example: '' },
] as const satisfies readonly LedgerColumn[]

type Key = (typeof COLUMNS)[number]['key']

const KIND_NAMES: Record<string, DocumentKind> = {
  规章: 'reg',
  行政规章: 'reg',
  政府规章: 'reg',
  行政规范性文件: 'norm',
  规范性文件: 'norm',
  '': 'norm',
}

/** 规范性文件清单。行键为文号。 */
export const normativeLedger: LedgerDefinition<NormativeFacts> = {
  kind: 'normative-documents',
  title: '规范性文件清单',
  columns: COLUMNS,

  parseRow(values, { today, actor }) {
    const row = rowReader<Key>(values)
    const kind = KIND_NAMES[row.of('kind')]
    if (!kind) row.wrong('kind', '不在可选之列', '填 行政规范性文件 或 规章')
    const facts: NormativeFacts = {
      kind: kind ?? 'norm',
      title: row.text('title', { most: 500, required: true }) ?? '',
      docNo: row.text('docNo', { most: 100, required: true }) ?? '',
      registrationNo: row.text('registrationNo', { most: 100 }),
      madeOn: row.day('madeOn', { required: true, notAfter: today }) ?? '',
      effectiveOn: row.day('effectiveOn'),
      expiresOn: row.day('expiresOn'),
      repealedOn: row.day('repealedOn'),
      repealBasis: row.text('repealBasis', { most: 500 }),
      url: row.text('url', { most: 1000 }),
    }
    if (row.problems.length > 0) return { ok: false, problems: row.problems }
    const decided = recordDocument(NEW_DOCUMENT, { on: today, facts, source: actor })
    if (!decided.ok) return { ok: false, problems: [{ column: 'madeOn', message: DOCUMENT_REFUSALS[decided.refusal] }] }
    return { ok: true, key: documentKey(facts.docNo), value: facts }
  },

  async importRows(tx, { bodyId, actor, at, today }, rows) {
    const known = await documentStore.findByLedgerKeys(tx, bodyId, rows.map((row) => row.key))
    const changes = rows.map(({ key, value, line }) => {
      const found = known.get(key) ?? newDocument(bodyId, newId(), key)
      const decided = recordDocument(found.state, { on: today, facts: value, source: actor })
      return { found, events: eventsOfLine(line, decided, DOCUMENT_REFUSALS) }
    })
    await saveDocuments(tx, changes, { actor, at })
    await followDocuments(tx, LAPSER, { bodyId, at, today }, changes.filter(({ events }) => events.length > 0).flatMap(toFollowed))
    return countChanges(changes)
  },
}

// 台账更正了效力的，载有正文的信息即随之
function toFollowed({ found, events }: { found: { state: NormativeState }; events: readonly NormativeEvent[] }): Followed[] {
  const document = events.reduce<NormativeState>(documentStore.evolve, found.state)
  return document.status === 'new' || document.itemId === null ? [] : [{ itemId: document.itemId, invalidFrom: invalidFrom(document), repealedOn: document.repealedOn }]
}
