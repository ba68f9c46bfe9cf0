import type { CaseStep } from '../case-step.ts'
import type { Litigation } from '../litigation.ts'
import { endedOf } from '../performance/ended.ts'
import type { Review } from '../review.ts'
import { CAUSES, isCause } from './lesson.ts'
import type { LessonEvent } from './lesson.ts'

/** 被纠正的，记错在何处：以后拟同样的答复时提示。 */
export const noteLesson: CaseStep<Review | Litigation, LessonEvent> = {
  label: '记纠正的缘由',
  article: '没有法定期限；以后选同样的依据时，提示承办的人',
  permit: 'review.handle',
  done: '已记，列入「败诉与纠错」',
  side: true,
  when: (state) => endedOf(state)?.binding === true,
  fields: ({ lesson }) => [
    { name: 'cause', label: '缘由', kind: 'choice', required: true, options: CAUSES, ...(lesson === null ? {} : { value: lesson.cause }) },
    { name: 'unit', label: '当初承办的科室', kind: 'text', maxLength: 60, ...(lesson?.unit == null ? {} : { value: lesson.unit }) },
    { name: 'words', label: '错在何处', kind: 'long', required: true, maxLength: 200, hint: '一两句，说给以后办同类申请的人听；不写当事人的姓名', ...(lesson === null ? {} : { value: lesson.words }) },
  ],
  decide: (_state, given, { help }) => {
    const cause = given('cause')
    if (!isCause(cause)) return { ok: false, refusal: 'not-in-this-state' }
    return { ok: true, events: [{ kind: 'lesson-noted', on: help.today, lesson: { cause, unit: given('unit') || null, words: given('words') } }] }
  },
}
