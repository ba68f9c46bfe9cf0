import { DocumentView } from '../../documents/index.ts'
import type { Document } from '../../documents/index.ts'
import { FlashNotice } from '../../identity/index.ts'
import type { Flash } from '../../identity/index.ts'
import { Confirm, DeskPage, Form, LinkButton, Notice, PostButton, Sheet, Tag, TextArea, TextField } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import type { Finding } from '../../statute/finding.ts'
import { LIST } from '../desk/case-page.tsx'
import { hrefOf, hrefOfAnswer } from '../desk/hrefs.ts'
import { ANSWER_STATUSES, ANSWER_TYPES } from './answer-store.ts'
import type { Answer } from './answer-store.ts'

interface At {
  caseId: string
  caseNo: string
  answer: Answer
}
const titleOf = ({ answer }: Pick<At, 'answer'>): string => ANSWER_TYPES[answer.type].title
const crumbsOf = ({ caseId, caseNo }: At) => [...LIST, { label: caseNo, href: hrefOf(caseId) }]

export interface AnswerPageModel extends At {
  document: Document
  findings: readonly Finding[]
  /** 何日应当提交 */
  dueOn: string | null
  drafters: string
  issuer: string | null
  can: { revise: boolean; submit: boolean; sign: boolean; send: boolean; take: boolean }
  /** 不能签发的缘故；能签发的、不该他签的为 null */
  barred: string | null
  flash: Flash | null
}

/** 一件答复书、答辩状：全文、核对、下一步。 */
export function AnswerPage(props: AnswerPageModel) {
  const { answer, caseNo, caseId, document, dueOn } = props
  const here = hrefOfAnswer(caseId, answer.letterId)
  return (
    <DeskPage title={`${titleOf(props)} ${caseNo}`} heading={answer.docNo ?? titleOf(props)} crumbs={crumbsOf(props)} status={<Tag tone={answer.status === 'issued' ? 'ok' : answer.status === 'returned' ? 'late' : 'wait'}>{ANSWER_STATUSES[answer.status]}</Tag>} lead={`${caseNo} · 起草 ${props.drafters}${props.issuer === null ? '' : ` · 签发 ${props.issuer}`}`}>
      <FlashNotice flash={props.flash} />
      {answer.status === 'returned' && answer.remark !== null && <Notice tone="warn" title={`退回修改：${answer.remark}`} />}
      <div className="aside">
        <DocumentView document={document} plainTitle />
        <aside className="stack" aria-label="核对与下一步">
          {answer.status !== 'issued' && <Findings findings={props.findings} />}
          <section className="sheet">
            <h2>下一步</h2>
            <p>{answer.status === 'issued' && answer.dutyId !== null ? ISSUED_REPORT : NEXT[answer.status]}</p>
            {dueOn !== null && answer.sentOn === null && (
              <p>
                应当提交于 <strong>{dueOn}</strong>
              </p>
            )}
            {answer.sentOn !== null && <p>{answer.sentOn} 已送出。</p>}
            {props.barred !== null && <p className="quiet">{props.barred}</p>}
            <Buttons {...props} here={here} />
          </section>
        </aside>
      </div>
    </DeskPage>
  )
}

const ISSUED_REPORT = '编了文号、已固定。打印盖章后送出，再记「履行、反馈」。'
const NEXT = {
  draft: '写完〔请写明……〕的各处，核对没有错误之后送签。',
  submitted: '等负责人或者机关领导签发；起草、改过的人不能签发自己的。',
  returned: '照意见改好，再送签。',
  issued: '编了文号、已固定，不随记录改变。打印盖章后提交，回到案件记「答复已提交」「答辩已提交」。',
} as const

function Findings({ findings }: { findings: readonly Finding[] }) {
  if (findings.length === 0) return <Notice tone="info" title="核对没有问题：日期、案号与文号同记录一致，法律名称完整，没有附救济告知" />
  return (
    <Notice tone={findings.some(({ severity }) => severity === 'error') ? 'error' : 'warn'} title="核对">
      <ul>
        {findings.map(({ rule, message, mend, line }, i) => (
          <li key={`${rule}${i}`}>
            {line === null ? '' : `第 ${line} 段：`}
            {message}。{mend}
          </li>
        ))}
      </ul>
    </Notice>
  )
}

function Buttons({ can, here, caseId, answer }: AnswerPageModel & { here: string }) {
  const version = { version: String(answer.version) }
  return (
    <>
      {can.submit && (
        <p>
          <PostButton action={`${here}/submit`} label="送签" fields={version} />
        </p>
      )}
      {can.sign && (
        <p>
          <LinkButton href={`${here}/issue`}>签发</LinkButton> <LinkButton href={`${here}/return`} second>退回修改</LinkButton>
        </p>
      )}
      {can.revise && (
        <p>
          <LinkButton href={`${here}/edit`} second>
            改
          </LinkButton>
        </p>
      )}
      {can.take && (
        <p className="quiet">
          <a href={`${hrefOf(caseId)}/files?what=${answer.letterId}`}>打印、下载</a> 须填事由
        </p>
      )}
      {can.send && (
        <p>
          <LinkButton href={answer.dutyId === null ? `${hrefOf(caseId)}/steps/answer` : `${hrefOf(caseId)}/steps/finish?duty=${answer.dutyId}`}>记送出</LinkButton>
        </p>
      )}
      {can.revise && (
        <p className="quiet">
          <a href={`${here}/discard`}>不要了</a> 删去这一稿
        </p>
      )}
    </>
  )
}

/** 改：一行一段。 */
export function AnswerEditPage({ state, findings, ...at }: At & { state: FormState; findings: readonly Finding[] }) {
  const here = hrefOfAnswer(at.caseId, at.answer.letterId)
  return (
    <DeskPage title={`改${titleOf(at)} ${at.caseNo}`} heading={`改${titleOf(at)}`} crumbs={[...crumbsOf(at), { label: titleOf(at), href: here }]} lead="经过、理由、依据由案卷拟成；〔请写明……〕的各处必须写。不附救济告知。">
      <Findings findings={findings} />
      <Sheet>
        <Form action={`${here}/edit`} submit="存下" cancel={{ href: here }} hidden={{ version: String(at.answer.version) }} state={state}>
          <TextField name="recipient" label={ANSWER_TYPES[at.answer.type].kind === 'review' ? '复议机关' : '法院'} required maxLength={100} value={at.answer.content.recipient} />
          <TextArea name="paragraphs" label="正文" required rows={24} maxLength={20_000} value={at.answer.content.paragraphs.join('\n')} hint="一行一段；标题单独一行，如：一、作出行政行为的经过" />
        </Form>
      </Sheet>
    </DeskPage>
  )
}

/** 签发、退回、不要了，先问。 */
export function AnswerActPage({ act, state, ...at }: At & { act: 'issue' | 'return' | 'discard'; state: FormState }) {
  const here = hrefOfAnswer(at.caseId, at.answer.letterId)
  const title = titleOf(at)
  const hidden = { version: String(at.answer.version) }
  const frame = { crumbs: [...crumbsOf(at), { label: title, href: here }] }
  if (act === 'return')
    return (
      <DeskPage title={`退回${title} ${at.caseNo}`} heading={`退回${title}`} {...frame}>
        <Sheet>
          <Form action={`${here}/return`} submit="退回" cancel={{ href: here }} hidden={hidden} state={state}>
            <TextArea name="remark" label="意见" required rows={4} maxLength={500} hint="写明改哪里；加密存放，起草的人看得到" />
          </Form>
        </Sheet>
      </DeskPage>
    )
  const words = act === 'issue' ? { label: '签发', consequences: ['编定文号，全文随即固定，不能再改', '起草的人接着打印、盖章、提交'] } : { label: '删去', consequences: ['这一稿不再能找回', '可以再由记录拟一稿'] }
  return (
    <DeskPage title={`${words.label}${title} ${at.caseNo}`} heading={`${words.label}${title}`} {...frame}>
      <Confirm what={`${words.label}${title}：${at.caseNo}`} consequences={words.consequences} form={{ action: `${here}/${act}`, submit: words.label, danger: act === 'discard', cancel: { href: here }, hidden, state }} />
    </DeskPage>
  )
}

/** 现在不能办。 */
export const AnswerRefusedPage = ({ reason, ...at }: At & { reason: string }) => (
  <DeskPage title={`${titleOf(at)} ${at.caseNo}`} crumbs={crumbsOf(at)}>
    <Notice tone="warn" title={reason}>
      <a href={hrefOfAnswer(at.caseId, at.answer.letterId)}>看最新的一稿</a>
    </Notice>
  </DeskPage>
)
