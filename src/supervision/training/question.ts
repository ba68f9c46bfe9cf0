/** 题目的种类。 */
export const QUESTION_KINDS = { single: '单选', multiple: '多选', judge: '判断' } as const
export type QuestionKind = keyof typeof QUESTION_KINDS

/** 课题：抽题按此分层，建议的培训也按此归类。 */
export const TOPICS = {
  general: '总则与公开主体',
  proactive: '主动公开',
  application: '申请的收受与补正',
  term: '答复期限',
  decision: '答复与不予公开',
  fee: '信息处理费',
  remedy: '复议诉讼',
  report: '年度报告',
  secrecy: '保密审查与个人信息',
  supervision: '监督和保障',
} as const
export type Topic = keyof typeof TOPICS
export const TOPIC_KEYS = Object.keys(TOPICS) as Topic[]

export interface Question {
  kind: QuestionKind
  topic: Topic
  stem: string
  /** 判断题为「对」「错」 */
  options: readonly string[]
  /** 选项的字母，多选按次序连写，如 `ABD` */
  answer: string
  /** 依据的条款 */
  article: string
  explanation: string
}

export const JUDGE_OPTIONS = ['对', '错'] as const
export const LETTERS = 'ABCDEF'

const codeOf = <K extends string>(labels: Readonly<Record<K, string>>, text: string): K | null =>
  (Object.entries(labels) as [K, string][]).find(([code, label]) => code === text || label === text || `${label}题` === text)?.[0] ?? null

export type QuestionInput = Readonly<Record<'kind' | 'topic' | 'stem' | 'options' | 'answer' | 'article' | 'explanation', string>>

/** 认出一道题；不合格的一栏一句。选项一行一个，或者以「|」隔开。 */
export function readQuestion(input: QuestionInput): { ok: true; row: Question } | { ok: false; errors: Readonly<Record<string, string>> } {
  const [kind, topic] = [codeOf(QUESTION_KINDS, input.kind.trim()), codeOf(TOPICS, input.topic.trim())]
  const [stem, article, explanation] = [input.stem.trim(), input.article.trim(), input.explanation.trim()]
  const options = kind === 'judge' ? [...JUDGE_OPTIONS] : input.options.split(/[\n|｜]/).map((option) => option.trim().replace(/^[A-Fa-f][.、．:：]\s*/, '')).filter((option) => option !== '')
  const answer = readAnswer(kind, input.answer)
  const errors = {
    ...(kind === null ? { kind: `须为${Object.values(QUESTION_KINDS).join('、')}之一` } : {}),
    ...(topic === null ? { topic: `须为${Object.values(TOPICS).join('、')}之一` } : {}),
    ...(stem.length < 4 || stem.length > 400 ? { stem: '须为四个字至四百个字' } : {}),
    ...(options.length < 2 || options.length > LETTERS.length || options.some((option) => option.length > 200) ? { options: '须有两个至六个选项，每个至多二百个字' } : new Set(options).size < options.length ? { options: '有两个选项相同' } : {}),
    ...(article.length < 2 || article.length > 100 ? { article: '须写明依据的条款，至多一百个字' } : {}),
    ...(explanation.length > 600 ? { explanation: '至多六百个字' } : {}),
    ...answerProblem(kind, answer, options.length),
  }
  if (kind === null || topic === null || Object.keys(errors).length > 0) return { ok: false, errors }
  return { ok: true, row: { kind, topic, stem, options, answer, article, explanation } }
}

function readAnswer(kind: QuestionKind | null, given: string): string {
  const text = given.normalize('NFKC').toUpperCase().replaceAll(/[\s,、;]/g, '')
  if (kind === 'judge') return ({ 对: 'A', 正确: 'A', '√': 'A', 是: 'A', A: 'A', 错: 'B', 错误: 'B', '×': 'B', 否: 'B', B: 'B' } as Readonly<Record<string, string>>)[text] ?? ''
  return [...new Set(text)].toSorted().join('')
}

function answerProblem(kind: QuestionKind | null, answer: string, options: number): { answer?: string } {
  if (kind === 'judge') return answer === '' ? { answer: '判断题写「对」或者「错」' } : {}
  if (!/^[A-F]+$/.test(answer)) return { answer: '写选项的字母，如 B、ACD' }
  if (Array.from(answer).some((letter) => LETTERS.indexOf(letter) >= options)) return { answer: '有的字母没有对应的选项' }
  if (kind === 'single' && answer.length !== 1) return { answer: '单选题只有一个答案' }
  return kind === 'multiple' && answer.length < 2 ? { answer: '多选题至少两个答案' } : {}
}

/** 答案的说法：判断题写对错，其余写字母。 */
export const answerText = ({ kind, answer }: Pick<Question, 'kind' | 'answer'>): string => (kind === 'judge' ? (answer === 'A' ? '对' : '错') : answer)
