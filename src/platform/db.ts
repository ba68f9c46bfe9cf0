import type { Kysely, Transaction } from 'kysely'

/**
 * 各模块的表在自己的 `tables.ts` 里并入此接口：
 * `declare module '../platform/db.ts' { interface Tables { body: BodyTable } }`
 */
// oxlint-disable-next-line typescript/no-empty-object-type
export interface Tables {}

/** 数据库；只有动作与查询的入口开事务。 */
export type Db = Kysely<Tables>
/** 事务。存储函数以它为第一个参数，自己从不另开。查询亦可直接传 Db。 */
export type Tx = Transaction<Tables> | Db
