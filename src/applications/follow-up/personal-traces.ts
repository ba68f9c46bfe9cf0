import { isUscc } from '../../bodies/index.ts'
import type { FieldKeys } from '../../platform/crypto.ts'
import type { Tx } from '../../platform/db.ts'
import { findPersonalNumbers } from '../../statute/personal-numbers.ts'
import { getApplicant } from '../applicants/applicant-store.ts'
import { listParties } from '../applicants/consultation-party.ts'
import { personalOf } from '../letter-desk/letter-source.ts'
import { getApplication } from '../queries.ts'

/** 将要公开的文字里疑为个人信息的一处；`masked` 为遮盖后的样子，申请人的资料不写出来。 */
export interface PersonalTrace {
  what: string
  masked: string | null
}

const EMAIL = /[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,30}){1,4}/
const plain = (text: string): string => text.normalize('NFKC').replaceAll(/[\s·・.\-\p{Cf}]+/gu, '').toUpperCase()
// 一个字的太易误中，两个字起才比
const SHORTEST = 2

/**
 * 找出文字里的个人信息：身份证、手机、银行卡号码，统一社会信用代码，电子邮箱，
 * 与这些申请的申请人、征求过意见的第三方的姓名、号码、地址等（只比对，不写出）。没有找到的为空；不能代替人看。
 */
export async function findPersonalTraces(tx: Tx, keys: FieldKeys, bodyId: string, caseIds: readonly string[], text: string): Promise<PersonalTrace[]> {
  const numbers = findPersonalNumbers(text).map(({ kind, masked }): PersonalTrace => ({ what: kind, masked }))
  const half = text.normalize('NFKC').replaceAll(/\p{Cf}/gu, '')
  const codes = [...half.toUpperCase().matchAll(/(?<![0-9A-Z])[0-9A-Z]{18}(?![0-9A-Z])/g)].filter(([code]) => isUscc(code)).map(([code]): PersonalTrace => ({ what: '统一社会信用代码', masked: `${code.slice(0, 4)}…${code.slice(-4)}` }))
  const mail = EMAIL.test(half) ? [{ what: '电子邮箱', masked: null }] : []
  const where = plain(text)
  const written = (known: readonly string[]): boolean => known.some((each) => Array.from(plain(each)).length >= SHORTEST && where.includes(plain(each)))
  const people: PersonalTrace[] = []
  for (const caseId of caseIds) {
    const { applicant, thirdParties } = await personalOfCase(tx, keys, bodyId, caseId)
    if (written(applicant)) people.push({ what: '申请人的姓名、名称、号码或者地址', masked: null })
    if (written(thirdParties)) people.push({ what: '征求过意见的第三方的名称或者联系方式', masked: null })
  }
  return [...numbers, ...codes, ...mail, ...people.filter((one, i) => people.findIndex((each) => each.what === one.what) === i)]
}

async function personalOfCase(tx: Tx, keys: FieldKeys, bodyId: string, caseId: string): Promise<{ applicant: string[]; thirdParties: string[] }> {
  const { state } = await getApplication(tx, bodyId, caseId)
  const applicant = state.applicantId === null ? [] : personalOf(await getApplicant(tx, keys, bodyId, state.applicantId))
  const asked = new Set(state.consultations.filter((each) => each.with === 'THIRD_PARTY').map(({ id }) => id))
  const parties = asked.size === 0 ? [] : [...(await listParties(tx, keys, bodyId, caseId))].filter(([id]) => asked.has(id))
  return { applicant, thirdParties: parties.flatMap(([, { name, contact }]) => [name, contact ?? '']) }
}

/** 栏旁的一句话。 */
export const traceWords = (traces: readonly PersonalTrace[]): string =>
  `写有${traces.map(({ what, masked }) => (masked === null ? what : `${what} ${masked}`)).join('、')}，请去掉：公布的内容不得有个人信息`
