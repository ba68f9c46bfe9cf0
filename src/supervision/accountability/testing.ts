export { actOnMatter, leastReplyBy, openMatter } from './matter-acts.ts'
