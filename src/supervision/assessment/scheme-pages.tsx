import { FlashNotice } from '../../identity/index.ts'
import type { Flash } from '../../identity/index.ts'
import { Confirm, DataTable, DateField, DefinitionList, DeskPage, FieldGroup, Form, LinkButton, Notice, RadioGroup, SelectField, Sheet, Tag, TextArea, TextField, emptyForm } from '../../platform/html/index.ts'
import type { Column, FormState, ListQuery } from '../../platform/html/index.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { Frozen } from './frozen.ts'
import { FULL, GROUPS, SCHEME_REFUSED, faultOf, sumOfWeights } from './indicator.ts'
import type { Indicator } from './indicator.ts'
import { rankingWords } from './result-document.ts'
import { pointsText, scaleWords } from './scale.ts'
import { hrefOf, sheetHref } from './scheme-acts.ts'
import { stepsText } from './scheme-form.ts'
import { SHEET_STATES, isSettled } from './sheet.ts'
import type { Sheet as SheetRow } from './sheet.ts'
import { SOURCES, SOURCE_KEYS } from './source.ts'
import { SCHEME_STATES } from './store.ts'
import type { Scheme } from './store.ts'

export const ASSESSMENT = '/desk/assessment'
const LIST = [{ label: '责任考核', href: ASSESSMENT }]
const TONES = { draft: 'plain', open: 'act', published: 'ok' } as const
const SHEET_TONES = { self: 'wait', submitted: 'act', checked: 'wait', accepted: 'ok', appealed: 'act', decided: 'ok', excused: 'plain' } as const
export const SheetTag = ({ state }: { state: SheetRow['state'] }) => <Tag tone={SHEET_TONES[state]}>{SHEET_STATES[state]}</Tag>

/** 各年的考核。 */
export function SchemeListPage({ schemes, canManage, flash }: { schemes: readonly Scheme[]; canManage: boolean; flash: Flash | null }) {
  return (
    <DeskPage title="责任考核" lead="政务公开工作的考核（条例第四十六条）：数由记录算出，人评的有佐证，公布之后冻结。" {...(canManage ? { actions: <LinkButton href={`${ASSESSMENT}/new`}>起草方案</LinkButton> } : {})}>
      <FlashNotice flash={flash} />
      <DataTable
        caption="各年的考核"
        columns={[
          { key: 'title', label: '考核', render: (row: Scheme) => row.title },
          { key: 'state', label: '办到', nowrap: true, render: (row) => <Tag tone={TONES[row.state]}>{SCHEME_STATES[row.state]}</Tag> },
          { key: 'selfBy', label: '自评截止', nowrap: true, render: (row) => row.selfBy ?? '—' },
          { key: 'publishedOn', label: '公布', nowrap: true, render: (row) => row.publishedOn ?? '—' },
        ]}
        rows={schemes}
        rowKey={(row) => row.schemeId}
        rowHref={(row) => hrefOf(row.year)}
        empty={canManage ? { title: '还没有考核', children: '起草一年的方案，定下指标，启用之后各机关自评。', action: { label: '起草方案', href: `${ASSESSMENT}/new` } } : { title: '还没有考核', children: '区政务公开办启用方案之后，在这里自评。' }}
      />
    </DeskPage>
  )
}

export const NewSchemePage = ({ year, state }: { year: number; state: FormState }) => (
  <DeskPage title="起草考核方案" crumbs={LIST} lead="指标抄自最近一年的方案；第一次起草的，给出一份底稿，权重与计分办法都可以改。">
    <Sheet>
      <Form action={`${ASSESSMENT}/new`} submit="起草" cancel={{ href: ASSESSMENT }} state={state}>
        <TextField name="year" label="考核的年度" required inputMode="numeric" width="short" value={String(year)} maxLength={4} />
      </Form>
    </Sheet>
  </DeskPage>
)

export interface SchemePageModel {
  scheme: Scheme
  canManage: boolean
  states: { settings: FormState; open: FormState }
  flash: Flash | null
}

/** 方案：指标与计分办法；起草中的可以改。 */
export function SchemePage({ scheme, canManage, states, flash }: SchemePageModel) {
  const { year, indicators, title, basis } = scheme
  const fault = faultOf(indicators)
  const draft = scheme.state === 'draft'
  return (
    <DeskPage title={`${title} 方案`} heading="考核方案" crumbs={[...LIST, ...(draft ? [] : [{ label: title, href: hrefOf(year) }])]} status={<Tag tone={TONES[scheme.state]}>{SCHEME_STATES[scheme.state]}</Tag>} lead={`${title}，依据${basis}`} {...(canManage && draft ? { actions: <LinkButton href={`${hrefOf(year)}/indicators/new`}>新增指标</LinkButton> } : {})}>
      <FlashNotice flash={flash} />
      {states.open.errors[''] !== undefined && <Notice tone="error" title={states.open.errors['']} live />}
      {scheme.state === 'published' && states.settings.errors[''] !== undefined && <Notice tone="error" title={states.settings.errors['']} live />}
      {draft && fault !== null && (
        <Notice tone="warn" title={SCHEME_REFUSED[fault]}>
          现在合计 {pointsText(sumOfWeights(indicators))} 分。
        </Notice>
      )}
      <div className="stack">
        <DataTable caption="指标" columns={INDICATOR_COLUMNS} rows={indicators} rowKey={(row) => row.code} {...(canManage && draft ? { rowHref: (row: Indicator) => `${hrefOf(year)}/indicators/${row.code}` } : {})} empty={{ title: '还没有指标', ...(canManage ? { action: { label: '新增指标', href: `${hrefOf(year)}/indicators/new` } } : {}) }} />
        <p className="quiet">合计 {pointsText(sumOfWeights(indicators))} 分。没有可数的记录的一项不适用，连同满分去掉，余下的折算为百分制。权重与尺度由区政务公开办定，不是法定。</p>
      </div>
      {canManage && scheme.state !== 'published' && <SettingsForm scheme={scheme} state={states.settings} />}
      {canManage && draft && fault === null && (
        <Confirm
          what="启用这份方案"
          consequences={['指标与计分办法自此不能再改', '各机关（区政务公开办自己除外）收到通知，开始自评', scheme.selfBy === null ? '请先填写自评截止日' : `自评截止 ${scheme.selfBy}`]}
          form={{ action: `${hrefOf(year)}/open`, submit: '启用', danger: false, hidden: { seen: String(scheme.version) } }}
        />
      )}
    </DeskPage>
  )
}

const scaleOf = (each: Indicator): string => (each.kind === 'computed' ? `${SOURCES[each.source].label}：${scaleWords(each.scale, SOURCES[each.source].unit)}` : '由区政务公开办评定，附佐证')

const INDICATOR_COLUMNS: Column<Indicator>[] = [
  { key: 'name', label: '指标', render: (row) => `${row.code} ${row.name}` },
  { key: 'group', label: '类别', nowrap: true, render: (row) => row.group },
  { key: 'weight', label: '满分', unit: '分', align: 'end', render: (row) => pointsText(row.weight) },
  { key: 'scale', label: '计分办法', render: scaleOf },
  { key: 'how', label: '怎样才得分', render: (row) => row.how },
  { key: 'basis', label: '依据', render: (row) => row.basis },
]

const SettingsForm = ({ scheme, state }: { scheme: Scheme; state: FormState }) => (
  <Sheet title="名称与期限">
    <Form action={`${hrefOf(scheme.year)}/settings`} submit="保存" state={state} hidden={{ seen: String(scheme.version) }}>
      <TextField name="title" label="名称" required value={scheme.title} maxLength={100} />
      <TextArea name="basis" label="依据" required rows={2} value={scheme.basis} maxLength={500} hint="条例与本区的文件，写明文号" />
      <DateField name="selfBy" label="自评截止" {...(scheme.selfBy === null ? {} : { value: scheme.selfBy })} hint="启用之前须填" />
      <TextField name="appealDays" label="申诉期（日）" required inputMode="numeric" width="short" value={String(scheme.appealDays)} maxLength={2} hint="核查完成之后的自然日；没有统一规定（本区设定）" />
      <RadioGroup name="ranking" label="公布名次" required value={scheme.ranking ? 'yes' : 'no'} options={[{ value: 'no', label: '不排名次' }, { value: 'yes', label: '排名次', hint: '可比的机关不足三十个、数的记录不足三十条的，仍然不排' }]} />
    </Form>
  </Sheet>
)

/** 新增、修改一项指标。 */
export function IndicatorFormPage({ scheme, indicator, state = emptyForm }: { scheme: Scheme; indicator: Indicator | null; state?: FormState }) {
  const { year, version } = scheme
  const at = `${hrefOf(year)}/indicators/${indicator?.code ?? 'new'}`
  const scale = indicator?.kind === 'computed' ? indicator.scale : null
  return (
    <DeskPage title={indicator === null ? '新增指标' : `指标 ${indicator.code}`} heading={indicator?.name ?? '新增指标'} crumbs={[...LIST, { label: scheme.title, href: `${hrefOf(year)}/scheme` }]}>
      <Sheet>
        <Form action={at} submit={indicator === null ? '新增' : '保存'} cancel={{ href: `${hrefOf(year)}/scheme` }} state={state} hidden={{ seen: String(version) }}>
          <TextField name="name" label="名称" required value={indicator?.name ?? ''} maxLength={40} />
          <SelectField name="group" label="类别" required value={indicator?.group ?? ''} options={GROUPS.map((value) => ({ value, label: value }))} />
          <TextField name="weight" label="满分（分）" required inputMode="decimal" width="short" value={indicator === null ? '' : pointsText(indicator.weight)} maxLength={6} hint={`各项加起来应当是 ${pointsText(FULL)} 分`} />
          <TextField name="basis" label="依据" required value={indicator?.basis ?? ''} maxLength={100} hint="条款或者文件；没有的写「本区自定」" />
          <TextArea name="how" label="怎样才得分" required rows={2} value={indicator?.how ?? ''} maxLength={200} />
          <RadioGroup name="kind" label="怎样得出" required value={indicator?.kind ?? ''} options={[{ value: 'computed', label: '由记录算出', hint: '在下面选取什么数、怎样计分' }, { value: 'judged', label: '评定', hint: '机关自评并附佐证，区政务公开办核查' }]} />
          <FieldGroup title="由记录算出的" lead="评定的不必填。">
            <SelectField name="source" label="取数" value={indicator?.kind === 'computed' ? indicator.source : ''} options={SOURCE_KEYS.map((value) => ({ value, label: `${SOURCES[value].label}（${SOURCES[value].counts}）` }))} />
            <RadioGroup
              name="scale"
              label="计分办法"
              value={scale === null ? '' : scale.kind === 'linear' ? 'linear' : scale.down ? 'steps-down' : 'steps'}
              options={[{ value: 'linear', label: '按比例', hint: '得满分的值小于得零分的值的，越小越好' }, { value: 'steps', label: '分档，达到界线才得' }, { value: 'steps-down', label: '分档，不超过界线才得' }]}
            />
            <TextField name="zero" label="得零分的值" inputMode="decimal" width="short" value={scale?.kind === 'linear' ? String(scale.zero) : ''} maxLength={8} />
            <TextField name="full" label="得满分的值" inputMode="decimal" width="short" value={scale?.kind === 'linear' ? String(scale.full) : ''} maxLength={8} />
            <TextArea name="steps" label="各档" rows={4} value={scale === null ? '' : stepsText(scale)} maxLength={500} hint="一行一档，写作「界线=得分的百分比」，如 95=100" />
          </FieldGroup>
        </Form>
      </Sheet>
      {indicator !== null && <Confirm what={`去掉指标「${indicator.name}」`} consequences={['去掉之后代码不再用', '只改这一年的方案']} form={{ action: `${at}/remove`, submit: '去掉', hidden: { seen: String(version) } }} />}
    </DeskPage>
  )
}

export interface DistrictModel {
  scheme: Scheme
  frozen: Frozen
  /** 显示的几行，与筛选之前的全部 */
  rows: readonly SheetRow[]
  total: number
  all: readonly SheetRow[]
  query: ListQuery
  today: PlainDate
  flash: Flash | null
}

/** 区政务公开办看的：各机关办到哪里、此刻得几分。 */
export function DistrictPage({ scheme, frozen, rows, total, all, query, today, flash }: DistrictModel) {
  const { year, title, state } = scheme
  const names = new Map(frozen.inputs.bodies.map((body) => [body.bodyId, body]))
  const totals = new Map(frozen.scores.map((score) => [score.bodyId, score]))
  const ready = all.every((sheet) => isSettled(sheet, today))
  return (
    <DeskPage title={title} crumbs={LIST} status={<Tag tone={TONES[state]}>{SCHEME_STATES[state]}</Tag>} lead={state === 'published' ? `${scheme.publishedOn ?? ''} 公布，所据的数与得分不再变。${rankingWords(scheme.ranking, frozen.scores)}` : '分数按此刻的记录现算，公布时冻结。'} actions={<Exits scheme={scheme} ready={ready} submitted={count(all, 'submitted')} />}>
      <FlashNotice flash={flash} />
      {state === 'open' && (
        <DefinitionList items={[['自评截止', scheme.selfBy ?? '—'], ['待自评', `${count(all, 'self')} 个机关`], ['待核查', `${count(all, 'submitted')} 个`], ['待复核', `${count(all, 'appealed')} 个`], ['已办完', `${all.filter((sheet) => isSettled(sheet, today)).length} / ${all.length} 个`]]} />
      )}
      <DataTable
        caption="各机关的考核"
        columns={[
          { key: 'name', label: '机关', sort: true, render: (row: SheetRow) => names.get(row.bodyId)?.name ?? '' },
          { key: 'state', label: '办到', nowrap: true, render: (row) => <SheetTag state={row.state} /> },
          { key: 'points', label: '得分与适用满分', align: 'end', nowrap: true, render: (row) => pairText(totals.get(row.bodyId)) },
          { key: 'total', label: '折算总分', unit: '分', align: 'end', render: (row) => totalText(totals.get(row.bodyId)?.total ?? null) },
          ...(frozen.scores.some(({ rank }) => rank !== null) && state === 'published' ? [{ key: 'rank', label: '名次', align: 'end' as const, render: (row: SheetRow) => totals.get(row.bodyId)?.rank ?? '—' }] : []),
        ]}
        rows={rows}
        rowKey={(row) => row.bodyId}
        rowHref={(row) => sheetHref(year, names.get(row.bodyId)?.code ?? '')}
        list={{ query, total, search: '机关的名称', filters: [{ kind: 'select', name: 'state', label: '办到', options: Object.entries(SHEET_STATES).map(([value, label]) => ({ value, label })) }] }}
        empty={{ title: '没有考核的机关' }}
      />
    </DeskPage>
  )
}

const count = (sheets: readonly SheetRow[], state: SheetRow['state']): number => sheets.filter((sheet) => sheet.state === state).length
export const totalText = (total: number | null): string => (total === null ? '—' : pointsText(total))
export const pairText = (score: { points: number; applicable: number } | undefined): string => (score === undefined ? '—' : `${pointsText(score.points)} / ${pointsText(score.applicable)}`)

const Exits = ({ scheme: { year, state }, ready, submitted }: { scheme: Scheme; ready: boolean; submitted: number }) => (
  <>
    <a href={`${hrefOf(year)}/scheme`}>方案</a> <a href={`${hrefOf(year)}/results.xlsx`}>XLSX</a> <a href={`${hrefOf(year)}/results.docx`}>DOCX</a> <a href={`${hrefOf(year)}/results.pdf`}>PDF</a>{' '}
    {state === 'open' && submitted > 0 && <LinkButton href={`${hrefOf(year)}/agree`}>成批同意自评</LinkButton>}
    {state === 'open' && ready && <LinkButton href={`${hrefOf(year)}/publish`}>公布</LinkButton>}
    {state === 'published' && <a href={`/supervision/assessments/${year}`}>公众看到的</a>}
  </>
)
