import '../tables.ts'
import { randomBytes } from 'node:crypto'
import { keyedHash } from '../../platform/crypto.ts'
import type { FieldKeys } from '../../platform/crypto.ts'
import type { Tx } from '../../platform/db.ts'

// 不用 0 与 O、1 与 I 之类易混的
const LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'
const LENGTH = 12

/**
 * 一件申请的查询码，十二位，约六十比特：由草稿（工作台上给的，由那张表单）的令牌与案件算出，故刷新凭条所见不变；
 * 令牌随草稿删去之后不能再算出，库里只有查询码的摘要。
 */
export const accessCodeOf = (keys: FieldKeys, token: string, caseId: string): string =>
  [...keyedHash(keys, 'application-code', `${token}\0${caseId}`).subarray(0, LENGTH)].map((byte) => LETTERS[byte % LETTERS.length]).join('')

/** 分三段写，便于抄录。 */
export const spacedCode = (code: string): string => code.replaceAll(/.{4}(?=.)/g, '$&-')

// 抄录时的空格、连字符、大小写与全半角都不计
export const plainCode = (given: string): string => given.normalize('NFKC').replaceAll(/[^A-Za-z0-9]/g, '').toUpperCase()

/** 登记号的各种写法归一：六角括号、方括号、圆括号通用，空白不计。 */
export const plainRegNo = (given: string): string =>
  given.normalize('NFKC').replaceAll(/\s+/g, '').replaceAll(/[[(【〔]/g, '〔').replaceAll(/[\])】〕]/g, '〕')

const hashOf = (keys: FieldKeys, code: string): Buffer => keyedHash(keys, 'application-access', plainCode(code))

export async function insertAccess(tx: Tx, keys: FieldKeys, { bodyId, caseId, code }: { bodyId: string; caseId: string; code: string }, at: Date): Promise<void> {
  await tx.insertInto('application_access').values({ body_id: bodyId, case_id: caseId, code_hash: hashOf(keys, code), created_at: at }).execute()
}

export interface Access {
  hash: Buffer
  createdAt: Date
}

/** 一件案件现在的查询码的摘要；没有给过的为 null。 */
export async function findAccess(tx: Tx, { bodyId, caseId }: { bodyId: string; caseId: string }): Promise<Access | null> {
  const row = await tx.selectFrom('application_access').select(['code_hash as hash', 'created_at as createdAt']).where('body_id', '=', bodyId).where('case_id', '=', caseId).executeTakeFirst()
  return row ?? null
}

export const isCodeOf = (keys: FieldKeys, { hash }: Access, code: string): boolean => hash.equals(hashOf(keys, code))

/** 换上新的查询码，原来的失效；没有给过的存下。 */
export async function replaceAccess(tx: Tx, keys: FieldKeys, { bodyId, caseId, code }: { bodyId: string; caseId: string; code: string }, at: Date): Promise<void> {
  const given = { code_hash: hashOf(keys, code), created_at: at }
  await tx
    .insertInto('application_access')
    .values({ body_id: bodyId, case_id: caseId, ...given })
    .onConflict((on) => on.columns(['body_id', 'case_id']).doUpdateSet(given))
    .execute()
}

/** 给一件案件新的查询码并存其摘要，写成三段返回；只此一次，不能再算出。 */
export async function giveAccessCode(tx: Tx, keys: FieldKeys, ref: { bodyId: string; caseId: string }, at: Date): Promise<string> {
  const code = accessCodeOf(keys, randomBytes(32).toString('base64url'), ref.caseId)
  await insertAccess(tx, keys, { ...ref, code }, at)
  return spacedCode(code)
}

/**
 * 凭登记号与查询码找到案件；不符的为 null。先按查询码的摘要找，登记号错与查询码错所办的一样，
 * 用时与答复看不出哪一样错了、某个登记号在不在。
 */
export async function findByCode(tx: Tx, keys: FieldKeys, { regNo, code }: { regNo: string; code: string }): Promise<{ bodyId: string; caseId: string } | null> {
  const rows = await tx
    .selectFrom('application_access as x')
    .innerJoin('application as a', (join) => join.onRef('a.body_id', '=', 'x.body_id').onRef('a.case_id', '=', 'x.case_id'))
    .select(['a.body_id as bodyId', 'a.case_id as caseId', 'a.reg_no as regNo'])
    .where('x.code_hash', '=', hashOf(keys, code))
    .limit(10)
    .execute()
  const found = rows.find((row) => plainRegNo(row.regNo) === plainRegNo(regNo))
  return found === undefined ? null : { bodyId: found.bodyId, caseId: found.caseId }
}
