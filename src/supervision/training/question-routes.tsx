import { Hono } from 'hono'
import type { Context } from 'hono'
import { record } from '../../audit/index.ts'
import { can, permit, setFlash, signedIn, takeFlash } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import { NotFound } from '../../platform/errors.ts'
import { emptyForm, parseListQuery, renderPage } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { parseForm } from '../../platform/http/index.ts'
import type { ParsedForm } from '../../platform/http/index.ts'
import { isId } from '../../platform/id.ts'
import { TABLE_UPLOAD } from '../progress/import-sheet.tsx'
import { readTable } from '../progress/read-table.ts'
import type { TableFault } from '../progress/read-table.ts'
import { sendCsv, templateRoutes } from '../progress/send-table.ts'
import { changeQuestion, countOwnQuestions, getOwnQuestion, listOwnQuestions, MOST_QUESTIONS, QUESTION_TABLE, saveQuestions, toCells } from './bank.ts'
import { keyOf } from './draw-paper.ts'
import { readQuestion, TOPICS } from './question.ts'
import type { Topic } from './question.ts'
import { OwnQuestionsPage, QuestionPage, StarterQuestionsPage } from './question-pages.tsx'
import { STARTER_QUESTIONS } from './starter-questions.ts'
import { QUESTIONS } from './training-frame.tsx'

/** 工作台的题库。 */
export const questionRoutes = new Hono()

const read = permit('safeguard.read')
const handle = permit('safeguard.handle')
const SMALL = { maxBytes: 32 * 1024, maxFields: 16 }
const LIST = { sorts: ['stem'], defaultSort: 'stem', filters: { topic: Object.keys(TOPICS) }, size: 50 } as const
const FULL = `本机关的题至多 ${MOST_QUESTIONS} 道，请先停用、改写不用的`
const isTopic = (text: string | undefined): text is Topic => text !== undefined && Object.hasOwn(TOPICS, text)
const own = `${QUESTIONS}/own`

questionRoutes.get(QUESTIONS, read, async (c) => {
  const { deps, actor } = signedIn(c)
  const query = parseListQuery(c.req.url, LIST)
  const found = STARTER_QUESTIONS.filter(({ topic, stem, article, explanation }) => (query.filters['topic'] ?? topic) === topic && (query.q === '' || `${stem} ${article} ${explanation}`.includes(query.q)))
  const mine = await listOwnQuestions(deps.db, { bodyId: actor.bodyId }, { limit: MOST_QUESTIONS, offset: 0 })
  const rows = found.slice(query.offset, query.offset + query.size)
  return renderPage(c, <StarterQuestionsPage rows={rows} stopped={new Set(mine.map(({ stem }) => stem))} query={query} total={found.length} own={mine.length} canHandle={can(actor, 'safeguard.handle', actor.bodyId)} flash={takeFlash(c)} />)
})

async function ownPage(c: Context, states: { add?: FormState; file?: FormState } = {}, faults: readonly TableFault[] = [], status: 200 | 422 = 200) {
  const { deps, actor } = signedIn(c)
  const query = parseListQuery(c.req.url, LIST)
  const { topic } = query.filters
  const filter = { bodyId: actor.bodyId, text: query.q, ...(isTopic(topic) ? { topic } : {}) }
  return renderPage(
    c,
    <OwnQuestionsPage
      rows={await listOwnQuestions(deps.db, filter, { limit: query.size, offset: query.offset })}
      query={query}
      total={await countOwnQuestions(deps.db, filter)}
      own={await countOwnQuestions(deps.db, { bodyId: actor.bodyId })}
      canHandle={can(actor, 'safeguard.handle', actor.bodyId)}
      canExport={can(actor, 'export.data', actor.bodyId)}
      states={{ add: states.add ?? emptyForm, file: states.file ?? emptyForm }}
      faults={faults}
      flash={takeFlash(c)}
    />,
    { status },
  )
}

questionRoutes.get(own, read, (c) => ownPage(c))
templateRoutes(questionRoutes, QUESTIONS, handle, QUESTION_TABLE)

// 只导出、不出题的也要答卷：答案、解析不给他，与列表所见相同
const ANSWERS: readonly string[] = ['answer', 'explanation']
const withoutAnswer = (cells: readonly string[]): string[] => cells.map((cell, i) => (ANSWERS.includes(QUESTION_TABLE.columns[i]?.key ?? '') ? '' : cell))

questionRoutes.get(`${QUESTIONS}.csv`, permit('export.data'), async (c) => {
  const { deps, actor } = signedIn(c)
  const rows = await listOwnQuestions(deps.db, { bodyId: actor.bodyId }, { limit: MOST_QUESTIONS, offset: 0 })
  await transaction(deps.db, (tx) => record(tx, actor, 'training.exported', { bodyId: actor.bodyId, target: actor.bodyId }, { rows: rows.length }))
  return sendCsv(c, '题库', [QUESTION_TABLE.columns.map(({ label }) => label), ...rows.map(toCells).map((cells) => (can(actor, 'safeguard.handle', actor.bodyId) ? cells : withoutAnswer(cells)))])
})

const given = (form: ParsedForm) =>
  readQuestion({ kind: form.text('kind'), topic: form.text('topic'), stem: form.text('stem'), options: form.text('options').replaceAll('\r\n', '\n'), answer: form.text('answer'), article: form.text('article'), explanation: form.text('explanation') })

const after = (c: Context, tone: 'ok' | 'warn', text: string, to = own) => {
  setFlash(c, { tone, text })
  return c.redirect(to, 303)
}

questionRoutes.post(own, handle, async (c) => {
  const { deps, actor } = signedIn(c)
  const form = await parseForm(c, SMALL)
  const read = given(form)
  if (!read.ok) return ownPage(c, { add: { values: form.fields, errors: read.errors } }, [], 422)
  const saved = await saveQuestions(deps, actor, { bodyId: actor.bodyId, questions: [read.row] })
  return saved.ok ? after(c, 'ok', saved.created > 0 ? '已添上' : '已有同样的题干，换成了新的') : after(c, 'warn', FULL)
})

questionRoutes.post(`${QUESTIONS}/stop`, handle, async (c) => {
  const { deps, actor } = signedIn(c)
  const key = (await parseForm(c, SMALL)).text('key')
  const question = STARTER_QUESTIONS.find(({ stem }) => keyOf(stem) === key)
  if (question === undefined) throw new NotFound('这道题')
  const saved = await saveQuestions(deps, actor, { bodyId: actor.bodyId, questions: [question], active: false })
  return saved.ok ? after(c, 'ok', '已停用；在「本机关的题」里可以改了再用') : after(c, 'warn', FULL)
})

questionRoutes.post(`${QUESTIONS}/import`, handle, async (c) => {
  const { deps, actor } = signedIn(c)
  const [file] = (await parseForm(c, TABLE_UPLOAD)).files
  if (file === undefined) return ownPage(c, { file: { values: {}, errors: { file: '请选文件' } } }, [], 422)
  const found = await readTable(QUESTION_TABLE, file.bytes)
  if (!found.ok) return ownPage(c, {}, found.faults, 422)
  const saved = await saveQuestions(deps, actor, { bodyId: actor.bodyId, questions: found.rows })
  return saved.ok ? after(c, 'ok', `已导入：新增 ${saved.created} 道，更新 ${saved.changed} 道`) : after(c, 'warn', FULL)
})

async function open(c: Context) {
  const { deps, actor } = signedIn(c)
  const questionId = c.req.param('questionId') ?? ''
  if (!isId(questionId)) throw new NotFound('这道题')
  return { deps, actor, question: await getOwnQuestion(deps.db, actor.bodyId, questionId) }
}

questionRoutes.get(`${QUESTIONS}/:questionId`, handle, async (c) => renderPage(c, <QuestionPage question={(await open(c)).question} state={emptyForm} />))

questionRoutes.post(`${QUESTIONS}/:questionId`, handle, async (c) => {
  const { deps, actor, question } = await open(c)
  const form = await parseForm(c, SMALL)
  const again = (errors: FormState['errors']) => renderPage(c, <QuestionPage question={question} state={{ values: form.fields, errors }} />, { status: 422 })
  const read = given(form)
  if (!read.ok) return again(read.errors)
  const changed = await changeQuestion(deps, actor, { bodyId: actor.bodyId, questionId: question.questionId, question: read.row, active: form.text('active') !== 'no' })
  return changed.ok ? after(c, 'ok', '已改好') : again({ stem: '已有同样题干的另一道题' })
})
