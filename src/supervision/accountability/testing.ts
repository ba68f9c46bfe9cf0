export { actOnMatter, leastReplyBy, openMatter } from './matter-acts.ts'
export { listQuestionRecords } from './questions.ts'
