import { sql } from 'kysely'
import { transaction } from '../connect.ts'
import type { Db, Tx } from '../db.ts'
import type { Problem } from '../verify.ts'
import { listIndexed } from './index-documents.ts'
import type { DocumentRef, SearchDocument } from './index-documents.ts'
import type { SearchIndex } from './index.ts'

/** 一种可检索的记录：怎样从记录得出索引，怎样再看一遍是不是公开着。 */
export interface SearchSource {
  kind: string
  /** 筛选里的说法，如「政府信息」 */
  label: string
  /** 一样相合的，排在别种的后面 */
  later?: true
  /** 应在索引的，逐页；只给公众看得到的 */
  pages: (tx: Tx) => AsyncIterable<readonly SearchDocument[]>
  /** 这几件此刻应有的索引，先锁住各自的行；不公开了的不在其中 */
  load: (tx: Tx, refs: readonly DocumentRef[]) => Promise<readonly SearchDocument[]>
  /** 这几件此刻公开着的，按 id；去处与说明取自记录，不取自索引 */
  show: (tx: Tx, refs: readonly DocumentRef[], marks: readonly string[]) => Promise<ReadonlyMap<string, ShownHit>>
}

/** 凭记录再看过一遍、给公众看的一件。 */
export interface ShownHit {
  title: string
  href: string
  /** 文号、索引号之类 */
  notes: readonly string[]
  /** 失效、废止的说明；有效的为 null */
  past: string | null
  /** 所查的只在附件里：哪个附件、前后文字 */
  attachment: { name: string; href: string; text: string } | null
}

const PAGE = 100

/** 把检索的索引与记录对齐，逐件一个事务，只动不同的；返回补改的与去掉的件数。可以重办，服务照常。 */
export async function reindexSources(db: Db, index: SearchIndex, sources: readonly SearchSource[]): Promise<{ changed: number; removed: number }> {
  let [changed, removed] = [0, 0]
  for (const source of sources) {
    for await (const ref of missing(db, index, source)) {
      await transaction(db, (tx) => refresh(tx, index, source, ref))
      changed += 1
    }
    for await (const ref of strays(db, source)) {
      await transaction(db, (tx) => refresh(tx, index, source, ref))
      removed += 1
    }
  }
  // 换了许多之后，统计也要新的：查罕见的词才走索引
  if (changed + removed > PAGE) await sql`analyze search_document`.execute(db)
  return { changed, removed }
}

/** 索引与记录不符之处：该检索得到而检索不到、内容不同、已不公开而仍检索得到。 */
export async function* verifySources(db: Db, index: SearchIndex, sources: readonly SearchSource[]): AsyncIterable<Problem> {
  for (const source of sources) {
    const where = ({ kind, bodyId, id }: DocumentRef) => `${kind} ${bodyId}/${id}`
    for await (const ref of missing(db, index, source)) yield { where: where(ref), message: '检索的索引里没有，或与记录不同；请运行 mingchuang reindex' }
    for await (const ref of strays(db, source)) yield { where: where(ref), message: '已不公开，而检索的索引里还有；请运行 mingchuang reindex' }
  }
}

async function refresh(tx: Tx, index: SearchIndex, source: SearchSource, ref: DocumentRef): Promise<void> {
  const document = (await source.load(tx, [ref])).find(({ id }) => id === ref.id)
  await (document === undefined ? index.removeDocuments(tx, [ref]) : index.indexDocuments(tx, [document]))
}

async function* missing(db: Db, index: SearchIndex, source: SearchSource): AsyncIterable<DocumentRef> {
  for await (const page of source.pages(db)) yield* await index.findDifferent(db, page)
}

// 索引逐页看，记录已不公开的
async function* strays(db: Db, source: SearchSource): AsyncIterable<DocumentRef> {
  for (let after: DocumentRef | null = null; ; ) {
    const page: DocumentRef[] = await listIndexed(db, source.kind, after, PAGE)
    const open = new Set((await source.load(db, page)).map(({ bodyId, id }) => `${bodyId} ${id}`))
    yield* page.filter(({ bodyId, id }) => !open.has(`${bodyId} ${id}`))
    after = page.at(-1) ?? null
    if (page.length < PAGE) return
  }
}
