import { FlashNotice } from '../../identity/index.ts'
import type { Flash } from '../../identity/index.ts'
import { DeskPage, EmptyState, Form, Notice, SelectField, Sheet, TextField } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { documentHref, partHref, withinDocument } from './document-frame.ts'
import type { DocumentFrame } from './document-frame.ts'
import type { AnswerDocument } from './document-store.ts'
import type { Hit, Suggestion } from './find-text.ts'
import { GROUND_OPTIONS } from './grounds.ts'
import { MOST_REASON } from './marks.ts'
import { partName } from './open-parts.ts'

export interface FindModel {
  frame: DocumentFrame
  document: AnswerDocument
  /** 查的文字；没有查过为空 */
  query: string
  hits: readonly Hit[]
  suggestions: readonly Suggestion[]
  /** 太多，只列出前面的 */
  cut: boolean
  state: FormState
  flash: Flash | null
}

/** 查找一段文字的各处，与疑为个人信息的号码；勾选了的才遮盖。 */
export function FindPage(props: FindModel) {
  const { frame, document, query, hits, suggestions, cut, state } = props
  const here = `${documentHref(frame)}/find`
  return (
    <DeskPage title={`查找 ${frame.title} ${frame.regNo}`} heading={`在${frame.title}里查找`} crumbs={withinDocument(frame)} lead="找遍全文，跨行的也找得到；不计全角半角、大小写与空格。只是提示，勾选了的才遮盖。">
      <div className="stack">
        <FlashNotice flash={props.flash} />
        <Sheet>
          <Form action={here} submit="查找">
            <TextField name="q" label="文字" required width="middle" maxLength={100} value={query} hint="如姓名、单位、号码" />
          </Form>
        </Sheet>
        {cut && <Notice tone="warn" title="找到的太多，只列出前面的；遮盖之后再查一次" />}
        {query !== '' && hits.length === 0 && <Notice tone="info" title={`没有找到「${query}」`}>扫描的图里的文字查不到，须逐页看过。</Notice>}
        {hits.length + suggestions.length === 0 ? (
          query === '' && <EmptyState title="没有疑为个人信息的号码">扫描的图里的文字查不到，须逐页看过。</EmptyState>
        ) : (
          <Sheet title="勾选要遮盖的">
            <Form action={`${documentHref(frame)}/hits`} submit="遮盖勾选的" hidden={{ version: String(frame.version), q: query }} state={state}>
              {hits.length > 0 && <Hits legend={`「${query}」`} hits={hits} {...{ frame, document, state }} />}
              {suggestions.length > 0 && <Hits legend="疑为个人信息的号码" hits={suggestions} {...{ frame, document, state }} />}
              <SelectField name="ground" label="依据" required options={GROUND_OPTIONS} value={hits.length === 0 ? 'PRIVACY' : undefined} />
              <TextField name="reason" label="理由" required maxLength={MOST_REASON} hint="写进答复书，不写所遮的内容本身。如：身份证号码、手机号码，公开会侵害个人隐私" />
            </Form>
          </Sheet>
        )}
      </div>
    </DeskPage>
  )
}

function Hits({ legend, hits, frame, document, state }: Pick<FindModel, 'frame' | 'document' | 'state'> & { legend: string; hits: readonly (Hit & { kind?: string })[] }) {
  const chosen = new Set(state.values['hit'])
  return (
    <fieldset className="field">
      <legend>
        {legend}，{hits.length} 处
      </legend>
      {hits.map((hit) => (
        <div className="choice" key={hit.value}>
          <input type="checkbox" name="hit" value={hit.value} id={`hit-${hit.value}`} defaultChecked={chosen.has(hit.value)} />
          <label htmlFor={`hit-${hit.value}`}>
            …{hit.before}
            <strong>{hit.text}</strong>
            {hit.after}…{hit.kind !== undefined && <span className="quiet"> {hit.kind}</span>}
          </label>
          <p className="hint">
            <a href={partHref(frame, hit.part)}>{partName(document.shape, hit.part)}</a> {hit.place}
          </p>
        </div>
      ))}
    </fieldset>
  )
}
