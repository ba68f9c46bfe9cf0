export { subscribe } from './subscriptions/subscribe.ts'
export { subscriptionPath } from './subscriptions/subscription-token.ts'
