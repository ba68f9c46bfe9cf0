import { CompiledQuery } from 'kysely'
import type { KyselyPlugin, RootOperationNode } from 'kysely'
import type { Db } from '../../src/platform/db.ts'

/** 记下经过的每一条查询，事后逐条看数据库打算怎样取。 */
export function watchQueries(db: Db): { db: Db; seen: Map<string, CompiledQuery> } {
  const seen = new Map<string, CompiledQuery>()
  const plugin: KyselyPlugin = {
    transformQuery: ({ node, queryId }): RootOperationNode => {
      const query = db.getExecutor().compileQuery(node, queryId)
      seen.set(query.sql, query)
      return node
    },
    transformResult: ({ result }) => Promise.resolve(result),
  }
  return { db: db.withPlugin(plugin), seen }
}

interface Plan {
  'Node Type': string
  'Relation Name'?: string
  Plans?: Plan[]
}

const scanned = (plan: Plan): string[] => [...(plan['Node Type'] === 'Seq Scan' && plan['Relation Name'] !== undefined ? [plan['Relation Name']] : []), ...(plan.Plans ?? []).flatMap(scanned)]

/**
 * 凡有索引可用就用索引的情形下，仍只能整表读的：`表：查询`。表空的时候数据库本来就整表读，故先不许；
 * 不许之后还整表读，就是没有索引可用。
 */
export function wholeReads(db: Db, queries: Iterable<CompiledQuery>): Promise<string[]> {
  return db.transaction().execute(async (tx) => {
    await tx.executeQuery(CompiledQuery.raw('set local enable_seqscan = off'))
    const found: string[] = []
    for (const { sql, parameters } of queries) {
      if (!/^\s*(?:select|with)\b/i.test(sql)) continue
      const { rows } = await tx.executeQuery<{ 'QUERY PLAN': [{ Plan: Plan }] }>(CompiledQuery.raw(`explain (format json) ${sql}`, [...parameters]))
      for (const table of rows.flatMap((row) => scanned(row['QUERY PLAN'][0].Plan))) found.push(`${table}：${sql.replaceAll(/\s+/g, ' ').slice(0, 160)}`)
    }
    return found
  })
}
