import { FlashNotice } from '../../identity/index.ts'
import type { Flash } from '../../identity/index.ts'
import { DeskPage, Form, Island, Notice, SelectField, TextField } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { documentHref, partHref, withinDocument } from './document-frame.ts'
import type { DocumentFrame } from './document-frame.ts'
import { PartLinks } from './document-page.tsx'
import type { AnswerDocument } from './document-store.ts'
import { GROUND_OPTIONS, GROUNDS } from './grounds.ts'
import { BlockChoices, WordChoices } from './marking-choices.tsx'
import { lastBatch, MOST_REASON } from './marks.ts'
import type { DeskMark, Part } from './marks.ts'
import { partName } from './open-parts.ts'
import { Picture } from './picture.tsx'

export interface MarkingModel {
  frame: DocumentFrame
  document: AnswerDocument
  part: number
  content: Part
  state: FormState
  flash: Flash | null
}

/** 标记一处：左边是原件，右边选依据、写理由；鼠标、触屏、键盘、不用脚本都办得成。 */
export function MarkingPage({ frame, document, part, content, state, flash }: MarkingModel) {
  const name = partName(document.shape, part)
  const marks = document.marks.filter((mark) => mark.part === part)
  return (
    <DeskPage
      title={`标记 ${frame.title} ${name} ${frame.regNo}`}
      heading={`标记${frame.title}${document.parts > 1 ? name : ''}`}
      crumbs={withinDocument(frame)}
      lead={content.shape === 'page' ? '在图上画框或者选字，也可以在右边逐行勾选；选好依据，写明理由，一并遮盖。' : '用鼠标选中文字，或者勾选整段、填写其中的文字；选好依据，写明理由，一并遮盖。'}
    >
      <div className={content.shape === 'page' ? 'marking' : 'marking blocks'}>
        {content.shape === 'page' && (
          <div className="marking-sheet">
            <Picture id="picture" page={content} href={`${partHref(frame, part)}/picture`} label={`${frame.title}${name}的原件`} marks={marks} />
          </div>
        )}
        <div className="stack" id="marking-panel">
          <FlashNotice flash={flash} />
          {frame.frozen === null && VOIDED[document.status] !== undefined && <Notice tone="warn" title={VOIDED[document.status]} />}
          {frame.frozen === null ? <Choosing {...{ frame, document, part, content, marks, state }} /> : <Notice tone="info" title={frame.frozen} />}
          <MarkList {...{ frame, document, part, marks }} />
          <nav className="sheet" aria-label="翻页">
            {document.parts > 1 && <PartLinks frame={frame} document={document} current={part} />}
            <p className="quiet">
              <a href={`${documentHref(frame)}/find`}>查找文字、提示疑为个人信息的号码</a>　<a href={documentHref(frame)}>标好了，去生成</a>
            </p>
          </nav>
        </div>
      </div>
      <Island name="marking" />
    </DeskPage>
  )
}

const VOIDED: Readonly<Partial<Record<AnswerDocument['status'], string>>> = {
  producing: '正在生成遮盖件；此时改动标记，这一次作废，须重新生成',
  ready: '已可核对；再改动标记，须重新生成',
  confirmed: '已经核对；再改动标记，核对作废，须重新生成、重新核对',
}

function Choosing({ frame, document, part, content, marks, state }: Pick<MarkingModel, 'frame' | 'document' | 'part' | 'content' | 'state'> & { marks: readonly DeskMark[] }) {
  const last = document.marks.findLast((mark) => mark.batch === lastBatch(document.marks))
  return (
    <section className="sheet" id="choosing">
      <h2 className="vh">遮盖</h2>
      <Form action={partHref(frame, part)} submit="遮盖所选" hidden={{ version: String(frame.version) }} state={state}>
        <SelectField name="ground" label="依据" required options={GROUND_OPTIONS} value={last?.ground} />
        <TextField name="reason" label="理由" required maxLength={MOST_REASON} value={last?.reason} hint="写进答复书，不写所遮的内容本身。如：联系人的手机号码，公开会侵害其隐私" />
        {content.shape === 'page' ? <WordChoices words={content.words} values={state.values} /> : <BlockChoices blocks={content.blocks} marks={marks} values={state.values} />}
      </Form>
    </section>
  )
}

/** 这一处已标的：各写明依据与理由，可以去掉，可以撤回上一次。 */
function MarkList({ frame, document, part, marks }: Pick<MarkingModel, 'frame' | 'document' | 'part'> & { marks: readonly DeskMark[] }) {
  if (marks.length === 0) return <p className="quiet">{partName(document.shape, part)}还没有遮盖之处。</p>
  const undo = marks.some((mark) => mark.batch === lastBatch(document.marks)) ? [{ name: 'undo', value: 'last', label: '撤回上一次' }] : []
  return (
    <section className="sheet">
      <h2>已标 {marks.length} 处</h2>
      <form className="form" method="post" action={`${documentHref(frame)}/unmark`}>
        <input type="hidden" name="version" value={frame.version} />
        <input type="hidden" name="part" value={part} />
        <ul className="marks">
          {marks.map((mark) => (
            <li key={mark.id}>
              {frame.frozen === null && <input type="checkbox" name="mark" value={mark.id} id={`mark-${mark.id}`} />}
              <label htmlFor={`mark-${mark.id}`}>
                <strong>{mark.id}</strong> {mark.text === '' ? '图上的一块' : `「${mark.text}」`}
                <span className="quiet">
                  {GROUNDS[mark.ground].label}（{GROUNDS[mark.ground].article}），{mark.reason}
                </span>
              </label>
            </li>
          ))}
        </ul>
        {frame.frozen === null && (
          <div className="buttons">
            <button className="btn second">去掉勾选的</button>
            {undo.map((button) => (
              <button key={button.value} className="btn second" name={button.name} value={button.value}>
                {button.label}
              </button>
            ))}
          </div>
        )}
      </form>
    </section>
  )
}
