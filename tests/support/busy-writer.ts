import process from 'node:process'
import { record } from '../../src/audit/index.ts'
import { readConfig } from '../../src/platform/config.ts'
import { transaction } from '../../src/platform/connect.ts'
import { newId } from '../../src/platform/id.ts'
import { enqueue } from '../../src/platform/jobs.ts'
import { silentLog } from '../../src/platform/log.ts'
import { openRuntime } from '../../src/platform/runtime.ts'
import { append } from '../../src/platform/timeline.ts'

// 供 kill9.test.ts：与服务同样地起库，十路不停地办事，每办成一件就在标准输出报一行，直到被杀。
const runtime = await openRuntime(readConfig(process.env), silentLog(), 'server')
await runtime.migrate()
const { db, files, clock } = runtime.deps
const actor = { kind: 'account' as const, accountId: newId(), bodyId: newId() }

async function writeOne(n: number): Promise<string> {
  const caseId = newId()
  const to = { bodyId: actor.bodyId, caseId, stream: 'application' }
  const by = { actor: actor.accountId, at: clock.now() }
  const { key } = await files.put(Buffer.from(`${caseId} 的附件`), { maxBytes: 1000 })
  await transaction(db, async (tx) => {
    await append(tx, { ...to, expectedVersion: 0 }, [{ kind: 'received', on: clock.today(), file: key, n }], by)
    await record(tx, actor, 'application.received', caseId)
    await enqueue(tx, 'test.notify', { caseId })
  })
  await append(db, { ...to, expectedVersion: 1 }, [{ kind: 'closed', on: clock.today() }], by)
  return JSON.stringify({ bodyId: actor.bodyId, caseId, key })
}

async function writeOn(): Promise<never> {
  for (let n = 0; ; n++) process.stdout.write(`${await writeOne(n)}\n`)
}

process.stdout.write('up\n')
await Promise.all(Array.from({ length: 10 }, writeOn))
