import { loadavg } from 'node:os'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { checkLines } from './bench/check-lines.ts'
import { deskLines } from './bench/desk-lines.ts'
import { districtLines } from './bench/district-lines.ts'
import { handOverLines } from './bench/hand-over-lines.ts'
import { editionLines } from './bench/edition-lines.ts'
import { isOver, toMarkdown, toText, type Section } from './bench/line.ts'
import { describeMachine } from './bench/machine.ts'
import { pageLines } from './bench/page-lines.ts'
import { searchLines } from './bench/search-lines.ts'
import { startLines } from './bench/start-lines.ts'
import { tallyLines } from './bench/tally-lines.ts'
import { openWorld } from './bench/world.ts'
import { closeReader } from './annual-report/testing.ts'
import { closePdf } from './documents/index.ts'
import { systemClock } from './platform/clock.ts'
import { root } from './platform/paths.ts'

/** 量速度：`npm run bench`，各项与设计的限同列；加 `--write` 写入 docs/benchmarks.md，加 `--million` 另量百万件的检索。超限不算失败，量不成才算。 */
async function bench(): Promise<void> {
  const say = (line: string) => void process.stderr.write(`${line}\n`)
  const sections: Section[] = []
  const add = (section: Section) => {
    sections.push(section)
    process.stdout.write(`${toText(section)}\n`)
  }
  const world = await openWorld(say)
  let machine: string[]
  try {
    machine = [...(await describeMachine(world.deps.db)), `量时的负载：${loadavg().map((load) => load.toFixed(1)).join('、')}（一、五、十五分钟）`]
    process.stdout.write(`${machine.join('\n')}\n`)
    for (const measure of [editionLines, checkLines, pageLines, tallyLines, deskLines, districtLines, searchLines, handOverLines]) add(await measure(world))
    await Promise.all([closeReader(), closePdf()])
    await world.stop()
    add(await startLines(world))
  } finally {
    await world.close()
  }
  const over = sections.flatMap(({ lines }) => lines.filter((line) => isOver(line) === true))
  process.stdout.write(over.length === 0 ? '\n各项都在限内。\n' : `\n超限 ${over.length} 项：${over.map((line) => line.what).join('；')}\n`)
  if (process.argv.includes('--write')) {
    const head = ['# 量得的速度', '', `${systemClock().today()}，由 \`npm run bench -- --write\` 写成，不手改。限出自设计；CPU 一律为服务进程的。`, '', ...machine.map((line) => `- ${line}`), '']
    writeFileSync(join(root, 'docs/benchmarks.md'), `${head.join('\n')}\n${sections.map(toMarkdown).join('\n')}`)
    say('已写入 docs/benchmarks.md')
  }
}

try {
  await bench()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  process.exitCode = 1
}
