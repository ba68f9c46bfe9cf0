import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root } from '../platform/paths.ts'
import { chooseFaces, fontsInUse } from './faces.ts'
import { aReport } from './testing.ts'
import { closePdf, toPdf } from './to-pdf.ts'

const dir = mkdtempSync(join(tmpdir(), 'mc-fonts-'))
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16()

// 一个改名为仿宋的字体，旁边放些坏文件
beforeAll(() => {
  const font = readFileSync(join(root, 'node_modules/@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'))
  const [from, to] = [utf16be('Noto Sans SC'), utf16be('FandolFang R')]
  for (let at = font.indexOf(from); at >= 0; at = font.indexOf(from, at + 1)) to.copy(font, at)
  mkdirSync(join(dir, 'deep'))
  writeFileSync(join(dir, 'deep', 'mine.ttf'), font)
  writeFileSync(join(dir, 'broken.ttf'), font.subarray(0, 40))
  writeFileSync(join(dir, 'text.otf'), '不是字体')
  writeFileSync(join(dir, 'empty.ttc'), '')
  symlinkSync(join(dir, 'nowhere'), join(dir, 'gone.ttf'))
  mkdirSync(join(dir, 'closed'))
  chmodSync(join(dir, 'closed'), 0)
})
afterAll(async () => {
  await closePdf()
  rmSync(dir, { recursive: true, force: true })
})

test('a face of the standard found in FONT_DIR wins; broken files beside it do no harm', () => {
  const faces = chooseFaces(dir, [])
  expect(faces.chains.fangsong[0]).toBe('FandolFang R')
  expect(faces.chains.kai[0]).toBe('Noto Serif SC')
  expect(faces.bold).toEqual({ kai: true, title: true })
  expect(fontsInUse(faces).find(({ use }) => use === '正文')).toMatchObject({ family: 'FandolFang R', isSubstitute: false })
})

test('and the typesetter knows it by that name', async () => {
  const [mine, floor] = [await toPdf(aReport(), chooseFaces(dir, [])), await toPdf(aReport(), chooseFaces(undefined, []))]
  expect(mine.equals(floor)).toBe(false)
})

test('without FONT_DIR and system fonts the faces come with npm', () => {
  expect(chooseFaces(undefined, ['/nowhere']).files).toHaveLength(3)
})
