import { FlashNotice } from '../../identity/index.ts'
import type { Flash } from '../../identity/index.ts'
import { Confirm, DataTable, DateField, DeskPage, Form, LinkButton, Notice, Sheet, Tabs, Tag, TextArea, TextField, toListSearch } from '../../platform/html/index.ts'
import type { FormState, ListQuery } from '../../platform/html/index.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { CleanUp } from './clean-up.ts'
import { CLEAN_UPS, DESK_HOME, deskHref, termText } from './document-words.ts'
import { CLEAN_UP_RESULTS } from './normative-document.ts'
import type { CleanUpResult } from './normative-document.ts'
import type { DocumentRow } from './normative-queries.ts'

const HOME = [{ label: '规范性文件', href: DESK_HOME }]
const CRUMBS = [...HOME, { label: '清理', href: CLEAN_UPS }]

export const cleanUpHref = (cleanUpId: string): string => `${CLEAN_UPS}/${cleanUpId}`

/** 各轮清理。 */
export const CleanUpListPage = ({ rows, total, query, canStart, flash }: { rows: readonly CleanUp[]; total: number; query: ListQuery; canStart: boolean; flash: Flash | null }) => (
  <DeskPage title="规范性文件清理" crumbs={HOME} lead="一轮看某一日现行有效的各件，逐件下结论：继续有效、应予修改、应予废止。" actions={canStart ? <LinkButton href={`${CLEAN_UPS}/new`}>开一轮清理</LinkButton> : undefined}>
    <FlashNotice flash={flash} />
    <DataTable
      caption="各轮清理"
      columns={[
        { key: 'title', label: '名称', render: (row: CleanUp) => row.title },
        { key: 'asOf', label: '看哪一日有效的', nowrap: true, render: (row) => row.asOf },
        { key: 'state', label: '办到', nowrap: true, render: (row) => (row.closedOn === null ? <Tag tone="act">正在清理</Tag> : <Tag tone="ok">{row.closedOn} 完成</Tag>) },
      ]}
      rows={rows}
      rowKey={(row) => row.cleanUpId}
      rowHref={(row) => cleanUpHref(row.cleanUpId)}
      list={{ query, total }}
      empty={{ title: '还没有清理过', children: '上级部署清理、或者定期清理的，在此开一轮，逐件下结论，结论留在各件的经过里。', ...(canStart ? { action: { label: '开一轮清理', href: `${CLEAN_UPS}/new` } } : {}) }}
    />
  </DeskPage>
)

/** 开一轮。 */
export const NewCleanUpPage = ({ cleanUpId, today, state }: { cleanUpId: string; today: PlainDate; state: FormState }) => (
  <DeskPage title="开一轮清理" crumbs={CRUMBS}>
    <Sheet>
      <Form action={`${CLEAN_UPS}/new`} submit="开始清理" cancel={{ href: CLEAN_UPS }} hidden={{ cleanUpId }} state={state}>
        <TextField name="title" label="名称" required maxLength={200} value={`${today.slice(0, 4)} 年规范性文件清理`} />
        <TextArea name="basis" label="依据" required rows={2} maxLength={500} hint="部署清理的文件名称与文号，或者本机关的制度" />
        <DateField name="asOf" label="看哪一日现行有效的" required value={today} max={today} />
      </Form>
    </Sheet>
  </DeskPage>
)

export const JUDGED = { none: '没有结论', ...CLEAN_UP_RESULTS } as const
export type Judged = keyof typeof JUDGED

export interface CleanUpModel {
  cleanUp: CleanUp
  rows: readonly DocumentRow[]
  /** 这一轮里写过的理由 */
  notes: ReadonlyMap<string, string>
  total: number
  query: ListQuery
  counts: Readonly<Record<Judged, number>>
  /** 看哪一种结论的；缺省为全部 */
  shown: Judged | null
  canJudge: boolean
  canClose: boolean
  state: FormState
  flash: Flash | null
}

/** 一轮清理：逐件下结论，一页一交。 */
export function CleanUpPage(model: CleanUpModel) {
  const { cleanUp, counts, shown, canClose } = model
  const here = cleanUpHref(cleanUp.cleanUpId)
  const all = Object.values(counts).reduce((sum, n) => sum + n, 0)
  return (
    <DeskPage
      title={cleanUp.title}
      crumbs={CRUMBS}
      status={cleanUp.closedOn === null ? <Tag tone="act">正在清理</Tag> : <Tag tone="ok">{cleanUp.closedOn} 完成</Tag>}
      lead={`${cleanUp.asOf} 现行有效的 ${all} 件，已下结论 ${all - counts.none} 件。依据：${cleanUp.basis}`}
      actions={canClose ? <LinkButton href={`${here}/close`}>完成这一轮</LinkButton> : undefined}
    >
      <FlashNotice flash={model.flash} />
      {counts.none === 0 && cleanUp.closedOn === null && <Notice tone="info" title="各件都有了结论">负责人可以完成这一轮；应予修改、废止的，到各件的页面另办。</Notice>}
      <Tabs label="结论" current={shown === null ? here : `${here}?result=${shown}`} tabs={[{ label: '全部', href: here, count: all }, ...(Object.keys(JUDGED) as Judged[]).map((each) => ({ label: JUDGED[each], href: `${here}?result=${each}`, count: counts[each] }))]} />
      {model.canJudge ? (
        <Form action={`${here}${toListSearch(model.query, { page: model.query.page })}`} submit="记下这一页的结论" state={model.state}>
          <Documents {...model} />
        </Form>
      ) : (
        <Documents {...model} />
      )}
    </DeskPage>
  )
}

const findingOf = ({ cleanUps }: DocumentRow, cleanUpId: string): CleanUpResult | null => {
  const found = cleanUps.find((each) => each.startsWith(`${cleanUpId}/`))?.slice(cleanUpId.length + 1)
  return found === undefined || !Object.hasOwn(CLEAN_UP_RESULTS, found) ? null : (found as CleanUpResult)
}

function Documents({ cleanUp, rows, notes, total, query, canJudge, state }: CleanUpModel) {
  const given = (name: string): string | undefined => state.values[name]?.[0]
  return (
    <DataTable
      caption="这一日现行有效的文件"
      columns={[
        { key: 'title', label: '名称', render: (row: DocumentRow) => <a href={deskHref(row.documentId)}>{row.title}</a> },
        { key: 'docNo', label: '文号', nowrap: true, render: (row) => row.docNo },
        { key: 'term', label: '有效期', nowrap: true, render: (row) => termText(row.expiresOn) },
        {
          key: 'result',
          label: '结论',
          render: (row) => {
            const finding = findingOf(row, cleanUp.cleanUpId)
            const known = notes.get(row.documentId) ?? ''
            if (!canJudge) return finding === null ? '—' : `${CLEAN_UP_RESULTS[finding]}${known === '' ? '' : `：${known}`}`
            const [result, note] = [`result-${row.documentId}`, `note-${row.documentId}`]
            const error = state.errors[note]
            return (
              <span className="judge">
                <select name={result} id={`f-${result}`} aria-label={`${row.docNo} 的结论`} defaultValue={given(result) ?? finding ?? ''}>
                  <option value="">没有结论</option>
                  {Object.entries(CLEAN_UP_RESULTS).map(([value, label]) => (
                    <option key={value} value={value}>
                      {label}
                    </option>
                  ))}
                </select>
                <input name={note} id={`f-${note}`} aria-label={`${row.docNo} 的理由`} aria-invalid={error === undefined ? undefined : true} placeholder="修改、废止的写理由" maxLength={300} defaultValue={given(note) ?? known} />
                {error !== undefined && <span className="field-error">{error}</span>}
              </span>
            )
          },
        },
      ]}
      rows={rows}
      rowKey={(row) => row.documentId}
      list={{ query, total }}
      empty={{ title: '没有这种结论的文件' }}
    />
  )
}

/** 完成一轮之前先问。 */
export const CloseCleanUpPage = ({ cleanUp, state }: { cleanUp: CleanUp; state: FormState }) => (
  <DeskPage title={`完成 ${cleanUp.title}`} heading="完成这一轮清理" crumbs={[...CRUMBS, { label: cleanUp.title, href: cleanUpHref(cleanUp.cleanUpId) }]}>
    <Confirm what={`完成「${cleanUp.title}」`} consequences={['各件的结论从此不能再改', '应予修改、废止的，到各件的页面登记修改、废止；结论本身不改效力']} form={{ action: `${cleanUpHref(cleanUp.cleanUpId)}/close`, submit: '完成', cancel: { href: cleanUpHref(cleanUp.cleanUpId) }, state }} />
  </DeskPage>
)
