import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { sql } from 'kysely'
import { HELD_OUT, JUDGED, SEARCH_WORDS } from '../catalogue/index.ts'
import { transaction } from '../platform/connect.ts'
import { readConfig } from '../platform/config.ts'
import type { Db } from '../platform/db.ts'
import { createLog } from '../platform/log.ts'
import { openRuntime } from '../platform/runtime.ts'
import { createSearch } from '../platform/search/index.ts'
import type { SearchDocument, SearchIndex } from '../platform/search/index.ts'
import { judgeSearch, meanOf } from '../portal/judge-search.ts'
import { searchSources } from '../search-sources.ts'
import type { Line, Section } from './line.ts'
import { generatedDocuments, questionsFor } from './search-corpus.ts'
import type { World } from './world.ts'

const SIZES = [10_000, 100_000]
const MILLION = 1_000_000
const LIMIT = 50
const ASKED = 100
const BATCH = 500
const SINGLE = 100
const SEED = 20_261_124

/** 检索：各种问法要几毫秒、库有多大、灌入要多久；加 `--million` 另量百万件。问得好不好在演示的区上评分。 */
export async function searchLines({ deps }: World): Promise<Section> {
  const lines: Line[] = await qualityLines(deps.db, deps.clock.today())
  for (const size of process.argv.includes('--million') ? [...SIZES, MILLION] : SIZES) lines.push(...(await sizeLines(size)))
  return { title: '检索', lines, notes: [`文件是生成的：标题三十来字、正文三百来字，词照词典的词频抽，另有二十种处处都有的事项。每种问法 ${ASKED} 句，逐句问，含切词、数词、排序、摘要与筛选项的件数；量的是 p99，p50 在说明里。`] }
}

async function qualityLines(db: Db, today: string): Promise<Line[]> {
  const lines: Line[] = []
  for (const [name, questions] of [['调检索所用的', JUDGED], ['另留的', HELD_OUT]] as const)
    lines.push({ what: `公众的问法，${name} ${questions.length} 句`, measured: meanOf(await judgeSearch(db, questions, { sources: searchSources, today })), unit: 'nDCG@10', limit: null, note: '演示的区；1 为最好' })
  return lines
}

async function sizeLines(size: number): Promise<Line[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'mc-bench-search-'))
  const runtime = await openRuntime(readConfig({ DATA_DIR: dataDir, PORT: '0' }), createLog('info', { write: () => {} }), 'server')
  try {
    await runtime.migrate()
    return await measure(runtime.deps.db, size)
  } finally {
    await runtime.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function measure(db: Db, size: number): Promise<Line[]> {
  const name = `${size >= 10_000 ? `${size / 10_000} 万` : size}件`
  const before = process.memoryUsage.rss()
  const index = createSearch(SEARCH_WORDS)
  const built = await build(db, index, size)
  const lines: Line[] = [
    { what: `${name}：切词入库`, measured: built.load, unit: '秒', limit: null, note: `${Math.round(size / built.load)} 件／秒；另建索引 ${built.index.toFixed(0)} 秒` },
    { what: `${name}：占磁盘`, measured: built.bytes / 2 ** 20, unit: 'MiB', limit: null, note: `其中索引 ${(built.gin / 2 ** 20).toFixed(0)} MiB` },
  ]
  for (const { name: asked, times } of await ask(db, index))
    lines.push({ what: `${name}：${asked}`, measured: at(times, 0.99), unit: 'ms', limit: LIMIT, note: `p50 ${at(times, 0.5).toFixed(1)} ms` })
  const single = await singles(db, index)
  lines.push({ what: `${name}：公开一件随即入索引`, measured: at(single, 0.99), unit: 'ms', limit: null, note: `p50 ${at(single, 0.5).toFixed(1)} ms，一件一个事务` })
  lines.push({ what: `${name}：本进程多占内存`, measured: Math.max(0, process.memoryUsage.rss() - before) / 2 ** 20, unit: 'MiB', limit: null, note: '词典、拼音与检索途中的；数据库另计（shared_buffers 256 MiB）' })
  return lines
}

// 大批灌入：先去掉索引，灌完再建
async function build(db: Db, index: SearchIndex, size: number): Promise<{ load: number; index: number; bytes: number; gin: number }> {
  await sql`drop index search_document_tokens`.execute(db)
  const from = performance.now()
  let batch: SearchDocument[] = []
  const flush = async () => {
    const documents = batch
    batch = []
    await transaction(db, (tx) => index.indexDocuments(tx, documents))
  }
  for (const document of generatedDocuments(size, SEED)) if (batch.push(document) === BATCH) await flush()
  await flush()
  const loaded = performance.now()
  await sql`create index search_document_tokens on search_document using gin (tokens) with (fastupdate = off)`.execute(db)
  const indexed = performance.now()
  await sql`vacuum analyze search_document`.execute(db)
  await sql`vacuum analyze search_word`.execute(db)
  const { rows } = await sql<{ bytes: number; gin: number }>`select pg_total_relation_size('search_document') as bytes, pg_relation_size('search_document_tokens') as gin`.execute(db)
  return { load: (loaded - from) / 1000, index: (indexed - loaded) / 1000, bytes: rows[0]?.bytes ?? 0, gin: rows[0]?.gin ?? 0 }
}

async function ask(db: Db, index: SearchIndex): Promise<{ name: string; times: number[] }[]> {
  const asked = questionsFor(ASKED, SEED + 1)
  // 头一轮热身：词典、由近及远的几段、缓存
  for (const { asked: each } of asked) for (const q of each.slice(0, 10)) await index.search(db, { q, kinds: ['item'], limit: 10 })
  const answers = []
  for (const { name, asked: each } of asked) {
    const times: number[] = []
    for (const q of each) {
      const from = performance.now()
      await index.search(db, { q, kinds: ['item'], limit: 10, today: '2026-01-15' })
      times.push(performance.now() - from)
    }
    answers.push({ name, times })
  }
  return answers
}

async function singles(db: Db, index: SearchIndex): Promise<number[]> {
  const times: number[] = []
  for (const document of generatedDocuments(SINGLE, SEED + 2)) {
    const from = performance.now()
    await transaction(db, (tx) => index.indexDocuments(tx, [document]))
    times.push(performance.now() - from)
  }
  return times
}

const at = (times: readonly number[], share: number): number => times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
