import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ACTIONS, AUDIT_KINDS, detailText, targetText } from './audit-words.ts'

const sources = globSync('src/**/*.{ts,tsx}').filter((file) => !file.includes('.test.'))

/** 源码里每一处 record(…, '模块.做了什么', …)，与年度报告、申请的每一种事件。 */
function recordedActions(): string[] {
  const literal = sources.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\brecord\((?:[^()']|\([^()]*\)|'[a-z-]*')*?'([a-z-]+\.[a-z-]+)'/g)].map(([, action = '']) => action),
  )
  const events = [...readFileSync('src/annual-report/report.ts', 'utf8').matchAll(/^ {2}\| \{ kind: '([a-z-]+)'; on/gm)]
  const steps = [...readFileSync('src/applications/events.ts', 'utf8').matchAll(/^ {2}\| \(?\{ kind: '([a-z-]+)'; on/gm)]
  return [...new Set([...literal, ...steps.map(([, kind = '']) => `application.${kind}`), ...events.map(([, kind = '']) => `annual-report.${kind}`)])]
}

test('every action the system records has its Chinese words and a kind to filter by', () => {
  const actions = recordedActions()
  expect(actions).toContain('annual-report.signed')
  expect(actions).toContain('ledger.imported')
  expect(actions).toContain('application.decided')
  expect(actions).toContain('personal-data.read')
  expect(actions.filter((action) => !Object.hasOwn(ACTIONS, action))).toEqual([])
  expect(actions.filter((action) => !Object.keys(AUDIT_KINDS).some((kind) => action.startsWith(kind)))).toEqual([])
})

/** 每一处 record(…, { … }, { 说明 }) 里直接写着的项目名。 */
const recordedDetails = (): string[] => [
  ...new Set(
    sources.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/\brecord\(\w+, [\w.]+, '[a-z-]+\.[a-z-]+', \{[^{}]*\}, \{ ([^{}]*) \}\)/g)].flatMap(([, inside = '']) => [...inside.matchAll(/(?:^|, )(\w+)(?=:|,|$)/g)].map(([, key = '']) => key)),
    ),
  ),
]

test('every detail written beside an action has its Chinese name', () => {
  const keys = recordedDetails()
  expect(keys).toContain('withDoubt')
  expect(keys.length).toBeGreaterThan(20)
  expect(keys.filter((key) => detailText({ [key]: 1 }, new Map()).startsWith(`${key}：`))).toEqual([])
})

test('a letter is called by its name, as the letters themselves are', () => {
  const titles = [...readFileSync('src/applications/letters/letters.ts', 'utf8').matchAll(/^ {2}(L\d\d): \{\n {4}title: '([^']+)'/gm)]
  expect(titles).toHaveLength(28)
  expect(titles.map(([, letter = '']) => detailText({ type: letter }, new Map()))).toEqual(titles.map(([, , title]) => `种类：${title}`))
})

test('a report is named by its year, an account by its person, the rest by the end of its id', () => {
  const id = '01a20c5f-c89a-70a3-a655-209725326cf9'
  const entry = { id, bodyId: id, at: new Date(0), actor: id, target: id, detail: {}, sealed: false }
  expect(targetText({ ...entry, action: 'annual-report.signed', detail: { year: 2025 } }, new Map())).toBe('2025 年度报告')
  expect(targetText({ ...entry, action: 'role.granted' }, new Map([[id, '赵某']]))).toBe('赵某')
  expect(targetText({ ...entry, action: 'ledger.imported' }, new Map())).toBe('编号 …25326cf9')
  expect(targetText({ ...entry, action: 'body.merged', target: 'csyxglzx' }, new Map())).toBe('csyxglzx')
})
