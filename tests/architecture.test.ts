import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../src/platform/paths.ts'

/** 一处引用：谁引用谁；type 为真的只引类型，运行时没有。 */
interface Import {
  from: string
  to: string
  type: boolean
}

const files = globSync(['src/**/*.{ts,tsx}', 'seeds/**/*.ts', 'tests/**/*.{ts,tsx}'], { cwd: root }).map((file) => normalize(file))
const STATEMENT = /^(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'(\.[^']+)'|\bimport\('(\.[^']+)'\)/gms
const imports: readonly Import[] = files.flatMap((from) =>
  [...readFileSync(join(root, from), 'utf8').matchAll(STATEMENT)].map(([, type, path, lazy]) => ({
    from,
    to: relative(root, join(root, dirname(from), path ?? lazy ?? '')),
    type: type !== undefined,
  })),
)

const isTest = (file: string): boolean => /\.test\.tsx?$|(^|[/.])testing(-\w+)?\.tsx?$|^tests\//.test(file)
/** `src/bodies/…` → `bodies`；`src/app.tsx` → `app.tsx`。 */
const moduleOf = (file: string): string => file.split('/')[1] ?? ''
const inside = imports.filter(({ from, to }) => from.startsWith('src/') && to.startsWith('src/') && !isTest(from))
const crossing = inside.filter(({ from, to }) => moduleOf(from) !== moduleOf(to))
const said = ({ from, to }: Import): string => `${from} → ${to}`

/** 由上到下；上层可以引用下层，同层只许写明的。 */
const LAYERS: readonly (readonly string[])[] = [
  ['main.ts', 'cli.ts', 'bench.ts', 'run-command.ts', 'run-until-signal.ts', 'serve.ts', 'wiring.ts', 'app-parts.ts', 'search-sources.ts', 'app.tsx', 'commands', 'bench'],
  ['portal', 'desk', 'api'],
  ['dashboard'],
  ['annual-report', 'ledger-import'],
  ['supervision'],
  ['reviews'],
  ['applications'],
  ['webhooks'],
  ['catalogue'],
  ['notices'],
  ['identity', 'bodies'],
  ['audit', 'documents', 'redaction'],
  ['statute'],
  ['platform'],
]
const layerOf = (name: string): number => LAYERS.findIndex((layer) => layer.includes(name))
/** 同层而可以互相引用的：权限要知道机构，机构的动作要问权限。 */
const MUTUAL = new Set(['identity', 'bodies'])
const WIRING = layerOf('main.ts')

/** 接线与命令还可以看见：各模块的路由、左栏，分册的 index.ts；造数据的（bench 与 seeds 同）可用构造器。 */
const forWiring = (name: string): RegExp => (name.startsWith('bench') ? /\/(index|testing|testing-[\w-]+|judge-search)\.ts$/ : /\/(index\.ts|(search-)?routes\.tsx|rail\.ts)$/)

describe('imports point down', () => {
  test('every module has its place', () => {
    expect([...new Set(files.filter((file) => file.startsWith('src/') && !isTest(file)).map(moduleOf))].filter((name) => layerOf(name) < 0)).toEqual([])
  })

  test('in the stated order', () => {
    const wrong = crossing.filter(({ from, to }) => {
      const [upper, lower] = [moduleOf(from), moduleOf(to)]
      const [above, below] = [layerOf(upper), layerOf(lower)]
      return above > below || (above === below && above !== WIRING && !(MUTUAL.has(upper) && MUTUAL.has(lower)))
    })
    expect(wrong.map(said)).toEqual([])
  })

  test('statute imports only itself; platform no module', () => {
    const own = (name: string) => inside.filter(({ from, to }) => moduleOf(from) === name && moduleOf(to) !== name).map(said)
    expect(own('statute')).toEqual([])
    expect(own('platform')).toEqual([])
  })

  test('modules see each other only through index.ts; the routes are for the wiring alone', () => {
    const wrong = crossing.filter(({ from, to }) => {
      const seen = moduleOf(to)
      if (seen === 'platform' || seen === 'statute' || layerOf(seen) === WIRING) return false
      if (to === `src/${seen}/index.ts`) return false
      return !(layerOf(moduleOf(from)) === WIRING && forWiring(moduleOf(from)).test(to))
    })
    expect(wrong.map(said)).toEqual([])
  })
})

/** 名词：一种案件的状态、事件与决定，纯而又纯。 */
const NOUNS = [
  'src/applications/application.ts', 'src/applications/decisions.ts', 'src/applications/events.ts', 'src/catalogue/item.ts', 'src/catalogue/item-rules.ts',
  'src/catalogue/normative/normative-document.ts', 'src/catalogue/yearly/yearly-count.ts', 'src/reviews/review.ts', 'src/reviews/litigation.ts', 'src/annual-report/report.ts', 'src/supervision/complaints/complaint.ts', 'src/supervision/accountability/matter.ts',
]

test('a noun imports only statute and its own pure neighbours', () => {
  const reach = (file: string, seen = new Set<string>()): Set<string> => {
    if (seen.has(file)) return seen
    seen.add(file)
    for (const { to } of inside.filter((one) => one.from === file && !one.type)) reach(to, seen)
    return seen
  }
  expect(NOUNS.filter((noun) => !files.includes(noun))).toEqual([])
  const impure = NOUNS.flatMap((noun) => [...reach(noun)].filter((file) => moduleOf(file) !== 'statute' && moduleOf(file) !== moduleOf(noun)).map((file) => `${noun} ⇒ ${file}`))
  expect(impure).toEqual([])
  const touching = NOUNS.flatMap((noun) => [...reach(noun)]).filter((file) => /(store|queries|tables|routes)\.tsx?$|\.tsx$/.test(file))
  expect(touching).toEqual([])
})

test('no cycle among files, types left out', () => {
  const next = Map.groupBy(inside.filter((one) => !one.type), (one) => one.from)
  const done = new Set<string>()
  const cycles: string[] = []
  const walk = (file: string, path: readonly string[]): void => {
    const at = path.indexOf(file)
    if (at >= 0) cycles.push([...path.slice(at), file].join(' → '))
    if (at >= 0 || done.has(file)) return
    for (const { to } of next.get(file) ?? []) walk(to, [...path, file])
    done.add(file)
  }
  for (const file of next.keys()) walk(file, [])
  expect(cycles).toEqual([])
})

/** 子进程各自入口，见 scripts/build.mjs；不由引用而来。 */
const isEntry = (file: string): boolean => /^src\/(main|cli|bench)\.ts$|-child\.ts$/.test(file)

test('every file under src is reached from an entry or a test', () => {
  const next = Map.groupBy(imports, (one) => one.from)
  const seen = new Set<string>()
  const walk = (file: string): void => {
    if (seen.has(file)) return
    seen.add(file)
    for (const { to } of next.get(file) ?? []) walk(to)
  }
  for (const file of files.filter((one) => isEntry(one) || /\.test\.tsx?$/.test(one) || one === 'src/platform/testing-setup.ts')) walk(file)
  expect(files.filter((file) => file.startsWith('src/') && !seen.has(file))).toEqual([])
})

test('the walk sees the tree: an import across modules, a type, a lazy one', () => {
  expect(crossing.length).toBeGreaterThan(100)
  expect(inside.some((one) => one.type)).toBe(true)
  expect(imports.every(({ to }) => files.includes(to) || !/\.tsx?$/.test(to))).toBe(true)
})
