import { FlashNotice } from '../../identity/index.ts'
import type { Flash } from '../../identity/index.ts'
import { CheckboxGroup, DataTable, DefinitionList, DeskPage, FileField, Form, Notice, Sheet, Tag, TextArea, TextField } from '../../platform/html/index.ts'
import type { Column, FormState, ListQuery } from '../../platform/html/index.ts'
import type { CheckedRecord } from '../../platform/record-source.ts'
import { EVIDENCE_HINT } from '../progress/evidence-file.ts'
import type { FrozenBody, FrozenScore } from './frozen.ts'
import type { Indicator } from './indicator.ts'
import { pointsText, scaleWords } from './scale.ts'
import { hrefOf, sheetHref } from './scheme-acts.ts'
import { ASSESSMENT, SheetTag } from './scheme-pages.tsx'
import { LINE_PARTS } from './sheet.ts'
import type { LinePart, Sheet as SheetRow } from './sheet.ts'
import { SOURCES } from './source.ts'
import type { Evidence, Line, Scheme } from './store.ts'
import { lineWords, originWords } from './words.ts'

export interface LineModel {
  scheme: Scheme
  sheet: SheetRow
  body: FrozenBody
  indicator: Indicator
  score: FrozenScore['lines'][number] | null
  measured: { total: number; good: number } | null
  line: Line
  evidence: readonly Evidence[]
  people: ReadonlyMap<string, string>
  /** 逐条记录；没有权限看的为 null，不是算出的为空 */
  records: readonly CheckedRecord[] | null
  /** 此刻逐条的总数 */
  recordTotal: number
  /** 数在其中而按规定不对此人显示的 */
  hiddenTotal: number
  hrefOfRecord: (record: CheckedRecord) => string | null
  /** 公布之后清单又改了 */
  changedSince: boolean
  /** 此人此刻可以填的一处 */
  part: LinePart | null
  isOffice: boolean
  query: ListQuery
  state: FormState
  flash: Flash | null
}

/** 一项：分数怎样来的，所数的每一条，佐证，各方的意见，此刻该填的。 */
export function LinePage(model: LineModel) {
  const { scheme, sheet, body, indicator, score, measured, line, part, isOffice, flash, changedSince } = model
  const at = sheetHref(scheme.year, body.code)
  return (
    <DeskPage
      title={`${indicator.name} ${body.name} ${scheme.year}`}
      heading={`${indicator.code} ${indicator.name}`}
      crumbs={[{ label: '责任考核', href: ASSESSMENT }, ...(isOffice ? [{ label: scheme.title, href: hrefOf(scheme.year) }] : []), { label: body.name, href: at }]}
      status={<SheetTag state={sheet.state} />}
      lead={indicator.how}
    >
      <FlashNotice flash={flash} />
      {part === null && Object.values(model.state.errors).map((words) => <Notice key={words} tone="error" title={words} live />)}
      <div className="aside">
        <div className="stack">
          {(line.selfNote !== null || line.self !== null || line.checkNote !== null || line.checked !== null || line.exempted !== null || line.appeal !== null) && <Said {...model} />}
          {model.evidence.length > 0 && <EvidenceList {...model} />}
          {part !== null && <PartForm {...model} part={part} />}
          {indicator.kind === 'computed' && (
            <Sheet title="所数的记录">
              {changedSince && (
                <Notice tone="warn" title="公布之后记录有改动">
                  公布的分数按当时的 {measured?.total ?? 0} 条算，不再变；下面是此刻的。
                </Notice>
              )}
              <Records {...model} source={SOURCES[indicator.source]} />
            </Sheet>
          )}
        </div>
        <aside className="stack" aria-label="得分">
          <section className="sheet">
            <h2>得分</h2>
            <p className="due-on">
              {score?.points == null ? '—' : pointsText(score.points)} <small className="quiet">/ {pointsText(indicator.weight)} 分</small>
            </p>
            <DefinitionList
              items={[
                ['数', lineWords(indicator, measured, score?.value ?? null)],
                ['由来', score === null ? '—' : originWords(score.origin)],
                ['计分', indicator.kind === 'computed' ? scaleWords(indicator.scale, SOURCES[indicator.source].unit) : '评定'],
                ['依据', indicator.basis],
                ...(indicator.kind === 'computed' ? ([['怎样数', SOURCES[indicator.source].counts]] as const) : []),
              ]}
            />
          </section>
        </aside>
      </div>
    </DeskPage>
  )
}

function Records({ records, recordTotal, hiddenTotal, query, hrefOfRecord, source }: LineModel & { source: (typeof SOURCES)[keyof typeof SOURCES] }) {
  if (records === null) return <p>您的岗位不看这些记录，只看得到数。</p>
  const columns: Column<CheckedRecord>[] = [
    { key: 'label', label: '记录', render: (row) => <RecordLink href={hrefOfRecord(row)} label={row.label} /> },
    { key: 'good', label: '情形', nowrap: true, render: (row) => <Tag tone={row.good ? 'ok' : 'late'}>{row.good ? source.words[0] : source.words[1]}</Tag> },
    { key: 'note', label: '说明', render: (row) => (row.note === '' ? '—' : row.note) },
    { key: 'on', label: '日期', nowrap: true, render: (row) => row.on ?? '—' },
  ]
  const empty = hiddenTotal > 0 ? { title: '没有可以对您显示的记录' } : { title: '没有可数的记录', children: '这一项不适用，连同满分去掉。' }
  return (
    <>
      {hiddenTotal > 0 && (
        <p className="quiet">
          所数的共 {recordTotal + hiddenTotal} 件，其中 {hiddenTotal} 件按规定不对您显示。
        </p>
      )}
      <DataTable caption="所数的记录" columns={columns} rows={records} rowKey={(row) => row.recordId} list={{ query, total: recordTotal }} empty={empty} />
    </>
  )
}

const RecordLink = ({ href, label }: { href: string | null; label: string }) => (href === null ? <>{label}</> : <a href={href}>{label}</a>)

const points = (n: number | null): string => (n === null ? '—' : `${pointsText(n)} 分`)

function Said({ indicator, line }: LineModel) {
  const rows: (readonly [string, string])[] = [
    ...(line.self !== null || (line.selfNote ?? '') !== '' ? [['自评', `${indicator.kind === 'judged' ? `${points(line.self)}　` : ''}${line.selfNote ?? ''}`] as const] : []),
    ...(line.exempted !== null ? [['核查', `不适用：${line.exempted}`] as const] : []),
    ...(line.checked !== null || line.checkNote !== null ? [['核查', `${line.checked === null ? '照算出的' : points(line.checked)}　${line.checkNote ?? ''}`] as const] : []),
    ...(line.appeal !== null ? [['申诉', line.appeal] as const] : []),
    ...(line.decision !== null ? [['复核', `${line.decided === null ? '维持' : points(line.decided)}　${line.decision}`] as const] : []),
  ]
  return (
    <Sheet title="各方的意见">
      <DefinitionList items={rows} />
    </Sheet>
  )
}

const KB = 1024
const EvidenceList = ({ scheme, body, evidence, people }: LineModel) => (
  <Sheet title="佐证">
    <DataTable
      caption="佐证"
      columns={[
        { key: 'name', label: '文件', render: (row: Evidence) => row.name },
        { key: 'stage', label: '何时交的', nowrap: true, render: (row) => LINE_PARTS[row.stage].label },
        { key: 'size', label: '大小', unit: 'KB', align: 'end', render: (row) => Math.ceil(row.size / KB) },
        { key: 'by', label: '谁交的', nowrap: true, render: (row) => people.get(row.addedBy) ?? '' },
      ]}
      rows={evidence}
      rowKey={(row) => row.evidenceId}
      rowHref={(row) => `${sheetHref(scheme.year, body.code)}/evidence/${row.evidenceId}`}
      empty={{ title: '没有佐证' }}
    />
  </Sheet>
)

const SUBMITS: Record<LinePart, string> = { self: '保存自评', check: '保存核查', appeal: '保存申诉的理由', decide: '保存复核意见' }
const LEADS: Record<LinePart, string> = {
  self: '人评的填自评分数；由记录算出的，认为数得不对的写明哪一条、为何。',
  check: '同意的照填；改动分数、定为不适用的写明理由。由记录算出的，分数留空即照算出的。',
  appeal: '写明哪里不对、有何佐证；清空即不申诉这一项。提出申诉在考核表页，只有一次。',
  decide: '维持的，分数留空；改的填新的分数。都写明意见。',
}

function PartForm({ scheme, sheet, body, indicator, line, state, part }: LineModel & { part: LinePart }) {
  const { code, weight, kind } = indicator
  const value = { self: line.self, check: line.checked ?? (kind === 'judged' ? line.self : null), appeal: null, decide: line.decided }[part]
  const note = { self: line.selfNote, check: line.checkNote ?? line.exempted, appeal: line.appeal, decide: line.decision }[part] ?? ''
  const scored = part === 'decide' || part === 'check' || (part === 'self' && kind === 'judged')
  return (
    <Sheet title={LINE_PARTS[part].label}>
      <p className="quiet">{LEADS[part]}</p>
      <Form action={`${sheetHref(scheme.year, body.code)}/${code}/${part}`} submit={SUBMITS[part]} cancel={{ label: '回到考核表', href: sheetHref(scheme.year, body.code) }} hidden={{ seen: String(sheet.version) }} state={state} multipart>
        {scored && <TextField name="points" label="分数" required={kind === 'judged' && part !== 'decide'} inputMode="decimal" width="short" value={value === null ? '' : pointsText(value)} maxLength={6} hint={`0 至 ${pointsText(weight)}，至多两位小数`} />}
        {part === 'check' && <CheckboxGroup name="exempt" label="不适用" value={line.exempted === null ? [] : ['yes']} options={[{ value: 'yes', label: '这一项对这个机关不适用，连同满分去掉' }]} />}
        <TextArea name="note" label={part === 'self' ? '说明' : part === 'appeal' ? '申诉的理由' : part === 'check' ? '理由' : '复核的意见'} rows={4} required={part === 'decide'} value={note} maxLength={part === 'self' || part === 'appeal' ? 1000 : 500} hint="不写个人信息" />
        <FileField name="file" label="佐证" hint={EVIDENCE_HINT} accept=".pdf,.docx,.xlsx,.jpg,.jpeg,.png" />
      </Form>
    </Sheet>
  )
}
