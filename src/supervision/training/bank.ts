import './tables.ts'
import { record } from '../../audit/index.ts'
import { actorKey, requirePermission } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { NotFound } from '../../platform/errors.ts'
import { newId } from '../../platform/id.ts'
import type { TableSpec } from '../progress/read-table.ts'
import { answerText, QUESTION_KINDS, readQuestion, TOPICS } from './question.ts'
import type { Question, Topic } from './question.ts'
import { STARTER_QUESTIONS } from './starter-questions.ts'

/** 本机关自己的题至多几道。 */
export const MOST_QUESTIONS = 2000

export interface OwnQuestion extends Question {
  questionId: string
  active: boolean
  changedBy: string
}

/** 题库的列：模板、导入、导出共用。 */
export const QUESTION_TABLE: TableSpec<Question> = {
  title: '题库',
  columns: [
    { key: 'kind', label: '种类', required: true, example: QUESTION_KINDS.single, note: Object.values(QUESTION_KINDS).join('、'), aliases: ['题型'] },
    { key: 'topic', label: '课题', required: true, example: TOPICS.term, note: Object.values(TOPICS).join('、'), aliases: ['分类'] },
    { key: 'stem', label: '题干', required: true, example: '补正的，答复期限自哪一日起计算？', aliases: ['题目'] },
    { key: 'options', label: '选项', example: '收到申请之日|告知补正之日|收到补正之日', note: '以「|」隔开；判断题不填' },
    { key: 'answer', label: '答案', required: true, example: 'C', note: '选项的字母，如 B、ACD；判断题写「对」「错」', aliases: ['正确答案'] },
    { key: 'article', label: '依据', required: true, example: '条例第三十条', aliases: ['条款', '依据条款'] },
    { key: 'explanation', label: '说明', example: '重新起算满20个工作日', aliases: ['解析'] },
  ],
  read: (values) => readQuestion({ kind: values['kind'] ?? '', topic: values['topic'] ?? '', stem: values['stem'] ?? '', options: values['options'] ?? '', answer: values['answer'] ?? '', article: values['article'] ?? '', explanation: values['explanation'] ?? '' }),
  keyOf: ({ stem }) => stem,
  most: MOST_QUESTIONS,
}

export const toCells = (question: Question): string[] => [
  QUESTION_KINDS[question.kind], TOPICS[question.topic], question.stem, question.kind === 'judge' ? '' : question.options.join('|'), answerText(question), question.article, question.explanation,
]

interface QuestionRow {
  question_id: string
  kind: Question['kind']
  topic: Topic
  stem: string
  options: string[]
  answer: string
  article: string
  explanation: string
  active: boolean
  changed_by: string
}

const toQuestion = (row: QuestionRow): OwnQuestion => ({
  questionId: row.question_id, kind: row.kind, topic: row.topic, stem: row.stem, options: row.options, answer: row.answer, article: row.article, explanation: row.explanation, active: row.active, changedBy: row.changed_by,
})

export interface QuestionFilter {
  bodyId: string
  topic?: Topic
  text?: string
}

const filtered = (tx: Tx, { bodyId, topic, text }: QuestionFilter) => {
  let query = tx.selectFrom('training_question').where('body_id', '=', bodyId)
  if (topic !== undefined) query = query.where('topic', '=', topic)
  if (text !== undefined && text !== '') {
    const like = `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
    query = query.where((eb) => eb.or([eb('stem', 'ilike', like), eb('article', 'ilike', like), eb('explanation', 'ilike', like)]))
  }
  return query
}

export async function listOwnQuestions(tx: Tx, filter: QuestionFilter, { limit, offset }: { limit: number; offset: number }): Promise<OwnQuestion[]> {
  return (await filtered(tx, filter).selectAll().orderBy('stem').limit(limit).offset(offset).execute()).map(toQuestion)
}

export async function countOwnQuestions(tx: Tx, filter: QuestionFilter): Promise<number> {
  return (await filtered(tx, filter).select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()).n
}

export async function getOwnQuestion(tx: Tx, bodyId: string, questionId: string): Promise<OwnQuestion> {
  const row = await tx.selectFrom('training_question').selectAll().where('body_id', '=', bodyId).where('question_id', '=', questionId).executeTakeFirst()
  if (row === undefined) throw new NotFound('这道题')
  return toQuestion(row)
}

/** 可以抽的题：随系统带来的，加上本机关自己的；题干相同的以自己的为准，停用的不抽。 */
export async function listPool(tx: Tx, bodyId: string): Promise<Question[]> {
  const own = await listOwnQuestions(tx, { bodyId }, { limit: MOST_QUESTIONS, offset: 0 })
  const replaced = new Set(own.map(({ stem }) => stem))
  return [...STARTER_QUESTIONS.filter(({ stem }) => !replaced.has(stem)), ...own.filter(({ active }) => active)]
}

export const countByTopic = (pool: readonly Question[]): Map<Topic, number> => new Map([...Map.groupBy(pool, ({ topic }) => topic)].map(([topic, of]) => [topic, of.length]))

export type SavedQuestions = { ok: true; created: number; changed: number } | { ok: false; refusal: 'too-many' | 'stem-taken' }

/** 存下若干题，题干相同的换成新的，一并成或者都不成。 */
export function saveQuestions(deps: Deps, actor: Actor, { bodyId, questions, active = true }: { bodyId: string; questions: readonly Question[]; active?: boolean }): Promise<SavedQuestions> {
  requirePermission(actor, 'safeguard.handle', bodyId)
  return transaction(deps.db, async (tx) => {
    const stems = questions.map(({ stem }) => stem)
    const known = await tx.selectFrom('training_question').select('stem').where('body_id', '=', bodyId).where('stem', 'in', stems).execute()
    if ((await countOwnQuestions(tx, { bodyId })) + questions.length - known.length > MOST_QUESTIONS) return { ok: false, refusal: 'too-many' }
    const rows = questions.map((question) => ({ body_id: bodyId, question_id: newId(), ...toRow(question), active, changed_by: actorKey(actor), changed_at: deps.clock.now() }))
    for (let from = 0; from < rows.length; from += BATCH)
      await tx
        .insertInto('training_question')
        .values(rows.slice(from, from + BATCH))
        .onConflict((oc) => oc.columns(['body_id', 'stem']).doUpdateSet((eb) => ({ kind: eb.ref('excluded.kind'), topic: eb.ref('excluded.topic'), options: eb.ref('excluded.options'), answer: eb.ref('excluded.answer'), article: eb.ref('excluded.article'), explanation: eb.ref('excluded.explanation'), active: eb.ref('excluded.active'), changed_by: eb.ref('excluded.changed_by'), changed_at: eb.ref('excluded.changed_at') })))
        .execute()
    await record(tx, actor, active ? 'training.question-saved' : 'training.question-stopped', { bodyId, target: rows[0]?.question_id ?? '' }, { rows: rows.length })
    return { ok: true, created: rows.length - known.length, changed: known.length }
  })
}

const BATCH = 500

const toRow = ({ kind, topic, stem, options, answer, article, explanation }: Question) => ({ kind, topic, stem, options: JSON.stringify(options), answer, article, explanation })

/** 改自己的一道题，或者停用、恢复。 */
export function changeQuestion(deps: Deps, actor: Actor, { bodyId, questionId, question, active }: { bodyId: string; questionId: string; question: Question; active: boolean }): Promise<{ ok: true } | { ok: false; refusal: 'stem-taken' }> {
  requirePermission(actor, 'safeguard.handle', bodyId)
  return transaction(deps.db, async (tx) => {
    await getOwnQuestion(tx, bodyId, questionId)
    const same = await tx.selectFrom('training_question').select('question_id').where('body_id', '=', bodyId).where('stem', '=', question.stem).executeTakeFirst()
    if (same !== undefined && same.question_id !== questionId) return { ok: false, refusal: 'stem-taken' }
    await tx.updateTable('training_question').set({ ...toRow(question), active, changed_by: actorKey(actor), changed_at: deps.clock.now() }).where('body_id', '=', bodyId).where('question_id', '=', questionId).execute()
    await record(tx, actor, active ? 'training.question-saved' : 'training.question-stopped', { bodyId, target: questionId })
    return { ok: true }
  })
}
