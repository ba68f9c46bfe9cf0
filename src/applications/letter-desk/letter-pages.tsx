import { DocumentView } from '../../documents/index.ts'
import type { Document } from '../../documents/index.ts'
import { FlashNotice } from '../../identity/index.ts'
import type { Flash } from '../../identity/index.ts'
import { Confirm, DefinitionList, DeskPage, Digest, Form, LinkButton, Notice, RadioGroup, Sheet, TextArea, Timeline } from '../../platform/html/index.ts'
import type { FormState, TimelineEntry } from '../../platform/html/index.ts'
import type { Finding } from '../../statute/finding.ts'
import { LETTER_FORMAT_NAMES, LETTER_FORMATS } from './letter-files.ts'
import { LetterHints } from './letter-hints.tsx'
import type { LetterHint } from './letter-hints.tsx'
import { crumbsOf, LetterTag } from './letter-list-page.tsx'
import type { Letter } from './letter-store.ts'

/** 一件文书的各页都要的。 */
export interface LetterFrame {
  caseId: string
  regNo: string
  letterId: string
  title: string
  version: number
}

export const placeOf = ({ caseId, letterId }: Pick<LetterFrame, 'caseId' | 'letterId'>): string => `/desk/applications/${caseId}/letters/${letterId}`
const above = ({ caseId, regNo }: LetterFrame) => [...crumbsOf(caseId, regNo), { label: '文书', href: `/desk/applications/${caseId}/letters` }]
export const within = (frame: LetterFrame) => [...above(frame), { label: frame.title, href: placeOf(frame) }]

export interface LetterPageModel extends LetterFrame {
  status: Letter['status']
  /** 拟成的；拟不成为 null，缘故在 `problems` */
  document: Document | null
  problems: readonly string[]
  warnings: readonly Finding[]
  facts: readonly (readonly [string, string])[]
  /** 发出的文书的摘要 */
  hash: string | null
  /** 这个人此时能办的 */
  can: { revise: boolean; sign: boolean; sendBack: boolean; resubmit: boolean; issue: boolean; take: boolean }
  /** 往返的意见 */
  remarks: readonly TimelineEntry[]
  /** 它所告知的一步与案件对不对得上 */
  hints: readonly LetterHint[]
  /** 想签批而不能的缘故 */
  whyNotSign: string | null
  flash: Flash | null
}

/** 一件文书：全文，核对的结果，与能办的下一步。 */
export function LetterPage(props: LetterPageModel) {
  const here = placeOf(props)
  const { can, document } = props
  return (
    <DeskPage title={`${props.title} ${props.regNo}`} heading={props.title} crumbs={above(props)} status={<LetterTag status={props.status} />}>
      <div className="stack">
        <FlashNotice flash={props.flash} />
        {props.problems.length > 0 && (
          <Notice tone="warn" title="照现在的案件，这件文书出不成">
            <ul>
              {props.problems.map((message) => (
                <li key={message}>{message}</li>
              ))}
            </ul>
          </Notice>
        )}
        {props.warnings.length > 0 && (
          <Notice tone="warn" title="请留意">
            <ul>
              {props.warnings.map(({ rule, message, mend }) => (
                <li key={`${rule}${message}`}>
                  {message}。{mend}
                </li>
              ))}
            </ul>
          </Notice>
        )}
        <LetterHints hints={props.hints} />
        {props.remarks.length > 0 && (
          <Sheet title="往返的意见">
            <Timeline entries={props.remarks} />
          </Sheet>
        )}
        {props.whyNotSign !== null && <Notice tone="info" title={props.whyNotSign} />}
        <Sheet>
          <DefinitionList items={props.facts} />
          <div className="buttons">
            {can.sign && <LinkButton href={`${here}/sign`}>签批</LinkButton>}
            {can.sendBack && (
              <LinkButton href={`${here}/return`} second>
                退回修改
              </LinkButton>
            )}
            {can.resubmit && <LinkButton href={`${here}/resubmit`}>再送签</LinkButton>}
            {can.issue && <LinkButton href={`${here}/issue`}>发出</LinkButton>}
            {can.take && <LinkButton href={`${here}/files`}>取用文件（须填事由）</LinkButton>}
            {can.revise && (
              <>
                <LinkButton href={`${here}/fields`} second>
                  修改各项
                </LinkButton>
                {document !== null && (
                  <LinkButton href={`${here}/paragraphs`} second>
                    修改正文
                  </LinkButton>
                )}
              </>
            )}
            {props.status !== 'issued' && document !== null && LETTER_FORMAT_NAMES.map((format) => <a key={format} href={`${here}/draft/${format}`}>{`下载草稿（${LETTER_FORMATS[format].label}）`}</a>)}
            {can.revise && <a href={`${here}/discard`}>删去</a>}
          </div>
        </Sheet>
        {document !== null && <DocumentView document={document} plainTitle />}
        {props.hash !== null && <Digest of="发出的全文" hash={props.hash} />}
      </div>
    </DeskPage>
  )
}

const MOST_BODY = 20_000

/** 手改正文：每段一行。 */
export const ParagraphsPage = ({ frame, paragraphs, state }: { frame: LetterFrame; paragraphs: readonly string[]; state: FormState }) => (
  <DeskPage title={`修改正文 ${frame.title} ${frame.regNo}`} heading="修改正文" crumbs={within(frame)} lead="只能改正文各段；文号、法条、救济告知、署名与成文之日由系统写。改后再核对，有错误的不能存。">
    <Sheet>
      <Form action={`${placeOf(frame)}/paragraphs`} submit="核对并保存" cancel={{ href: placeOf(frame) }} hidden={{ version: String(frame.version) }} alternatives={[{ name: 'restore', value: 'yes', label: '恢复系统拟成的正文' }]} state={state}>
        <TextArea name="paragraphs" label="正文" hint="每段一行" required rows={16} maxLength={MOST_BODY} value={paragraphs.join('\n')} />
      </Form>
    </Sheet>
  </DeskPage>
)

/** 签批：全文在上，按钮在下。 */
export const SignLetterPage = ({ frame, document, state }: { frame: LetterFrame; document: Document | null; state: FormState }) => (
  <DeskPage title={`签批 ${frame.title} ${frame.regNo}`} heading="签批" crumbs={within(frame)} lead="认定此刻的全文；之后改动一字、案件有变，都须重新签批。">
    <div className="stack">
      {document !== null && <DocumentView document={document} plainTitle />}
      <Sheet title={`签批《${frame.title}》`}>
        <Form action={`${placeOf(frame)}/sign`} submit="签批" cancel={{ href: placeOf(frame) }} hidden={{ version: String(frame.version) }} state={state} />
      </Sheet>
    </div>
  </DeskPage>
)

/** 发出之后不再变动，故先问一次。 */
export const IssueLetterPage = ({ frame, number, state }: { frame: LetterFrame; number: string; state: FormState }) => (
  <DeskPage title={`发出 ${frame.title} ${frame.regNo}`} heading="发出文书" crumbs={within(frame)}>
    <Confirm
      what={`发出《${frame.title}》`}
      consequences={[number, '内容与文件随即固定，不能再改；有误的另发一件', '送达另在案件里记']}
      form={{ action: `${placeOf(frame)}/issue`, submit: '发出', cancel: { href: placeOf(frame) }, hidden: { version: String(frame.version) }, state, danger: false }}
    />
  </DeskPage>
)

export const DiscardLetterPage = ({ frame, state }: { frame: LetterFrame; state: FormState }) => (
  <DeskPage title={`删去 ${frame.title} ${frame.regNo}`} heading="删去草稿" crumbs={within(frame)}>
    <Confirm what={`删去《${frame.title}》的草稿`} consequences={['所填各项与手改的正文一并删去，不能恢复', '尚未编号，不留空号']} form={{ action: `${placeOf(frame)}/discard`, submit: '删去', cancel: { href: placeOf(frame) }, hidden: { version: String(frame.version) }, state }} />
  </DeskPage>
)

/** 取用发出的文件：先填事由。 */
export const LetterFilesPage = ({ frame, state }: { frame: LetterFrame; state: FormState }) => (
  <DeskPage title={`取用文件 ${frame.title} ${frame.regNo}`} heading="取用发出的文件" crumbs={within(frame)} lead="文件里有申请人的姓名：谁、何时、因何取用都留痕。">
    <Sheet>
      <Form action={`${placeOf(frame)}/files`} submit="下载" cancel={{ href: placeOf(frame) }} state={state}>
        <RadioGroup name="format" label="格式" required value="pdf" options={LETTER_FORMAT_NAMES.map((format) => ({ value: format, label: LETTER_FORMATS[format].label }))} />
        <TextArea name="reason" label="事由" required rows={2} maxLength={200} hint="如：打印盖章后邮寄。不写申请人的姓名、电话" />
      </Form>
    </Sheet>
  </DeskPage>
)
