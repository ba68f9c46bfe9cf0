import { SIGN_OFF_CHAINS } from '../sign-off.ts'
import type { SignOffChain, SignOffStep } from '../sign-off.ts'
import { LETTER_IDS, letterRule } from './letters.ts'
import type { LetterId } from './letters.ts'

/** 须由公开工作机构负责人同意的：延期（条例第三十三条第二款）、收费（第四十二条）、延迟答复（第三十五条）。 */
const BY_HEAD: readonly LetterId[] = ['L05', 'L12', 'L13']
/** 本身即是决定、而不是答复申请人的。 */
const DECISIONS: readonly LetterId[] = ['L09', 'L28']

/** 一种文书由哪一级签批：答复与决定是审批的末级，负责人同意的是负责人，其余程序性的是审批的头一级。 */
export function letterSigner(type: LetterId, chain: SignOffChain): SignOffStep {
  const steps: readonly SignOffStep[] = SIGN_OFF_CHAINS[chain]
  if (BY_HEAD.includes(type)) return 'disclosure-head'
  const which = letterRule(type).outcomes !== undefined || DECISIONS.includes(type) ? steps.at(-1) : steps[0]
  return which ?? 'disclosure-head'
}

/** 这一级由谁签；上一级的可以代签。 */
const SIGNERS: Readonly<Record<SignOffStep, readonly string[]>> = {
  'unit-head': ['unit-head', 'disclosure-head', 'leader'],
  'disclosure-head': ['disclosure-head', 'leader'],
  leader: ['leader'],
}

export const SIGNER_NAMES: Readonly<Record<SignOffStep, string>> = { 'unit-head': '科室负责人', 'disclosure-head': '信息公开工作机构负责人', leader: '机关领导' }

export const maySignLetter = (type: LetterId, chain: SignOffChain, roles: readonly string[]): boolean => roles.some((role) => SIGNERS[letterSigner(type, chain)].includes(role))

/** 持有这些岗位的人可以签批的各种文书。 */
export const signableLetters = (chain: SignOffChain, roles: readonly string[]): LetterId[] => LETTER_IDS.filter((type) => maySignLetter(type, chain, roles))
