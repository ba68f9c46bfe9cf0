import { isUscc } from '../../bodies/index.ts'
import type { FieldKeys } from '../../platform/crypto.ts'
import type { Tx } from '../../platform/db.ts'
import { findPersonalNumbers } from '../../statute/personal-numbers.ts'
import { getApplicant } from '../applicant-store.ts'
import { findApplicationRow } from '../queries.ts'
import { personalOf } from '../letter-desk/letter-source.ts'

/** 将要公开的文字里疑为个人信息的一处；`masked` 为遮盖后的样子，申请人的资料不写出来。 */
export interface PersonalTrace {
  what: string
  masked: string | null
}

const EMAIL = /[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,30}){1,4}/
const plain = (text: string): string => text.normalize('NFKC').replaceAll(/[\s·・.-]+/g, '').toUpperCase()
// 一个字的太易误中，两个字起才比
const SHORTEST = 2

/**
 * 找出文字里的个人信息：身份证、手机、银行卡号码，统一社会信用代码，电子邮箱，
 * 与这些申请的申请人的姓名、号码、地址等（只比对，不写出）。没有找到的为空；不能代替人看。
 */
export async function findPersonalTraces(tx: Tx, keys: FieldKeys, bodyId: string, caseIds: readonly string[], text: string): Promise<PersonalTrace[]> {
  const numbers = findPersonalNumbers(text).map(({ kind, masked }): PersonalTrace => ({ what: kind, masked }))
  const half = text.normalize('NFKC')
  const codes = [...half.toUpperCase().matchAll(/(?<![0-9A-Z])[0-9A-Z]{18}(?![0-9A-Z])/g)].filter(([code]) => isUscc(code)).map(([code]): PersonalTrace => ({ what: '统一社会信用代码', masked: `${code.slice(0, 4)}…${code.slice(-4)}` }))
  const mail = EMAIL.test(half) ? [{ what: '电子邮箱', masked: null }] : []
  const known = new Set<string>()
  for (const caseId of caseIds) for (const each of await personalOfCase(tx, keys, bodyId, caseId)) known.add(plain(each))
  const where = plain(text)
  const own = [...known].some((each) => Array.from(each).length >= SHORTEST && where.includes(each)) ? [{ what: '申请人的姓名、名称、号码或者地址', masked: null }] : []
  return [...numbers, ...codes, ...mail, ...own]
}

async function personalOfCase(tx: Tx, keys: FieldKeys, bodyId: string, caseId: string): Promise<string[]> {
  const row = await findApplicationRow(tx, bodyId, caseId)
  return row === null || row.applicantId === null ? [] : personalOf(await getApplicant(tx, keys, bodyId, row.applicantId))
}

/** 栏旁的一句话。 */
export const traceWords = (traces: readonly PersonalTrace[]): string =>
  `写有${traces.map(({ what, masked }) => (masked === null ? what : `${what} ${masked}`)).join('、')}，请去掉：公布的内容不得有个人信息`
