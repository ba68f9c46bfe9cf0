import { FlashNotice } from '../../identity/index.ts'
import type { Flash } from '../../identity/index.ts'
import { Confirm, DataTable, DefinitionList, DeskPage, DueDate, Notice, Sheet, Tag, TextArea, Timeline } from '../../platform/html/index.ts'
import type { FormState, TimelineEntry } from '../../platform/html/index.ts'
import { daysBetween } from '../../statute/plain-date.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { FrozenBody, FrozenScore } from './frozen.ts'
import type { Indicator } from './indicator.ts'
import { pointsText } from './scale.ts'
import { hrefOf, sheetHref } from './scheme-acts.ts'
import { ASSESSMENT, SheetTag, pairText, totalText } from './scheme-pages.tsx'
import { SHEET_STEPS } from './sheet.ts'
import type { Sheet as SheetRow, SheetStep } from './sheet.ts'
import { isSelfOver } from './store.ts'
import type { Line, Scheme } from './store.ts'
import { lineWords, originWords } from './words.ts'

export interface SheetModel {
  scheme: Scheme
  sheet: SheetRow
  body: FrozenBody
  score: FrozenScore | null
  lines: ReadonlyMap<string, Line>
  people: ReadonlyMap<string, string>
  today: PlainDate
  /** 此人此刻可以走的步 */
  steps: readonly SheetStep[]
  isOffice: boolean
  state: FormState
  flash: Flash | null
}

/** 一机关的考核表：各项得分，点进去看所数的记录、填写；下一步是什么。 */
export function SheetPage(model: SheetModel) {
  const { scheme, sheet, body, score, isOffice, flash, steps } = model
  const { year, title } = scheme
  const at = sheetHref(year, body.code)
  return (
    <DeskPage title={`${title} ${body.name}`} heading={body.name} crumbs={[{ label: '责任考核', href: ASSESSMENT }, ...(isOffice ? [{ label: title, href: hrefOf(year) }] : [])]} status={<SheetTag state={sheet.state} />} lead={isOffice ? title : `${title}：点每一项看所数的记录。`} actions={<a href={`${hrefOf(year)}/scheme`}>方案</a>}>
      <FlashNotice flash={flash} />
      {model.state.errors[''] !== undefined && <Notice tone="error" title={model.state.errors['']} live />}
      {sheet.excused !== null && <Notice tone="info" title="不参加这一年的考核">{sheet.excused}</Notice>}
      <div className="aside">
        <div className="stack">
          {score !== null && (
            <DataTable
              caption="各项得分"
              columns={[
                { key: 'name', label: '指标', render: ({ indicator }: Row) => `${indicator.code} ${indicator.name}` },
                { key: 'value', label: '数', render: ({ indicator, measured, value }) => lineWords(indicator, measured, value) },
                { key: 'points', label: '得分', align: 'end', nowrap: true, render: ({ points, indicator }) => (points === null ? '—' : `${pointsText(points)} / ${pointsText(indicator.weight)}`) },
                { key: 'origin', label: '由来', nowrap: true, render: ({ origin, line }) => <OriginCell origin={origin} line={line} /> },
              ]}
              rows={rowsOf(model, score)}
              rowKey={({ indicator }) => indicator.code}
              rowHref={({ indicator }) => `${at}/${indicator.code}`}
              empty={{ title: '方案里没有指标' }}
            />
          )}
          {steps.map((step) => (
            <StepForm key={step} step={step} {...model} />
          ))}
          <Sheet title="经过">
            <Timeline entries={storyOf(model)} />
          </Sheet>
        </div>
        <aside className="stack" aria-label="合计与下一步">
          <section className="sheet">
            <h2>合计</h2>
            <DefinitionList items={[['折算总分', `${totalText(score?.total ?? null)} 分`], ['得分与适用满分', pairText(score ?? undefined)]]} />
            <p className="quiet">{scheme.state === 'published' ? '已公布，不再变。' : '按此刻的记录现算，公布时冻结。'}不适用的项连同满分去掉，折算为百分制。</p>
          </section>
          <section className="sheet">
            <Due {...model} />
            <h2>下一步</h2>
            <p>{nextWords(model)}</p>
          </section>
        </aside>
      </div>
    </DeskPage>
  )
}

interface Row {
  indicator: Indicator
  measured: { total: number; good: number } | null
  value: number | null
  points: number | null
  origin: Parameters<typeof originWords>[0]
  line: Line | undefined
}

const rowsOf = ({ scheme: { indicators }, body, lines }: SheetModel, score: FrozenScore): Row[] =>
  indicators.map((indicator, i) => {
    const { value = null, points = null, origin = 'unscored' } = score.lines[i] ?? {}
    return { indicator, measured: body.lines[i]?.measured ?? null, value, points, origin, line: lines.get(indicator.code) }
  })

const OriginCell = ({ origin, line }: Pick<Row, 'origin' | 'line'>) => (
  <>
    {origin === 'unscored' ? <Tag tone="wait">{originWords(origin)}</Tag> : originWords(origin)} {line?.appeal != null && <Tag tone={line.decision === null ? 'act' : 'plain'}>{line.decision === null ? '申诉' : '申诉已复核'}</Tag>}
  </>
)

const CONSEQUENCES: Record<SheetStep, readonly string[]> = {
  submit: ['提交之后不能再改，等区政务公开办核查', '由记录算出的各项不必自评分数'],
  'send-back': ['机关改过再交，填过的都在'],
  'go-on': ['机关收到通知，不能再自评', '人评的各项由区政务公开办写明理由评定；机关仍可申诉一次'],
  'finish-check': ['机关收到通知，可以在申诉期内申诉一次', '由记录算出的各项，此刻的数记下来，公布前再比对'],
  accept: ['没有异议的，不再申诉'],
  appeal: ['只能申诉一次，写明了理由的各项一并提出', '提出之后不能再改'],
  decide: ['写明了意见的各项照此定分', '复核之后不再申诉'],
  excuse: ['不计分，公布时列明理由'],
  restore: ['自评从头来过，填过的都在'],
}

function StepForm({ step, scheme, sheet, body, state }: SheetModel & { step: SheetStep }) {
  const { label } = SHEET_STEPS[step]
  const reason = step === 'excuse' || step === 'send-back'
  return (
    <Confirm
      what={label}
      consequences={CONSEQUENCES[step]}
      form={{
        action: `${sheetHref(scheme.year, body.code)}/steps/${step}`,
        submit: label,
        danger: step === 'excuse',
        hidden: { seen: String(sheet.version) },
        ...(state.values['step']?.[0] === step ? { state } : {}),
        children: reason ? <TextArea name="reason" label="理由" required rows={2} maxLength={300} /> : undefined,
      }}
    />
  )
}

function Due({ sheet, scheme, today }: SheetModel) {
  const [label, on] = sheet.state === 'self' ? ['自评截止', scheme.selfBy] : sheet.state === 'checked' ? ['申诉截止', sheet.appealBy] : ['', null]
  if (on === null || scheme.state !== 'open') return null
  const days = daysBetween(today, on)
  return <DueDate label={label} on={on} state={days < 0 ? 'late' : days <= 3 ? 'soon' : 'ahead'} note={days > 0 ? `还有 ${days} 日` : days === 0 ? '今日' : `已过 ${-days} 日`} />
}

function nextWords({ scheme, sheet, isOffice, today }: SheetModel): string {
  if (scheme.state === 'published') return '结果已公布。'
  switch (sheet.state) {
    case 'self':
      return isOffice ? (isSelfOver(scheme, today) ? '机关过了截止日还没有自评，可以不等，径行核查。' : '等机关自评。') : '逐项看所数的记录；人评的自评分数、附佐证，数得不对的写明，再由负责人提交。'
    case 'submitted':
      return isOffice ? '逐项核查：人评的同意或者改分，算出的有误才改，都写明理由，再完成核查。' : '在等区政务公开办核查。'
    case 'checked':
      return isOffice ? '等机关答复；过了申诉期没有申诉的，视同没有异议。' : '看核查的结果：没有异议的确认；有异议的，在各项写明理由，再由负责人一并提出，只有一次。'
    case 'appealed':
      return isOffice ? '对申诉的各项写明复核的意见，再完成复核。' : '在等区政务公开办复核。'
    case 'accepted':
    case 'decided':
      return isOffice ? '办完了，各机关都办完即可公布。' : '办完了，等公布。'
    case 'excused':
      return '不参加这一年的考核。'
  }
}

function storyOf({ scheme, sheet, people }: SheetModel): TimelineEntry[] {
  const by = (account: string | null): string => (account === null ? '' : (people.get(account) ?? ''))
  const entry = (on: PlainDate | null, text: string, account: string | null): TimelineEntry[] => (on === null ? [] : [{ on, text, note: by(account) }])
  return [
    ...entry(scheme.openedOn, '方案启用', null),
    ...entry(sheet.submittedOn, '提交自评', sheet.submittedBy),
    ...entry(sheet.checkedOn, '完成核查', sheet.checkedBy),
    ...entry(sheet.answeredOn, sheet.state === 'accepted' ? '没有异议' : '提出申诉', sheet.answeredBy),
    ...entry(sheet.decidedOn, '完成复核', sheet.decidedBy),
    ...entry(scheme.publishedOn, '公布结果', null),
  ]
}
