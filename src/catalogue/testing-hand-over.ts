export { subscribe } from './subscriptions/subscribe.ts'
export { subscriptionPath } from './subscriptions/subscription-token.ts'
export { runExport, startExport } from './hand-over/export/run-export.ts'
