import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { FrameProvider, type RailSection, type RenderFrame } from './frame.ts'
import { DeskPage } from './page.tsx'

const FRAME: RenderFrame = { siteName: '示例区', siteNote: '', path: '/desk', back: '/desk', elder: false, demo: null, stylesheet: '/style.css', icon: '/icon.svg', islands: {}, portalNav: [], footerNav: [], user: null, rail: [], refreshSeconds: 0 }
const HOME: RailSection = { items: [{ label: '待办', href: '/desk', count: 1 }] }
const section = (title: string, size: number, count?: number): RailSection => ({ title, items: Array.from({ length: size }, (_, index) => ({ label: `${title}${index}`, href: `/desk/${title}/${index}`, ...(index === 0 && count !== undefined ? { count } : {}) })) })
const open = (path: string, rail: readonly RailSection[]): string[] => {
  const page = renderToStaticMarkup(<FrameProvider value={{ ...FRAME, path, rail }}><DeskPage title="页" /></FrameProvider>)
  return [...page.matchAll(/<details class="rail-part" open="">.*?<h2>(.*?)<\/h2>/g)].map(([, title = '']) => title)
}
const LONG = [HOME, section('申请', 9, 3), section('信息', 9), section('案件', 3, 0)]

test('左栏长时各组折起：在哪一组只展开哪一组；在待办，展开有事要办的', () => {
  expect(open('/desk/信息/4', LONG)).toEqual(['信息'])
  expect(open('/desk/信息/4/edit', LONG)).toEqual(['信息'])
  expect(open('/desk', LONG)).toEqual(['申请'])
  expect(open('/desk/account', LONG)).toEqual(['申请'])
})

test('左栏短时不折', () => {
  expect(renderToStaticMarkup(<FrameProvider value={{ ...FRAME, rail: [HOME, section('管理', 7)] }}><DeskPage title="页" /></FrameProvider>)).not.toContain('<details class="rail-part"')
})
