import { DefinitionList, DueDate, FileField, Form, LinkButton, Notice, PortalPage, PostButton, RadioGroup, Sheet, TextArea, TextField, Timeline } from '../../../platform/html/index.ts'
import type { DueDateProps, FormState, TimelineEntry } from '../../../platform/html/index.ts'
import { MATTERS, OUTCOMES, RATINGS, STATUSES } from '../complaint.ts'
import type { Complaint } from '../complaint.ts'
import { optionsOf } from '../desk/intake-page.tsx'
import { ACCEPT } from '../file-store.ts'
import { MOST_TEXT } from '../text-store.ts'
import { TRACK_PATH } from '../tell-complainant.ts'

const HOME = { label: '首页', href: '/' }
const COMPLAIN = { label: '投诉与反映', href: '/complain' }
const TRACK = { label: '查询办理的情况', href: TRACK_PATH }
export const CASE = `${TRACK_PATH}/case`

/** 查询：登记号与查询码。 */
export const ComplaintTrackPage = ({ state, ended }: { state: FormState; ended: boolean }) => (
  <PortalPage title="查询投诉与反映" crumbs={[HOME, COMPLAIN]} lead="填写登记号与查询码。">
    {ended && <Notice tone="info" title="查询已结束或者超过三十分钟，请重新填写" live />}
    <div className="two">
      <Form action={TRACK_PATH} submit="查询" state={state}>
        <TextField name="regNo" label="登记号" required maxLength={60} autoComplete="off" hint="如：示公开诉〔2026〕1号。括号写成哪一种都可以。" />
        <TextField name="code" label="查询码" required maxLength={40} autoComplete="off" width="middle" hint="十二位字母与数字，不分大小写，中间的横线可写可不写。" />
      </Form>
      <Sheet title="查询码在哪里">
        <p>网上提交的在提交之后的凭条上，写信到信箱的在回执邮件里，电话、来信、来访的由登记的工作人员给您。丢了的查不出，可以重新反映。</p>
        <p>
          还没有提出的，<a href="/complain">投诉与反映</a>。
        </p>
      </Sheet>
    </div>
  </PortalPage>
)

export interface TrackedModel {
  complaint: Complaint
  bodyName: string
  aboutName: string
  due: DueDateProps | null
  history: readonly TimelineEntry[]
  /** 并入的那一件的答复；自己的一件有答复的用自己的 */
  answer: string | null
  canSupply: boolean
  canRate: boolean
  canAskAgain: boolean
  /** 再办之前第一次的答复；没有再办的为 null */
  firstAnswer: string | null
  done: string | null
}

/** 反映人看自己的一件：办到哪里、答复、可以做什么。 */
export function TrackedComplaintPage({ complaint: c, bodyName, aboutName, due, history, answer, firstAnswer, canSupply, canRate, canAskAgain, done }: TrackedModel) {
  return (
    <PortalPage title={`我的反映 ${c.regNo}`} heading={c.regNo} crumbs={[HOME, COMPLAIN, TRACK]} lead={`${bodyName} · ${STATUSES[c.status]}`}>
      {done !== null && <Notice tone="ok" title={done} live />}
      <div className="case">
        <div className="stack">
          <Sheet title="您反映的">
            <DefinitionList items={[['收到之日', c.receivedOn], ['反映的机关', aboutName], ['什么事', MATTERS[c.matter]], ...(c.decision === null ? [] : [['结论', OUTCOMES[c.decision.outcome]] as const])]} />
            <p className="quiet">所写的内容不在这里显示，免得被旁人看到。</p>
          </Sheet>
          {answer !== null && (
            <Sheet title="答复">
              {answer.split('\n').map((line, index) => (
                <p key={index}>{line}</p>
              ))}
              <p className="quiet">不满意的，可以在评价里写明，评价之后可以请求再办一次，也可以向上一级行政机关、政府信息公开工作主管部门提出。</p>
            </Sheet>
          )}
          {firstAnswer !== null && (
            <Sheet title="第一次的答复">
              {firstAnswer.split('\n').map((line, index) => (
                <p key={index}>{line}</p>
              ))}
            </Sheet>
          )}
          {c.status === 'asked' && c.asked !== null && (
            <Sheet title="请您补充">
              <p>{c.asked.question}</p>
              {c.asked.by !== null && <p className="quiet">请在 {c.asked.by} 前（含当日）；过了的仍可以补充。</p>}
            </Sheet>
          )}
        </div>
        <Sheet title="经过">
          <Timeline entries={history} />
        </Sheet>
        <aside className="stack" aria-label="期限与可以做的">
          <section className="sheet">
            {due !== null && <DueDate {...due} />}
            <h2>现在可以做的</h2>
            {canSupply && (
              <p>
                <LinkButton href={`${TRACK_PATH}/supply`} second={c.status !== 'asked'}>
                  补充
                </LinkButton>
              </p>
            )}
            {canRate && (
              <p>
                <LinkButton href={`${TRACK_PATH}/rate`}>评价</LinkButton>
              </p>
            )}
            {c.feedback !== null && <p>您已评价：{RATINGS[c.feedback.rating]}。</p>}
            {canAskAgain && (
              <p>
                <LinkButton href={`${TRACK_PATH}/again`}>请求再办一次</LinkButton>
              </p>
            )}
            {!canSupply && !canRate && !canAskAgain && <p>不用做什么。</p>}
            <PostButton action={`${TRACK_PATH}/leave`} label="结束查询" kind="second" />
          </section>
        </aside>
      </div>
    </PortalPage>
  )
}

const CRUMBS = [HOME, COMPLAIN, TRACK, { label: '我的反映', href: CASE }]

/** 补充：文字必填，可附文件。 */
export const SupplyPage = ({ regNo, question, state }: { regNo: string; question: string | null; state: FormState }) => (
  <PortalPage title={`补充 ${regNo}`} heading="补充" crumbs={CRUMBS}>
    {question !== null && <Sheet title="机关请您补充的">{question}</Sheet>}
    <Form action={`${TRACK_PATH}/supply`} submit="交补充" cancel={{ href: CASE }} state={state} multipart>
      <TextArea name="text" label="补充的内容" required rows={8} maxLength={MOST_TEXT.supply} />
      <FileField name="files" label="附件" accept={ACCEPT} multiple hint="至多五份，每份不超过 10 MB、合计不超过 20 MB，收 PDF、DOCX 和照片（JPEG、PNG）。" />
    </Form>
  </PortalPage>
)

/** 评价办理的情况。 */
export const RatePage = ({ regNo, state }: { regNo: string; state: FormState }) => (
  <PortalPage title={`评价 ${regNo}`} heading="评价" crumbs={CRUMBS} lead="评价一次，交了不能改；只有办理的机关看得到。">
    <Form action={`${TRACK_PATH}/rate`} submit="交评价" cancel={{ href: CASE }} state={state}>
      <RadioGroup name="rating" label="对办理的情况" required options={optionsOf(RATINGS)} />
      <TextArea name="text" label="想说的" rows={4} maxLength={MOST_TEXT.feedback} />
    </Form>
  </PortalPage>
)

/** 不满意，请求再办一次：由谁办、为何不满意。 */
export const AskAgainPage = ({ regNo, bodyName, office, state }: { regNo: string; bodyName: string; office: string | null; state: FormState }) => (
  <PortalPage title={`请求再办 ${regNo}`} heading="请求再办一次" crumbs={CRUMBS} lead="只再办一次，由另一人承办，期限自今日另起；第一次的答复照留。">
    <Form action={`${TRACK_PATH}/again`} submit="请求再办" cancel={{ href: CASE }} state={state}>
      <RadioGroup name="to" label="请谁再办" required value="own" options={[{ value: 'own', label: bodyName }, ...(office === null ? [] : [{ value: 'office', label: `主管部门（${office}）` }])]} />
      <TextArea name="text" label="为何不满意" required rows={5} maxLength={MOST_TEXT.feedback} hint="哪里没有查清、没有改好。" />
    </Form>
  </PortalPage>
)
