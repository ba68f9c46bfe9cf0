import { HtmlValidate } from 'html-validate'
import type { ConfigData } from 'html-validate'
import { expect } from 'vitest'

const CONFIG: ConfigData = {
  root: true,
  extends: ['html-validate:standard', 'html-validate:a11y', 'html-validate:document'],
  rules: {
    // 样式与脚本都在本站，地址即内容的散列；只有别处来的才须另附摘要
    'require-sri': ['error', { target: 'crossorigin' }],
    // 表单里不写 type 的按钮即提交，标准如此；要的正是它
    'no-implicit-button-type': 'off',
  },
}

const validator = new HtmlValidate(CONFIG)

/** 照 HTML 标准与无障碍的要求逐条查一页；不合的写明哪一条、在哪里。 */
export async function validHtml(html: string, where: string): Promise<void> {
  const { results } = await validator.validateString(html)
  const lines = html.split('\n')
  const found = results.flatMap(({ messages }) => messages.map(({ ruleId, message, line, column }) => `${ruleId}：${message} … ${(lines[line - 1] ?? '').slice(Math.max(0, column - 60), column + 100)}`))
  expect([...new Set(found)], `${where} 的 HTML`).toEqual([])
}
