/** 处理决定逐级审批的几种安排；末级批准即作出决定。 */
export const SIGN_OFF_CHAINS = {
  HEAD: ['disclosure-head'],
  UNIT_HEAD: ['unit-head', 'disclosure-head'],
  LEADER: ['disclosure-head', 'leader'],
  FULL: ['unit-head', 'disclosure-head', 'leader'],
} as const satisfies Record<string, readonly SignOffStep[]>

export type SignOffChain = keyof typeof SIGN_OFF_CHAINS
export type SignOffStep = 'unit-head' | 'disclosure-head' | 'leader'

/** 各级由谁审批：公开工作机构负责人自己拟定的、不在的，机关领导可以代为审批。 */
const SIGNERS: Readonly<Record<SignOffStep, readonly string[]>> = {
  'unit-head': ['unit-head'],
  'disclosure-head': ['disclosure-head', 'leader'],
  leader: ['leader'],
}

/** 现在该哪一级审批。 */
export const signOffStep = (chain: SignOffChain, endorsed: number): SignOffStep => {
  const steps = SIGN_OFF_CHAINS[chain]
  return steps[Math.min(endorsed, steps.length - 1)] ?? 'disclosure-head'
}

/** 是否末级：批准即作出决定。 */
export const isLastStep = (chain: SignOffChain, endorsed: number): boolean => endorsed >= SIGN_OFF_CHAINS[chain].length - 1

/** 持有这些岗位的人可否审批这一级。 */
export const maySign = (step: SignOffStep, roles: readonly string[]): boolean => roles.some((role) => SIGNERS[step].includes(role))
