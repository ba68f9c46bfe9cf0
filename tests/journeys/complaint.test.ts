import { mkdir, writeFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { appParts } from '../../src/app-parts.ts'
import { createApp } from '../../src/app.tsx'
import { testDb } from '../../src/platform/testing.ts'
import { complaintJobs } from '../../src/supervision/index.ts'
import { inboxOf } from '../../src/supervision/complaints/testing.ts'
import { twoDesks } from '../../src/supervision/complaints/testing-desk.ts'
import { aMail } from '../../src/supervision/complaints/testing-mails.ts'
import { axe, shoot, withBrowser } from '../browser.ts'

const { db, deps, setToday } = testDb()
const app = createApp(deps, appParts(deps))
const browser = withBrowser()
let desks: Awaited<ReturnType<typeof twoDesks>>

beforeAll(async () => {
  setToday('2026-01-15')
  desks = await twoDesks(app, deps, setToday)
})

/** 办一步：点进去，填几栏，交。 */
async function step(page: Page, label: string, fill: Readonly<Record<string, string>> = {}): Promise<void> {
  await page.getByRole('link', { name: label, exact: true }).click()
  for (const [field, text] of Object.entries(fill)) await page.getByLabel(field).fill(text)
  await page.getByRole('button', { name: label, exact: true }).click()
  await page.getByRole('heading', { level: 1, name: /公开诉/ }).waitFor()
}

test('a complaint by mail ends in feedback', async () => {
  const inbox = inboxOf(deps.config)
  await mkdir(inbox, { recursive: true })
  await writeFile(`${inbox}/one.eml`, aMail())
  await complaintJobs['complaints.sweep-inbox']?.(deps, {})
  const { subject, text_body: ack } = await db.selectFrom('mail_out').select(['subject', 'text_body']).executeTakeFirstOrThrow()
  const [regNo = ''] = subject.split(' ')
  const code = /查询码 ([A-Z0-9-]{14})/.exec(ack)?.[1] ?? ''

  const desk = await browser.open(app, '/accessibility')
  const [name = '', value = ''] = (await desks.cookieOf('office')).split('=')
  await desk.context().addCookies([{ name, value, url: desk.url() }])
  await desk.goto('/desk')
  await desk.getByRole('link', { name: new RegExp(regNo) }).click()
  await step(desk, '受理')
  await step(desk, '记查办情况', { 查了什么: '链接指向已经迁移的地址' })
  await desk.getByRole('link', { name: '拟结论' }).click()
  await desk.getByLabel('成立', { exact: true }).check()
  await desk.getByLabel('事实与理由').fill('预算的链接失效')
  await desk.getByLabel('怎样整改').fill('已督促街道当日改正')
  await desk.getByRole('button', { name: '拟结论' }).click()
  await desk.getByText('等另一人审定').first().waitFor()
  const [row] = await db.selectFrom('complaint').select('complaint_id').execute()
  await desks.done(row?.complaint_id ?? '', deps.clock.today(), 'decide', { verdict: 'agree' }, 'office2')
  await desk.reload()
  await desk.getByRole('link', { name: '答复反映人' }).click()
  expect(await desk.getByLabel('电子邮件').isChecked()).toBe(true)
  await axe(desk)
  await desk.getByRole('button', { name: '答复反映人' }).click()
  await desk.getByText('已答复，待反馈').first().waitFor()
  expect((await db.selectFrom('mail_out').select('text_body').where('subject', '=', `${regNo} 答复`).executeTakeFirstOrThrow()).text_body).toContain('已督促街道当日改正')

  const visitor = await browser.open(app, '/complain/track', { width: 390, javaScriptEnabled: false })
  await visitor.getByLabel('登记号').fill(regNo)
  await visitor.getByLabel('查询码').fill(code)
  await visitor.getByRole('button', { name: '查询', exact: true }).click()
  expect(await visitor.getByText('已督促街道当日改正').count()).toBe(1)
  await visitor.getByRole('link', { name: '评价' }).click()
  await visitor.getByLabel('满意', { exact: true }).check()
  await visitor.getByRole('button', { name: '交评价' }).click()
  await visitor.getByText('您已评价：满意').waitFor()
  await shoot(visitor, 'complaint-rated')

  await desk.reload()
  await step(desk, '办结')
  expect(await desk.getByText('反馈：满意').count()).toBeGreaterThan(0)
  await shoot(desk, 'complaint-closed')
})
