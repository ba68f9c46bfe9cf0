import { DocumentView } from '../../documents/index.ts'
import type { Document } from '../../documents/index.ts'
import { FlashNotice } from '../../identity/index.ts'
import type { Flash } from '../../identity/index.ts'
import { Confirm, DataTable, DefinitionList, DeskPage, Form, Moment, Notice, Sheet, Tag, TextArea } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { MOST_WORDING } from '../letters/check-wording.ts'
import type { LetterId } from '../letters/letters.ts'

export const WORDING = '/desk/letters/wording'
const LEAD = '法条、期限、决定与救济由系统按案件写；这里只改法律没有规定写法的地方，本机关以后拟的文书都用。'

export interface WordingRow {
  id: LetterId
  title: string
  /** 可以改的各处 */
  parts: readonly string[]
  /** 现在用自己的话的各处 */
  own: readonly string[]
  changed: { at: Date; by: string } | null
}

/** 二十八种文书的用语：各有哪几处可以改，哪几种改过。 */
export const WordingListPage = ({ rows, flash }: { rows: readonly WordingRow[]; flash: Flash | null }) => (
  <DeskPage title="文书的用语" lead={LEAD}>
    <FlashNotice flash={flash} />
    <Sheet>
      <DataTable
        caption="文书的用语"
        columns={[
          { key: 'title', label: '文书', render: (row) => row.title },
          { key: 'parts', label: '可以改的', render: (row) => row.parts.join('、') },
          { key: 'own', label: '现在', render: (row) => (row.own.length === 0 ? '默认' : <Tag tone="act">改过：{row.own.join('、')}</Tag>) },
          {
            key: 'changed',
            label: '最近改动',
            render: (row) =>
              row.changed === null ? (
                '没有改过'
              ) : (
                <span>
                  <Moment at={row.changed.at} /> {row.changed.by}
                </span>
              ),
          },
        ]}
        rows={rows}
        rowKey={(row) => row.id}
        rowHref={(row) => `${WORDING}/${row.id}`}
        empty={{ title: '没有文书' }}
      />
    </Sheet>
  </DeskPage>
)

export interface WordingPart {
  part: string
  label: string
  hint: string
  /** 默认的话，占位用中文 */
  usual: string
  /** 自己的话；null 为用默认 */
  own: string | null
  version: number
  changed: { at: Date; by: string } | null
  placeholders: readonly string[]
}

export interface WordingModel {
  id: LetterId
  title: string
  parts: readonly WordingPart[]
  /** 照样例拟成的全文 */
  preview: Document
  /** 样例用的是刚填、还没有存的 */
  unsaved: boolean
  /** 刚交的一处：填的、哪里不对 */
  given: { part: string; state: FormState } | null
  flash: Flash | null
}

const CRUMBS = [{ label: '文书的用语', href: WORDING }]
export const wordsField = (part: string): string => `words.${part}`
/** 没有写的显示成什么。 */
const shownOr = (text: string): string => (text === '' ? '不写' : text)

/** 一种文书的各处：默认的、自己的话、可用的占位，与照样例拟成的全文。 */
export const WordingPage = ({ id, title, parts, preview, unsaved, given, flash }: WordingModel) => (
  <DeskPage title={`${title}的用语`} crumbs={CRUMBS} lead={`${LEAD}已发出的不变；签批了还没有发出的，须重新签批。`}>
    <div className="stack">
      <FlashNotice flash={flash} />
      {unsaved && (
        <Notice tone="info" title="样例用的是刚填的，还没有保存" live>
          <a href="#sample">看样例</a>
        </Notice>
      )}
      {parts.map((part) => (
        <Part key={part.part} id={id} part={part} state={given?.part === part.part ? given.state : undefined} />
      ))}
      <Sheet title="样例" id="sample">
        <p className="quiet">案情、姓名都是编的，只看写法。</p>
      </Sheet>
      <DocumentView document={preview} plainTitle />
    </div>
  </DeskPage>
)

function Part({ id, part, state }: { id: LetterId; part: WordingPart; state: FormState | undefined }) {
  const { label, hint, usual, own, placeholders, changed } = part
  const here = `${WORDING}/${id}/${part.part}`
  const facts: (readonly [string, string])[] = [
    ['默认', shownOr(usual)],
    ['可用的占位', placeholders.length === 0 ? '没有' : placeholders.map((name) => `{${name}}`).join('　')],
  ]
  return (
    <Sheet title={label} id={part.part}>
      <DefinitionList items={facts} />
      <Form action={here} submit={`保存「${label}」`} hidden={{ version: String(part.version) }} alternatives={[{ name: 'act', value: 'preview', label: '先看样例' }]} state={state}>
        <TextArea name={wordsField(part.part)} label={own === null ? '现在用默认，改为' : '自己的话'} hint={`${hint}。每段一行，以句号结束；留空即不写这一处`} rows={3} maxLength={MOST_WORDING} value={own ?? usual} />
      </Form>
      {changed !== null && (
        <p className="quiet">
          <Moment at={changed.at} /> {changed.by} {own === null ? '恢复了默认' : '改过'}
        </p>
      )}
      {own !== null && (
        <p>
          <a href={`${here}/reset`}>恢复默认「{label}」</a>
        </p>
      )}
    </Sheet>
  )
}

/** 恢复默认之前先问。 */
export const ResetWordingPage = ({ id, title, part, state }: { id: LetterId; title: string; part: WordingPart; state: FormState }) => (
  <DeskPage title={`恢复默认 ${title}`} heading="恢复默认" crumbs={[...CRUMBS, { label: title, href: `${WORDING}/${id}` }]}>
    <Confirm
      what={`《${title}》的「${part.label}」恢复默认`}
      consequences={[`自己的话不再用：${shownOr(part.own ?? '')}`, `改用默认：${shownOr(part.usual)}`, '已发出的文书不变；签批了还没有发出的，须重新签批']}
      form={{ action: `${WORDING}/${id}/${part.part}/reset`, submit: '恢复默认', cancel: { href: `${WORDING}/${id}` }, hidden: { version: String(part.version) }, state }}
    />
  </DeskPage>
)
