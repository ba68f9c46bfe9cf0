import { RaiseProblem } from '../../problems/raise-problem.tsx'
import { FlashNotice } from '../../../identity/index.ts'
import type { Flash } from '../../../identity/index.ts'
import { DefinitionList, DeskPage, DueDate, LinkButton, Notice, Sheet, Timeline } from '../../../platform/html/index.ts'
import type { DueDateProps, TimelineEntry } from '../../../platform/html/index.ts'
import { BASES, CHANNELS, MATTERS, OUTCOMES, RATINGS, WAYS } from '../complaint.ts'
import type { Complaint } from '../complaint.ts'
import type { ActionName } from '../complaint-actions.ts'
import { FILE_TYPES } from '../file-store.ts'
import type { FileEntry } from '../file-store.ts'
import type { ComplaintText, TextKind } from '../text-store.ts'
import { LIST, StatusTag, hrefOf } from './complaint-words.tsx'

export interface CasePageModel {
  complaintId: string
  complaint: Complaint
  aboutName: string
  handlerName: string | null
  /** 反映人所写的；岗位不看的为 null */
  texts: readonly ComplaintText[] | null
  files: readonly FileEntry[]
  due: DueDateProps | null
  history: readonly TimelineEntry[]
  steps: readonly { name: ActionName; label: string; main: boolean }[]
  next: string
  canIdentify: boolean
  canAttach: boolean
  /** 成立的，可以列为本机关的问题 */
  canRaise: boolean
  /** 信箱来的，类型、机关是由信里的话估计的，还没有人定过 */
  guessed: boolean
  flash: Flash | null
}

const TEXT_TITLES: Readonly<Record<TextKind, string>> = { content: '反映的事情', accused: '所指的人', supply: '补充', feedback: '反馈的意见' }
const ORDER: readonly TextKind[] = ['content', 'accused', 'supply', 'feedback']

/** 一件投诉：反映什么、发生了什么、下一步与期限。 */
export function ComplaintCasePage(model: CasePageModel) {
  const { complaint, complaintId, texts, history, steps, due, next, flash } = model
  const main = steps.find((step) => step.main)
  return (
    <DeskPage title={`投诉 ${complaint.regNo}`} heading={complaint.regNo} crumbs={LIST} status={<StatusTag status={complaint.status} />} lead={`${MATTERS[complaint.matter]} · ${model.aboutName}`}>
      <FlashNotice flash={flash} />
      {complaint.feedback?.rating === 'dissatisfied' && complaint.status === 'answered' && <Notice tone="warn" title="反映人不满意，可以再办一次；不再办的，回应之后办结" />}
      <div className="case">
        <div className="stack">
          <Sheet title="所反映的">
            {texts === null ? <p className="quiet">您的岗位只看办到哪里，不看所写的话。</p> : <Words texts={texts} />}
          </Sheet>
          <Files {...model} />
        </div>
        <div className="stack">
          <Sheet title="经过">
            <Timeline entries={history} />
          </Sheet>
          <Draft complaint={complaint} />
          <Outcome complaint={complaint} />
          <Earlier complaint={complaint} />
        </div>
        <aside className="stack" aria-label="期限与下一步">
          <section className="sheet">
            {due !== null && <DueDate {...due} />}
            <h2>下一步</h2>
            <p>{next}</p>
            {main !== undefined && (
              <p>
                <LinkButton href={`${hrefOf(complaintId)}/${main.name}`}>{main.label}</LinkButton>
              </p>
            )}
            {steps.filter((step) => !step.main).map(({ name, label }) => (
              <p key={name}>
                <a href={`${hrefOf(complaintId)}/${name}`}>{label}</a>
              </p>
            ))}
          </section>
          <section className="sheet">
            <Facts {...model} />
          </section>
        </aside>
      </div>
    </DeskPage>
  )
}

const Words = ({ texts }: { texts: readonly ComplaintText[] }) => (
  <>
    {ORDER.flatMap((kind) => texts.filter((text) => text.kind === kind)).map(({ textId, kind, text }) => (
      <section key={textId}>
        {kind !== 'content' && <h3>{TEXT_TITLES[kind]}</h3>}
        {text.split('\n').filter((line) => line.trim() !== '').map((line, index) => (
          <p key={index}>{line}</p>
        ))}
      </section>
    ))}
  </>
)

function Files({ complaintId, files, texts, canAttach }: CasePageModel) {
  if (texts === null) return null
  return (
    <Sheet title="文件">
      {files.length === 0 && <p className="quiet">没有文件。</p>}
      {files.length > 0 && (
        <ul>
          {files.map(({ fileId, name, type, size, addedBy }) => (
            <li key={fileId}>
              <a href={`${hrefOf(complaintId)}/files/${fileId}`}>{name}</a>
              <span className="quiet">
                {' '}
                {FILE_TYPES[type].label}，{Math.ceil(size / 1024)} KB，{addedBy === null ? '反映人交来' : '查办的证据'}
              </span>
            </li>
          ))}
        </ul>
      )}
      {canAttach && (
        <p>
          <a href={`${hrefOf(complaintId)}/evidence`}>附上证据</a>
        </p>
      )}
    </Sheet>
  )
}

const Draft = ({ complaint: { draft } }: { complaint: Complaint }) =>
  draft === null ? null : (
    <Sheet title={`所拟的结论：${OUTCOMES[draft.outcome]}`}>
      <p>{draft.grounds}</p>
      {draft.measures !== '' && <p>整改：{draft.measures}</p>}
      <p className="quiet">{draft.on} 拟，等另一人审定。</p>
    </Sheet>
  )

const Earlier = ({ complaint: { earlier } }: { complaint: Complaint }) =>
  earlier.map(({ decision, answer, rating }) => (
    <Sheet key={answer.on} title={`第一次的结论：${OUTCOMES[decision.outcome]}`}>
      <p>{decision.grounds}</p>
      {decision.measures !== '' && <p>整改：{decision.measures}</p>}
      <p className="quiet">
        {decision.on} 作出，{answer.on} 答复（{WAYS[answer.way]}）{answer.docNo}
        {rating !== null && `，反映人评价${RATINGS[rating]}`}
      </p>
    </Sheet>
  ))

function Outcome({ complaint: { decision, answer, feedback } }: { complaint: Complaint }) {
  if (decision === null) return null
  return (
    <Sheet title={`结论：${OUTCOMES[decision.outcome]}`}>
      <p>{decision.grounds}</p>
      {decision.measures !== '' && <p>整改：{decision.measures}</p>}
      {answer !== null && (
        <>
          <h3>
            答复（{WAYS[answer.way]}）{answer.docNo}
          </h3>
          {answer.text.split('\n').map((line, index) => (
            <p key={index}>{line}</p>
          ))}
        </>
      )}
      {feedback !== null && <p>反馈：{RATINGS[feedback.rating]}</p>}
    </Sheet>
  )
}

const GUESSED = '（由信估计，未定）'

function Facts({ complaint: c, complaintId, aboutName, handlerName, canIdentify, canRaise, guessed }: CasePageModel) {
  const here = hrefOf(complaintId)
  const facts: readonly (readonly [string, string | null])[] = [
    ['收到之日', c.receivedOn],
    ['来源', CHANNELS[c.channel]],
    ['工单号、来文号', c.workOrderNo],
    ['属于', `${BASES[c.basis]}${guessed ? GUESSED : ''}`],
    ['反映什么', guessed ? `${MATTERS[c.matter]}${GUESSED}` : null],
    ['机关', `${aboutName}${guessed ? GUESSED : ''}`],
    ['反映人', c.anonymous ? '匿名' : '实名，另存'],
    ['承办', handlerName],
    ['须回避', c.barred.length === 0 ? '没有' : `${c.barred.length} 人，看不到本件`],
  ]
  return (
    <>
      <DefinitionList items={facts.flatMap(([label, text]) => (text === null || text === '' ? [] : [[label, text] as const]))} />
      {c.links.length > 0 && (
        <>
          <h3>所涉的记录</h3>
          <ul>
            {c.links.map(({ label, href }, index) => (
              <li key={index}>{href === null ? label : <a href={href}>{label}</a>}</li>
            ))}
          </ul>
        </>
      )}
      {canIdentify && (
        <p>
          <a href={`${here}/identity`}>查看反映人（须填事由）</a>
        </p>
      )}
      {c.answer !== null && (
        <p>
          <a href={`${here}/letter`}>取用答复（须填事由）</a>
        </p>
      )}
      {c.decision !== null && c.decision.outcome !== 'unfounded' && (
        <>
          <p className="quiet">成立的：须重新答复、更正的，在所涉的申请、信息里办，办了记在「记所涉的记录」；要长期改的，列为问题。</p>
          {canRaise && <RaiseProblem source="complaint" id={complaintId} />}
        </>
      )}
    </>
  )
}
