export { addMember } from './leading-group/members.ts'
export { saveMeeting } from './leading-group/meetings.ts'
export { addTask, noteTask } from './leading-group/tasks.ts'
