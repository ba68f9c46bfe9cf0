export { DeskHomePage, sortToDos } from './home-page.tsx'
export type { DeskModel, ToDo } from './home-page.tsx'
