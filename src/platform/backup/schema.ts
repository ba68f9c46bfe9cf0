import type { PoolClient } from 'pg'

export interface TableShape {
  name: string
  columns: string[]
}

/** 随迁移而生、由恢复另行处理的表。 */
const NOT_COPIED = ['schema_migration', 'schema_migration_lock']

/** public 下的各表与其可写的列，按名排。 */
export async function listTables(client: PoolClient): Promise<TableShape[]> {
  const { rows } = await client.query<TableShape>(
    `select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0
       and not a.attisdropped and a.attgenerated = '' and c.relname <> all($1)
     group by c.relname order by c.relname`,
    [NOT_COPIED],
  )
  return rows
}

/** 各外键的去与建；装数据时先去后建，表的先后与相互引用便都不成问题。 */
export async function listForeignKeys(client: PoolClient): Promise<{ drop: string; add: string }[]> {
  const { rows } = await client.query<{ drop: string; add: string }>(
    `select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
       format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as add
     from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace and conparentid = 0`,
  )
  return rows
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
export const columnList = ({ name, columns }: TableShape): string => `public.${quoted(name)} (${columns.map(quoted).join(', ')})`
