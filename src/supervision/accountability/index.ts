export { accountabilityRoutes } from './accountability-routes.tsx'
export { accountabilityVerifiers, countAccountability } from './matter-store.ts'
export { accountabilityToDos } from './to-dos.ts'
