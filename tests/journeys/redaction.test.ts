import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeStaff } from '../../seeds/staff.ts'
import type { Post, Staff } from '../../seeds/staff.ts'
import { appParts } from '../../src/app-parts.ts'
import { createApp } from '../../src/app.tsx'
import { anApplication } from '../../src/applications/testing.ts'
import { aBody, aDistrict } from '../../src/bodies/testing.ts'
import { closePdf, toDocx, toPdf } from '../../src/documents/index.ts'
import type { Document } from '../../src/documents/index.ts'
import { runJobsOnce } from '../../src/platform/jobs.ts'
import { testDb } from '../../src/platform/testing.ts'
import { closeRedaction } from '../../src/redaction/index.ts'
import { jobHandlers } from '../../src/wiring.ts'
import { axe, shoot, withBrowser } from '../browser.ts'

const { deps, url, setToday } = testDb()
const app = createApp(deps, appParts(deps))
const browser = withBrowser()
let staff: Staff
let casePath = ''

beforeAll(async () => {
  setToday('2026-01-12')
  await aDistrict(deps)
  const { bodyId } = await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street', codeWord: '示街办' })
  staff = await makeStaff(deps, { bodyId, prefix: '', surname: 0, signIn: true, order: 0 })
  casePath = `/desk/applications/${await anApplication(deps, bodyId, { receivedOn: '2026-01-05', content: '老旧小区改造施工合同' })}`
})
afterAll(async () => {
  await closeRedaction()
  await closePdf()
})

const TEXT = ['甲方：示例街道办事处，联系人张三丰，手机号码 13800001234。', '乙方：示例建设公司，开户银行账号 6222021234567890128。', '工程地点为示例路 8 号，工期一百二十天，验收合格后付清尾款。']
const CONTRACT: Document = { title: '老旧小区改造施工合同', creator: '示例', datedOn: '2025-03-01', demo: false, blocks: TEXT.map((text) => ({ kind: 'paragraph', spans: [text] })) }

async function as(post: Post, path: string): Promise<Page> {
  const page = await browser.open(app, '/desk')
  await page.getByRole('button', { name: `以 ${staff[post].name} 登录` }).click()
  await page.goto(path)
  return page
}

async function upload(page: Page, name: string, bytes: Uint8Array): Promise<void> {
  await page.goto(`${casePath}/documents/new`)
  await page.locator('input[type="file"]').setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) })
  await page.getByRole('button', { name: '上传' }).click()
}

interface Point {
  x: number
  y: number
  /** 半个字（词）的宽 */
  half: number
}

/** 页上某段文字首尾两字的中心，窗口里的坐标。 */
async function endsOf(page: Page, text: string): Promise<Point[]> {
  const boxes = await page.evaluate(
    ([wanted]) => {
      // 在浏览器里运行，此处没有 DOM 的类型
      const inputs = [...(globalThis as unknown as { document: { querySelectorAll: (css: string) => Iterable<{ dataset: { box: string }; parentElement: { textContent: string } }> } }).document.querySelectorAll('input[name="w"]')]
      const letters = inputs.map((input) => input.parentElement.textContent.trim())
      const at = letters.join('').indexOf(wanted ?? '')
      const found: string[] = []
      let seen = 0
      letters.forEach((letter, i) => {
        if (at >= 0 && seen < at + (wanted ?? '').length && seen + letter.length > at) found.push(inputs[i]?.dataset.box ?? '')
        seen += letter.length
      })
      return found
    },
    [text],
  )
  const picture = page.locator('#picture')
  await picture.scrollIntoViewIfNeeded()
  const frame = await picture.boundingBox()
  if (frame === null || boxes.length === 0) throw new Error(`页上没有「${text}」`)
  return [boxes[0], boxes.at(-1)].map((box = '') => {
    const [x = 0, y = 0, w = 0, h = 0] = box.split(' ').map(Number)
    return { x: frame.x + (x + w / 2) * frame.width, y: frame.y + (y + h / 2) * frame.height, half: (w / 2) * frame.width }
  })
}

async function drag(page: Page, [from, to]: readonly { x: number; y: number }[]): Promise<void> {
  if (from === undefined || to === undefined) throw new Error('没有起止')
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2)
  await page.mouse.move(to.x, to.y)
  await page.mouse.up()
}

const marks = (page: Page): Promise<string[]> => page.locator('.marks label').allTextContents()

test('a PDF marked by mouse over words, by a drawn box and by keyboard; produced, compared side by side, confirmed by another', async () => {
  const page = await as('officer', casePath)
  await upload(page, '合同.pdf', await toPdf(CONTRACT))
  await page.getByRole('link', { name: '标记要遮盖的' }).click()
  await expect.poll(() => page.getByRole('radio', { name: '选字' }).isChecked()).toBe(true)

  await drag(page, await endsOf(page, '张三丰'))
  await expect.poll(() => page.locator('.marking-said').textContent()).toContain('已选 「张三丰」')
  await page.getByLabel('依据').selectOption('PRIVACY')
  await page.getByLabel('理由').fill('联系人的姓名，公开会侵害其隐私')
  await page.getByRole('button', { name: '遮盖所选' }).click()
  await expect.poll(() => marks(page)).toEqual([expect.stringContaining('「张三丰」')])
  expect(await page.locator('#picture-marks rect').count()).toBe(1)

  await page.getByRole('radio', { name: '画框' }).check()
  const [first, last] = await endsOf(page, '13800001234')
  if (first === undefined || last === undefined) throw new Error('没有号码')
  await drag(page, [{ x: first.x - first.half - 4, y: first.y - 14 }, { x: last.x + last.half + 4, y: last.y + 14 }])
  await page.getByRole('button', { name: '遮盖所选' }).click()
  await expect.poll(() => marks(page)).toEqual([expect.stringContaining('「张三丰」'), expect.stringContaining('13800001234')])
  await shoot(page, 'redaction-marking')
  await axe(page)
  await page.setViewportSize({ width: 1440, height: 900 })

  // 全用键盘：选到第二行的账号，回车选定，写理由，交
  await page.getByRole('radio', { name: '选字' }).check()
  await page.locator('#picture').focus()
  for (const key of ['ArrowRight', 'ArrowDown', 'ArrowDown']) await page.keyboard.press(key)
  for (let i = 0; i < 3; i += 1) await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Enter')
  await expect.poll(() => page.locator('.marking-said').textContent()).toMatch(/已选 「.{4}」/)
  await page.getByLabel('理由').focus()
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await marks(page)).length).toBeGreaterThan(2)
  await page.getByRole('button', { name: '撤回上一次' }).click()
  await expect.poll(async () => (await marks(page)).length).toBe(2)

  await page.getByRole('link', { name: '标好了，去生成' }).click()
  await page.getByRole('button', { name: '生成遮盖件' }).click()
  await shoot(page, 'redaction-producing')
  await runJobsOnce(url, deps, jobHandlers)
  await page.reload()
  await expect.poll(() => page.locator('main').textContent()).toContain('上传、标记过这份文件的人不能核对')
  await shoot(page, 'redaction-ready')
  await axe(page)

  const second = await as('handler', new URL(page.url()).pathname)
  await second.getByRole('link', { name: '原件与遮盖件对照' }).click()
  await second.waitForLoadState('load')
  await shoot(second, 'redaction-compare')
  await axe(second)
  await second.getByRole('link', { name: '看过了，去核对' }).click()
  await shoot(second, 'redaction-confirm')
  await second.getByRole('button', { name: '核对无误' }).click()
  await expect.poll(() => second.locator('main').textContent()).toContain('可以提供给申请人')
})

test('a DOCX marked by selecting its text', async () => {
  const page = await as('officer', casePath)
  await upload(page, '合同.docx', await toDocx(CONTRACT))
  await page.getByRole('link', { name: '标记要遮盖的' }).click()
  const text = page.locator('.block-text', { hasText: '联系人张三丰' })
  await text.dblclick({ position: { x: 5, y: 5 } })
  await expect.poll(() => page.locator('.block-chosen').count()).toBe(1)
  await page.getByLabel('依据').selectOption('PRIVACY')
  await page.getByLabel('理由').fill('联系人的姓名')
  await shoot(page, 'redaction-blocks')
  await axe(page)
  await page.getByRole('button', { name: '遮盖所选' }).click()
  await expect.poll(async () => (await marks(page)).length).toBe(1)
  expect(await page.locator('.block-text mark').count()).toBe(1)
})

test('without a script the lines are ticked and the mark is made all the same', async () => {
  const page = await browser.open(app, '/desk', { javaScriptEnabled: false, width: 390 })
  await page.getByRole('button', { name: `以 ${staff.officer.name} 登录` }).click()
  await upload(page, '合同.pdf', await toPdf(CONTRACT))
  await page.getByRole('link', { name: '标记要遮盖的' }).click()
  await page.getByRole('checkbox', { name: /张三丰/ }).check()
  await page.getByLabel('依据').selectOption('PRIVACY')
  await page.getByRole('button', { name: '遮盖所选' }).click()
  await expect.poll(() => page.locator('.notice.error').textContent()).toContain('请写明遮盖的理由')
  expect(await page.getByRole('checkbox', { name: /张三丰/ }).isChecked()).toBe(true)
  await page.getByLabel('理由').fill('联系人的姓名与手机号码')
  await page.getByRole('button', { name: '遮盖所选' }).click()
  await expect.poll(async () => (await marks(page)).length).toBe(1)
  await shoot(page, 'redaction-no-script', [390])
})
