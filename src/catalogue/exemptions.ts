/** 不予公开的缘由：条例第十四至十六条；`needsLaw` 的须写明具体法律、行政法规。 */
export const EXEMPTIONS = {
  A14_SECRET: { article: '第十四条', label: '依法确定为国家秘密', aliases: ['国家秘密'] },
  A14_LAW: { article: '第十四条', label: '法律、行政法规禁止公开', aliases: ['法律行政法规禁止公开', '其他法律行政法规禁止公开'] },
  A14_3S1W: { article: '第十四条', label: '公开后可能危及国家安全、公共安全、经济安全、社会稳定', aliases: ['三安全一稳定'] },
  A15: { article: '第十五条', label: '涉及商业秘密、个人隐私等，公开会损害第三方合法权益', aliases: ['商业秘密', '个人隐私', '第三方合法权益'] },
  A16_INTERNAL: { article: '第十六条第一款', label: '内部事务信息', aliases: ['内部事务', '三类内部事务信息'] },
  A16_PROCESS: { article: '第十六条第二款', label: '过程性信息', aliases: ['过程性', '四类过程性信息'] },
  A16_CASEFILE: { article: '第十六条第二款', label: '行政执法案卷信息', aliases: ['行政执法案卷', '执法案卷'] },
} as const satisfies Record<string, { article: string; label: string; aliases: readonly string[] }>

export type ExemptionCode = keyof typeof EXEMPTIONS

export interface Exemption {
  code: ExemptionCode
  /** 为何不公开；第五条：公开为常态，不公开须说明 */
  reason: string
}

/** 认出代码、名称或惯用简称；认不出为 null。 */
export function readExemption(text: string): ExemptionCode | null {
  const name = text.normalize('NFKC').replace(/[\s“”"]/g, '')
  const found = Object.entries(EXEMPTIONS).find(
    ([code, { label, aliases }]) => code === name || label === text || aliases.some((alias) => name.includes(alias)),
  )
  return (found?.[0] as ExemptionCode | undefined) ?? null
}
