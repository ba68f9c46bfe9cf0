import { setImmediate as nextTurn } from 'node:timers/promises'
import { CompiledQuery } from 'kysely'
import type { MiddlewareHandler } from 'hono'
import type { Db } from '../db.ts'

declare module 'hono' {
  interface ContextVariableMap {
    /** 数据此刻的版本：相同则库里一字未变。一次请求只问一次 */
    dataVersion: () => Promise<string>
    whileUnchanged: WhileUnchanged
  }
}

/** 数据没变就用算过的；key 写全所依据的参数，make 只依据数据库与 key。 */
export type WhileUnchanged = <T>(key: string, make: () => Promise<T>) => Promise<T>

/** 备好数据的版本，与依它而存的值。一个应用一份，不与别的库混用。 */
export function dataVersion({ db }: { db: Db }): MiddlewareHandler {
  const read = shareNext(() => readVersion(db))
  const memo = createMemo()
  return async (c, next) => {
    let asked: Promise<string> | null = null
    const version = () => (asked ??= read())
    c.set('dataVersion', version)
    c.set('whileUnchanged', async (key, make) => memo(key, await version(), make))
    await next()
  }
}

const MAX_KEPT = 200

// 只存这一版本的：版本一变全部忘掉，故不会越积越多
function createMemo() {
  let kept = { version: '', values: new Map<string, Promise<unknown>>() }
  return <T>(key: string, version: string, make: () => Promise<T>): Promise<T> => {
    if (kept.version !== version || kept.values.size >= MAX_KEPT) kept = { version, values: new Map() }
    const { values } = kept
    const found = values.get(key)
    if (found !== undefined) return found as Promise<T>
    const value = make()
    values.set(key, value)
    // 没有算成的不留
    value.catch(() => values.delete(key))
    return value
  }
}

// 数据库的快照号：此后有任何一笔写入办成，它必不同；故不必列举哪些表、哪些动作会改动页面。
// 备库的快照号不含在途的写入，不能这样用，遂每次都算作变了
const VERSION = CompiledQuery.raw(
  'select case when pg_is_in_recovery() then clock_timestamp()::text else pg_current_snapshot()::text end as version',
)

async function readVersion(db: Db): Promise<string> {
  const { rows } = await db.executeQuery<{ version: string }>(VERSION)
  return rows[0]?.version ?? ''
}

/**
 * 同时来的合读一次：在途的一次之后来的，等下一次，故各人所得都不早于他来的时刻。开读之前先让这一轮到的请求都收进来。
 * 出错时这一次的各人都得到那个错误，下一次重新读。
 */
export function shareNext<T>(read: () => Promise<T>): () => Promise<T> {
  let running: Promise<unknown> = Promise.resolve()
  let next: Promise<T> | null = null
  const start = async (): Promise<T> => {
    await running.catch(() => {})
    await nextTurn()
    next = null
    const reading = read()
    running = reading
    return reading
  }
  return () => (next ??= start())
}
