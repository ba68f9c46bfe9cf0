import { sql } from 'kysely'

/**
 * 写在语句之首：每次照所查的词另作打算，不与别的词共用一份（见 `connect.ts`）。
 * 共用的不知道词的多寡，会为罕见的词倒着翻全表。
 */
export const eachTime = sql.raw('/* plan each time */')
