import type { Flash } from '../../identity/index.ts'
import { FlashNotice } from '../../identity/index.ts'
import { Confirm, DataTable, DeskPage, FileField, Form, LineFaults, momentText, RadioGroup, SelectField, Sheet, Tabs, Tag, TextField } from '../../platform/html/index.ts'
import type { FormState, ListQuery } from '../../platform/html/index.ts'
import { SEVERITIES } from './hit.ts'
import { STARTER_WORDS, WORD_KINDS } from './starter-words.ts'
import type { ListedWord } from './starter-words.ts'
import type { WordFault } from './word-ledger.ts'
import type { OwnWord } from './word-store.ts'

export const WORDS = '/desk/items/words'
const CRUMBS = [{ label: '信息', href: '/desk/items' }]
const TITLE = '预检的词表'
const TONES = { block: 'late', warn: 'wait', note: 'plain' } as const

export interface WordsModel {
  words: readonly OwnWord[]
  total: number
  query: ListQuery
  names: ReadonlyMap<string, string>
  mayEdit: boolean
  states: { add: FormState; file: FormState }
  faults: readonly WordFault[]
  flash: Flash | null
}

const toTabs = (own: number) => [
  { label: '本机关的', href: WORDS, count: own },
  { label: '随系统带来的', href: `${WORDS}/starter`, count: STARTER_WORDS.length },
]

const kindColumn = { key: 'kind', label: '种类', render: (row: ListedWord) => WORD_KINDS[row.kind] }
const COLUMNS = [
  { key: 'wrong', label: '不该出现的写法', render: (row: ListedWord) => row.wrong },
  { key: 'right', label: '应当写作', render: (row: ListedWord) => row.right || '—' },
  kindColumn,
  { key: 'severity', label: '轻重', render: (row: ListedWord) => <Tag tone={TONES[row.severity]}>{SEVERITIES[row.severity]}</Tag> },
  { key: 'note', label: '说明', render: (row: ListedWord) => row.note || '—' },
]
const KIND_OPTIONS = Object.entries(WORD_KINDS).map(([value, label]) => ({ value, label }))

/** 本机关自己的词：领导姓名职务、地名、规范表述、常见错误。 */
export function WordsPage({ words, total, query, names, mayEdit, states, faults, flash }: WordsModel) {
  return (
    <DeskPage title={TITLE} crumbs={CRUMBS} lead="预检时在标题、正文、附件里找这些写法。词表一改，还没有送审的都要重新预检。">
      <div className="stack">
        <FlashNotice flash={flash} />
        <Tabs label="词表" tabs={toTabs(total)} current={WORDS} />
        <DataTable
          caption="本机关的词"
          columns={[...COLUMNS, { key: 'changedAt', label: '何人何时', render: (row: OwnWord) => `${names.get(row.changedBy) ?? ''} ${momentText(row.changedAt)}` }]}
          rows={words}
          rowKey={(row) => row.wordId}
          {...(mayEdit ? { rowHref: (row: OwnWord) => `${WORDS}/${row.wordId}` } : {})}
          list={{ query, total, search: '写法、说明里的字', filters: [{ kind: 'select', name: 'kind', label: '种类', options: KIND_OPTIONS }] }}
          empty={{ title: '本机关还没有添过词', children: '请公开工作机构负责人添上现任领导的姓名与职务、本地的地名，可以一次导入。' }}
        />
        {mayEdit && <Edit states={states} faults={faults} />}
      </div>
    </DeskPage>
  )
}

function Edit({ states, faults }: Pick<WordsModel, 'states' | 'faults'>) {
  return (
    <>
      <Sheet title="添一个词">
        <WordForm action={WORDS} submit="添上" state={states.add} />
      </Sheet>
      <Sheet title="导入词表">
        <p>
          先下载空白模板：<a href={`${WORDS}/template.xlsx`}>XLSX</a>、<a href={`${WORDS}/template.csv`}>CSV</a>。写法相同的换成新的；有一行不合格，就都不导入。
        </p>
        <LineFaults faults={faults} unit="一个" />
        <Form action={`${WORDS}/import`} submit="导入" multipart state={states.file}>
          <FileField name="file" label="词表文件" required accept=".xlsx,.csv" hint="XLSX 或者 CSV，不超过 2 MB" />
        </Form>
      </Sheet>
    </>
  )
}

function WordForm({ action, submit, state, word }: { action: string; submit: string; state: FormState; word?: OwnWord }) {
  return (
    <Form action={action} submit={submit} state={state} {...(word === undefined ? {} : { cancel: { href: WORDS } })}>
      <SelectField name="kind" label="种类" required value={word?.kind} options={KIND_OPTIONS} />
      <TextField name="wrong" label="不该出现的写法" required maxLength={100} value={word?.wrong} hint="如错写的姓名、已离任的职务" />
      <TextField name="right" label="应当写作" maxLength={100} value={word?.right} />
      <RadioGroup name="severity" label="轻重" required value={word?.severity ?? 'warn'} options={Object.entries(SEVERITIES).map(([value, label]) => ({ value, label, hint: HINTS[value as keyof typeof HINTS] }))} />
      <TextField name="note" label="说明" maxLength={200} value={word?.note} />
    </Form>
  )
}

const HINTS = { block: '去掉或者由他人放行之后才能送审', warn: '承办人确认看过才能送审', note: '只说一声' } as const

/** 改一个词，或者删去。 */
export const WordPage = ({ word, state }: { word: OwnWord; state: FormState }) => (
  <DeskPage title={`改「${word.wrong}」`} crumbs={[...CRUMBS, { label: TITLE, href: WORDS }]}>
    <div className="stack">
      <Sheet>
        <WordForm action={`${WORDS}/${word.wordId}`} submit="改好" state={state} word={word} />
      </Sheet>
      <Confirm what={`删去「${word.wrong}」`} consequences={['以后预检不再找这个写法', '要再找的，重新添上']} form={{ action: `${WORDS}/${word.wordId}/remove`, submit: '删去', danger: true }} />
    </div>
  </DeskPage>
)

/** 随系统带来的词，各机关都查；写法相同的以本机关的为准。 */
export function StarterWordsPage({ query, words, total, own }: { query: ListQuery; words: readonly ListedWord[]; total: number; own: number }) {
  return (
    <DeskPage title="随系统带来的词" crumbs={[...CRUMBS, { label: TITLE, href: WORDS }]} lead="标（本区设定）的照通行的用语规范所写，没有取得规范的原文，请单位核对；不合适的，在本机关的词表里添同样的写法，改其轻重。">
      <div className="stack">
        <Tabs label="词表" tabs={toTabs(own)} current={`${WORDS}/starter`} />
        <DataTable
          caption="随系统带来的词"
          columns={COLUMNS}
          rows={words}
          rowKey={(row) => row.wrong}
          list={{ query, total, search: '写法、说明里的字', filters: [{ kind: 'select', name: 'kind', label: '种类', options: KIND_OPTIONS }] }}
          empty={{ title: '没有' }}
        />
      </div>
    </DeskPage>
  )
}
