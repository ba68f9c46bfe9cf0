import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import process from 'node:process'
import { serveChild } from '../child-side.ts'

// 仅供 child.test.ts：按吩咐正常办事或闯祸
const held: unknown[] = []
const tasks: Record<string, (size: number) => unknown> = {
  pid: () => process.pid,
  echo: (size) => Buffer.alloc(size, 7),
  spin: () => {
    for (;;);
  },
  heap: () => {
    for (;;) held.push(Array.from({ length: 10_000 }, () => ({ a: Math.random() })))
  },
  // 留着不放的内存，以 MB 计
  hold: (size) => {
    held.push(Buffer.alloc(size * 1024 * 1024, 1))
    return process.pid
  },
  native: () => {
    for (;;) held.push(Buffer.alloc(16 * 1024 * 1024, 1))
  },
  exit: () => process.exit(9),
  throw: () => {
    throw new RangeError('不像话')
  },
  write: (size) => writeFileSync(`/tmp/mc-child-wrote-${size}`, 'x'),
  spawn: () => spawnSync('true').status,
  environment: () => Object.keys(process.env),
}

serveChild<{ task: string; size: number }, unknown>(({ task, size }) => {
  process.stdout.write('noise')
  return tasks[task]?.(size)
})
