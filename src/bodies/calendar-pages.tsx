import { FlashNotice } from '../identity/index.ts'
import type { Flash } from '../identity/index.ts'
import { DataTable, DateField, DeskPage, Form, LinkButton, Moment, Notice, PostButton, Sheet, Tag, TextArea, TextField } from '../platform/html/index.ts'
import type { FormState } from '../platform/html/index.ts'
import { addCalendarDays, weekdayOf } from '../statute/plain-date.ts'
import type { CalendarYearEntry } from './calendar-queries.ts'
import type { NoticePreview, YearChange } from './load-holiday-notice.ts'

const HERE = '/desk/admin/calendar'
const CRUMBS = [{ label: '工作日历', href: HERE }]

const fullDay = (day: string): string => `${day}（周${'日一二三四五六'[weekdayOf(day)] ?? ''}）`

const month = (day: string): string => `${Number(day.slice(5, 7))}月`
const date = (day: string): string => `${Number(day.slice(8))}日`

/** 一列日子的写法，连着的并作一段，同月的不重复写月：「2月16日至20日、23日」；没有则为「—」。 */
export function daysText(list: readonly string[]): string {
  const runs: { from: string; to: string }[] = []
  for (const day of list.toSorted()) {
    const last = runs.at(-1)
    if (last && addCalendarDays(last.to, 1) === day) last.to = day
    else runs.push({ from: day, to: day })
  }
  const texts = runs.map(({ from, to }, i) => {
    const head = month(from) === month(runs[i - 1]?.to ?? '') ? date(from) : month(from) + date(from)
    if (from === to) return head
    return `${head}至${month(from) === month(to) ? '' : month(to)}${date(to)}`
  })
  return texts.join('、') || '—'
}

export interface CalendarPageProps {
  years: readonly CalendarYearEntry[]
  canLoad: boolean
  flash: Flash | null
}

export function CalendarPage({ years, canLoad, flash }: CalendarPageProps) {
  const last = years[0]?.year ?? 0
  return (
    <DeskPage
      title="工作日历"
      lead="期限按工作日计算，全凭这里的放假、上班日。没有数据的年份算不出期限，系统会说明，不会推定。"
      actions={canLoad && <LinkButton href={`${HERE}/load`}>载入 {last + 1} 年的通知</LinkButton>}
    >
      <FlashNotice flash={flash} />
      <DataTable
        caption="各年放假安排"
        columns={[
          { key: 'year', label: '年', render: (row) => row.year },
          { key: 'doc', label: '文号', render: (row) => row.docNo ?? <Tag tone="wait">没有取得</Tag> },
          { key: 'off', label: '工作日放假', render: (row) => daysText(row.off) },
          { key: 'work', label: '周末上班', render: (row) => daysText(row.work) },
          {
            key: 'source',
            label: '来源',
            render: (row) =>
              row.source === 'built-in' ? (
                '内置'
              ) : (
                <>
                  载入 <Moment at={row.loadedAt} />
                </>
              ),
          },
        ]}
        rows={years}
        rowKey={(row) => String(row.year)}
        empty={{ title: '没有日历' }}
      />
    </DeskPage>
  )
}

export interface LoadNoticeProps {
  state: FormState
  year: number
  /** 已经读过的：逐条说明与会改动的日子 */
  preview: NoticePreview | null
  text: string
  issuedOn: string
}

export function LoadNoticePage({ state, year, preview, text, issuedOn }: LoadNoticeProps) {
  return (
    <DeskPage title="载入节假日安排" crumbs={CRUMBS} lead="把国务院办公厅的通知全文粘贴进来；先看读成了什么，无误再载入。">
      <div className="stack">
        {preview !== null && <Preview preview={preview} year={year} text={text} issuedOn={issuedOn} />}
        <Sheet title={preview === null ? '通知' : '改过再读一遍'}>
          <Form action={`${HERE}/load`} state={state} submit="先看读成了什么" cancel={{ href: HERE }}>
            <TextField name="year" label="年份" required width="short" inputMode="numeric" maxLength={4} value={String(year)} />
            <DateField name="issuedOn" label="发文日期" value={issuedOn} />
            <TextArea
              name="text"
              label="通知全文"
              required
              rows={14}
              maxLength={20_000}
              value={text}
              hint="连同标题与文号，如「国务院办公厅关于2027年部分节假日安排的通知」。天数、星期对不上的不会采用。"
            />
          </Form>
        </Sheet>
      </div>
    </DeskPage>
  )
}

function Preview({ preview, year, text, issuedOn }: { preview: NoticePreview; year: number; text: string; issuedOn: string }) {
  return (
    <>
      {!preview.ok && (
        <Notice tone="error" title="没有载入：下面几处对不上" live>
          <ul>
            {preview.reading.problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </Notice>
      )}
      <Sheet title="读成了什么">
        <DataTable
          caption="逐条"
          columns={[
            { key: 'holiday', label: '节日', render: (line) => line.holiday },
            { key: 'off', label: '放假', render: (line) => daysText(line.off) },
            { key: 'work', label: '上班', render: (line) => daysText(line.work) },
            { key: 'text', label: '原文', render: (line) => line.text.slice(0, 120) },
          ]}
          rows={preview.reading.lines}
          rowKey={(line) => `${line.holiday}${line.text.slice(0, 20)}`}
          empty={{ title: '没有读出一条安排', children: '请确认粘贴的是通知正文。' }}
        />
      </Sheet>
      {preview.ok && (
        <Sheet title="载入后会改动">
          {preview.changes.map((change) => (
            <Change key={change.next.year} change={change} />
          ))}
          <PostButton action={`${HERE}/confirm`} label={`载入 ${year} 年的安排`} fields={{ year: String(year), text, issuedOn }} />
        </Sheet>
      )}
    </>
  )
}

function Change({ change }: { change: YearChange }) {
  const { next, isNew, changed } = change
  if (isNew)
    return (
      <p>
        <strong>{next.year} 年</strong>：原来没有数据，自此可以计算；工作日放假 {next.off.length} 天，周末上班 {next.work.length} 天。
      </p>
    )
  if (changed.length === 0)
    return (
      <p>
        <strong>{next.year} 年</strong>：与现有的一致，没有改动。
      </p>
    )
  const word = { off: '改为放假', work: '改为上班', ordinary: '恢复平常' }
  return (
    <>
      <p>
        <strong>{next.year} 年</strong>：改动 {changed.length} 天，未办结案件的期限会随之重算。
      </p>
      <ul>
        {changed.map(({ day, becomes }) => (
          <li key={day}>
            {fullDay(day)}
            {word[becomes]}
          </li>
        ))}
      </ul>
    </>
  )
}
