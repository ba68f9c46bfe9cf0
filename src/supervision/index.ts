export { progressRoutes } from './progress/progress-routes.ts'
export { leadingGroupRoutes } from './leading-group/leading-group-routes.tsx'
export { countMeetings } from './leading-group/meetings.ts'
export { remindAllTasks, taskToDos } from './leading-group/task-to-dos.ts'
