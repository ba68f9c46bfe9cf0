import { countItems } from '../../src/catalogue/index.ts'
import type { Deps } from '../../src/platform/deps.ts'

/** 年度报告第一部分「主动公开 n 条」由此而出。 */
export const countTally = async ({ db }: Pick<Deps, 'db'>, bodyId: string, year: number): Promise<number> => (await countItems(db, { bodyId, year, asOf: `${year}-12-31` })).total
