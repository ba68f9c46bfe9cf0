import { FlashNotice } from '../../identity/index.ts'
import type { Flash } from '../../identity/index.ts'
import { DataTable, DateField, DefinitionList, DeskPage, EmptyState, FieldGroup, Form, LinkButton, Notice, PostButton, Sheet, Tag, TextField } from '../../platform/html/index.ts'
import type { FormState, ListQuery } from '../../platform/html/index.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { hoursText } from '../progress/check-text.ts'
import type { Attempt, BestScore } from './attempts.ts'
import { isRight } from './draw-paper.ts'
import type { DrawnQuestion } from './draw-paper.ts'
import { isOpen, LEAST_QUESTIONS, MOST_PER_PAPER, topicsText, totalOf } from './papers.ts'
import type { Paper, PaperRowWithTakers } from './papers.ts'
import { LETTERS, QUESTION_KINDS, TOPIC_KEYS, TOPICS } from './question.ts'
import type { Topic } from './question.ts'
import type { Session } from './sessions.ts'
import { attemptHref, HOME, MINE, paperHref, PAPERS, sessionHref, TRAINING, TrainingTabs } from './training-frame.tsx'

const CRUMBS = [...HOME, { label: '试卷', href: PAPERS }]
const OpenTag = ({ paper, today }: { paper: Paper; today: PlainDate }) => (isOpen(paper, today) ? <Tag tone="wait">正在答</Tag> : paper.opensOn > today ? <Tag>还没有到日子</Tag> : <Tag tone="ok">已结束</Tag>)

/** 试卷的列表。 */
export function PapersPage({ rows, query, total, today, canHandle, flash }: { rows: readonly PaperRowWithTakers[]; query: ListQuery; total: number; today: PlainDate; canHandle: boolean; flash: Flash | null }) {
  return (
    <DeskPage title="试卷" crumbs={HOME} lead="各课题随机抽题，各人各次抽到的不同；日后可以照原样再抽出来核对。" {...(canHandle ? { actions: <LinkButton href={`${PAPERS}/new`}>出一份试卷</LinkButton> } : {})}>
      <FlashNotice flash={flash} />
      <TrainingTabs current={PAPERS} />
      <DataTable
        caption="试卷"
        columns={[
          { key: 'title', label: '试卷', render: (row: PaperRowWithTakers) => row.title },
          { key: 'days', label: '何时答', nowrap: true, render: (row) => `${row.opensOn} 至 ${row.closesOn}` },
          { key: 'count', label: '题数', unit: '题', align: 'end', render: (row) => totalOf(row.counts) },
          { key: 'pass', label: '及格', unit: '分', align: 'end', render: (row) => row.passScore },
          { key: 'takers', label: '答过', unit: '人', align: 'end', render: (row) => row.takers },
          { key: 'passed', label: '及格', unit: '人', align: 'end', render: (row) => row.passed },
          { key: 'open', label: '现在', render: (row) => <OpenTag paper={row} today={today} /> },
        ]}
        rows={rows}
        rowKey={(row) => row.paperId}
        rowHref={(row) => paperHref(row.paperId)}
        list={{ query, total }}
        empty={{ title: '还没有出过试卷', children: '培训之后出一份试卷，各人在「我的培训」里答，及格的计学时。', ...(canHandle ? { action: { label: '出一份试卷', href: `${PAPERS}/new` } } : {}) }}
      />
    </DeskPage>
  )
}

/** 出试卷：各课题抽几题。 */
export function PaperFormPage({ has, today, seed, state }: { has: ReadonlyMap<Topic, number>; today: PlainDate; seed: string; state: FormState }) {
  return (
    <DeskPage title="出一份试卷" crumbs={CRUMBS}>
      <Sheet>
        <Form action={`${PAPERS}/new`} submit="出试卷" cancel={{ href: PAPERS }} state={state}>
          <TextField name="title" label="名称" required maxLength={120} value={`${today.slice(0, 4)}年政府信息公开知识测试`} />
          <FieldGroup title="各课题抽几题" lead={`合计 ${LEAST_QUESTIONS} 至 ${MOST_PER_PAPER} 题；不抽的不填。`}>
            {TOPIC_KEYS.map((topic) => (
              <TextField key={topic} name={`count.${topic}`} label={TOPICS[topic]} width="short" inputMode="numeric" maxLength={2} value={topic === 'fee' || topic === 'general' || topic === 'secrecy' || topic === 'supervision' ? '1' : '3'} hint={`题库里有 ${has.get(topic) ?? 0} 题`} />
            ))}
          </FieldGroup>
          <TextField name="passScore" label="及格分" required width="short" inputMode="numeric" maxLength={3} value="60" hint="满分 100，每题分值相同；多选须全对" />
          <TextField name="attempts" label="每人可答几次" required width="short" inputMode="numeric" maxLength={2} value="3" hint="取最好的一次" />
          <TextField name="hours" label="及格计几学时" required width="short" inputMode="decimal" maxLength={5} value="1" hint="不计的填 0" />
          <DateField name="opensOn" label="何时起可以答" required value={today} />
          <DateField name="closesOn" label="到何时" required />
          <TextField name="seed" label="抽题的代号" required width="middle" maxLength={40} value={seed} hint="自动给的，一般不必改；照着它可以再抽出同样的题，供核对" />
        </Form>
      </Sheet>
    </DeskPage>
  )
}

export interface PaperModel {
  paper: Paper
  best: readonly BestScore[]
  total: number
  query: ListQuery
  missed: readonly { stem: string; asked: number; wrong: number }[]
  people: ReadonlyMap<string, string>
  /** 还没有答的 */
  absent: readonly string[]
  today: PlainDate
  canHandle: boolean
  canTake: boolean
  state: FormState
  flash: Flash | null
}

/** 一份试卷：各人最好的成绩，错得最多的题，还有谁没有答。 */
export function PaperPage({ paper, best, total, query, missed, people, absent, today, canHandle, canTake, state, flash }: PaperModel) {
  const open = isOpen(paper, today)
  return (
    <DeskPage title={paper.title} crumbs={CRUMBS} status={<OpenTag paper={paper} today={today} />}>
      <FlashNotice flash={flash} />
      <div className="stack">
        <Sheet title="试卷" {...(open && canTake ? { actions: <PostButton action={`${paperHref(paper.paperId)}/start`} label="我来答" /> } : {})}>
          <DefinitionList
            items={[
              ['何时答', `${paper.opensOn} 至 ${paper.closesOn}`],
              ['抽题', `${topicsText(paper.counts)}，共 ${totalOf(paper.counts)} 题`],
              ['及格', `${paper.passScore} 分，每人可答 ${paper.attempts} 次，取最好的一次`],
              ['学时', paper.halfHours === 0 ? '不计' : `及格计 ${hoursText(paper.halfHours)} 学时`],
              ['抽题的代号', <code key="seed">{paper.seed}</code>],
            ]}
          />
        </Sheet>
        {canHandle && (
          <>
            <DataTable
              caption="各人最好的成绩"
              showCaption
              columns={[
                { key: 'who', label: '姓名', render: (row: BestScore) => people.get(row.accountId) ?? '已离岗' },
                { key: 'best', label: '最好', unit: '分', align: 'end', render: (row) => row.best },
                { key: 'passed', label: '及格', render: (row) => (row.passed ? <Tag tone="ok">及格</Tag> : <Tag tone="late">不及格</Tag>) },
                { key: 'attempts', label: '答了', unit: '次', align: 'end', render: (row) => row.attempts },
                { key: 'lastOn', label: '最近一次', nowrap: true, render: (row) => row.lastOn },
              ]}
              rows={best}
              rowKey={(row) => row.accountId}
              list={{ query, total }}
              empty={{ title: '还没有人答过', children: '各人在「我的培训」里答。' }}
            />
            {absent.length > 0 && (
              <Notice tone="info" title={`本机关还有 ${absent.length} 人没有答`}>
                {absent.slice(0, 50).join('、')}
              </Notice>
            )}
            {missed.length > 0 && (
              <DataTable
                caption="错得最多的题"
                showCaption
                columns={[
                  { key: 'stem', label: '题干', render: (row: (typeof missed)[number]) => row.stem },
                  { key: 'asked', label: '抽到', unit: '次', align: 'end', render: (row) => row.asked },
                  { key: 'wrong', label: '答错', unit: '次', align: 'end', render: (row) => row.wrong },
                ]}
                rows={missed}
                rowKey={(row) => row.stem}
                empty={{ title: '没有答错的' }}
              />
            )}
            <Sheet title="改日子">
              <Form action={paperHref(paper.paperId)} submit="改好" state={state} hidden={{ version: String(paper.version) }}>
                <DateField name="opensOn" label="何时起可以答" required value={paper.opensOn} />
                <DateField name="closesOn" label="到何时" required value={paper.closesOn} />
              </Form>
            </Sheet>
          </>
        )}
      </div>
    </DeskPage>
  )
}

export interface MineModel {
  year: number
  mine: { sessions: number; hours: number; papers: number }
  papers: readonly { paper: Paper; attempts: number; best: number | null; passed: boolean }[]
  sessions: readonly Session[]
  today: PlainDate
  state: FormState
  flash: Flash | null
}

/** 我的培训：签到、答卷、今年的学时。 */
export function MinePage({ year, mine, papers, sessions, today, state, flash }: MineModel) {
  return (
    <DeskPage title="我的培训" crumbs={HOME} lead={`${year} 年参加 ${mine.sessions} 期、及格试卷 ${mine.papers} 份，共 ${mine.hours} 学时。`}>
      <FlashNotice flash={flash} />
      <TrainingTabs current={MINE} />
      <div className="stack">
        <Sheet title="签到">
          <Form action={`${MINE}/sign-in`} submit="签到" state={state}>
            <TextField name="code" label="签到码" required width="middle" maxLength={12} hint="会场屏幕上的十位字母与数字" />
          </Form>
        </Sheet>
        <DataTable
          caption="试卷"
          showCaption
          columns={[
            { key: 'title', label: '试卷', render: (row: MineModel['papers'][number]) => row.paper.title },
            { key: 'days', label: '何时答', nowrap: true, render: (row) => `${row.paper.opensOn} 至 ${row.paper.closesOn}` },
            { key: 'best', label: '最好', unit: '分', align: 'end', render: (row) => row.best ?? '—' },
            { key: 'passed', label: '及格', render: (row) => (row.passed ? <Tag tone="ok">及格</Tag> : row.best === null ? <Tag>没有答</Tag> : <Tag tone="late">不及格</Tag>) },
            { key: 'left', label: '还可答', unit: '次', align: 'end', render: (row) => Math.max(0, row.paper.attempts - row.attempts) },
            { key: 'act', label: '办理', render: (row) => (isOpen(row.paper, today) ? <PostButton action={`${paperHref(row.paper.paperId)}/start`} label={row.attempts === 0 ? '开始答' : '再答'} kind="second" spoken={`${row.attempts === 0 ? '开始答' : '再答'}：${row.paper.title}`} /> : '不在答卷的日子里') },
          ]}
          rows={papers}
          rowKey={(row) => row.paper.paperId}
          empty={{ title: '现在没有试卷', children: '公开工作机构出了试卷，就列在这里。' }}
        />
        <DataTable
          caption="将要办的培训"
          showCaption
          columns={[
            { key: 'topic', label: '课题', render: (row: Session) => row.topic },
            { key: 'on', label: '日期', nowrap: true, render: (row) => `${row.heldOn} ${row.startsAt}` },
            { key: 'place', label: '地点', render: (row) => row.place },
            { key: 'audience', label: '对象', render: (row) => row.audience },
          ]}
          rows={sessions}
          rowKey={(row) => row.sessionId}
          rowHref={(row) => sessionHref(row.sessionId)}
          empty={{ title: '没有安排', children: <a href={TRAINING}>看办过的场次</a> }}
        />
      </div>
    </DeskPage>
  )
}

/** 答卷：一页答完，没有答的不扣分也不得分。 */
export function TakePage({ attempt, paper, state }: { attempt: Attempt; paper: Paper; state: FormState }) {
  return (
    <DeskPage title={`答卷：${paper.title}`} crumbs={[...HOME, { label: '我的培训', href: MINE }]} lead={`第 ${attempt.number} 次，共 ${attempt.questions.length} 题，${paper.passScore} 分及格；可以离开再来，交卷之前都在。`}>
      <Sheet>
        <Form action={attemptHref(attempt.attemptId)} submit="交卷" cancel={{ label: '以后再答', href: MINE }} state={state}>
          {attempt.questions.map((question, i) => (
            <QuestionField key={question.key} question={question} index={i} />
          ))}
        </Form>
      </Sheet>
    </DeskPage>
  )
}

function QuestionField({ question, index }: { question: DrawnQuestion; index: number }) {
  return (
    <fieldset className="field">
      <legend>
        {index + 1}.〔{QUESTION_KINDS[question.kind]}〕{question.stem}
      </legend>
      {question.options.map((option, i) => (
        <div className="choice" key={option}>
          <input id={`q${index}-${i}`} type={question.kind === 'multiple' ? 'checkbox' : 'radio'} name={`q${index}`} value={LETTERS[i]} />
          <label htmlFor={`q${index}-${i}`}>{question.kind === 'judge' ? option : `${LETTERS[i] ?? ''}. ${option}`}</label>
        </div>
      ))}
    </fieldset>
  )
}

/** 交了的卷：分数，逐题的对错、答案、依据与说明。 */
export function ResultPage({ attempt, paper, mayAgain, flash }: { attempt: Attempt; paper: Paper; mayAgain: boolean; flash: Flash | null }) {
  const { result } = attempt
  if (result === null) return null
  const right = attempt.questions.filter((question, i) => isRight(question, result.answers[i] ?? '')).length
  return (
    <DeskPage title={`${paper.title}：${result.score} 分`} crumbs={[...HOME, { label: '我的培训', href: MINE }]} status={result.passed ? <Tag tone="ok">及格</Tag> : <Tag tone="late">不及格</Tag>} {...(mayAgain ? { actions: <PostButton action={`${paperHref(paper.paperId)}/start`} label="再答一次" kind="second" /> } : {})}>
      <FlashNotice flash={flash} />
      <p>
        {result.on} 交卷，{attempt.questions.length} 题答对 {right} 题。
      </p>
      <div className="stack">
        {attempt.questions.length === 0 && <EmptyState title="这份卷没有题" />}
        {attempt.questions.map((question, i) => (
          <Answered key={question.key} question={question} index={i} given={result.answers[i] ?? ''} />
        ))}
      </div>
    </DeskPage>
  )
}

const optionsText = (question: DrawnQuestion, letters: string): string =>
  question.kind === 'judge' ? (letters === 'A' ? '对' : '错') : Array.from(letters).map((letter) => `${letter}. ${question.options[LETTERS.indexOf(letter)] ?? ''}`).join('；')

function Answered({ question, index, given }: { question: DrawnQuestion; index: number; given: string }) {
  const ok = isRight(question, given)
  return (
    <Sheet title={`${index + 1}. ${question.stem}`} actions={ok ? <Tag tone="ok">对</Tag> : <Tag tone="late">错</Tag>}>
      <DefinitionList
        items={[
          ['您答的', given === '' ? '没有答' : optionsText(question, given)],
          ...(ok ? [] : [['应当是', optionsText(question, question.answer)] as const]),
          ['依据', question.article],
          ...(question.explanation === '' ? [] : [['说明', question.explanation] as const]),
        ]}
      />
    </Sheet>
  )
}
