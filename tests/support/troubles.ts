import type { Page } from 'playwright-core'

/** 记下页面的控制台错误、脚本异常与被内容安全策略拦下的东西；正常的页面一条都没有。 */
export function watchTroubles(page: Page): string[] {
  const troubles: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') troubles.push(`${page.url()} ${message.type()}：${message.text()}`)
  })
  page.on('pageerror', (error) => troubles.push(`${page.url()} 异常：${error.message}`))
  return troubles
}
