/** 遮盖的依据（条例第十四条至第十六条）：何类内容、哪一款；`short` 印在遮盖之处。 */
export const GROUNDS = {
  SECRET: { label: '国家秘密', article: '第十四条', short: '条例第十四条' },
  LAW: { label: '法律、行政法规禁止公开的信息', article: '第十四条', short: '条例第十四条' },
  SAFETY: { label: '公开后可能危及国家安全、公共安全、经济安全、社会稳定的信息', article: '第十四条', short: '条例第十四条' },
  BUSINESS: { label: '商业秘密', article: '第十五条', short: '条例第十五条' },
  PRIVACY: { label: '个人隐私', article: '第十五条', short: '条例第十五条' },
  THIRD_PARTY: { label: '公开会对第三方合法权益造成损害的其他信息', article: '第十五条', short: '条例第十五条' },
  INTERNAL: { label: '内部事务信息（人事管理、后勤管理、内部工作流程）', article: '第十六条第一款', short: '条例第十六条' },
  PROCESS: { label: '过程性信息（讨论记录、过程稿、磋商信函、请示报告）', article: '第十六条第二款', short: '条例第十六条' },
  CASEFILE: { label: '行政执法案卷信息', article: '第十六条第二款', short: '条例第十六条' },
} as const satisfies Record<string, { label: string; article: string; short: string }>

export type GroundKey = keyof typeof GROUNDS
export const isGround = (text: string): text is GroundKey => Object.hasOwn(GROUNDS, text)

/** 括号里的举例不写进文书。 */
export const groundName = (key: GroundKey): string => GROUNDS[key].label.replace(/（.*）$/, '')

export const GROUND_OPTIONS = (['第十四条', '第十五条', '第十六条'] as const).map((article) => ({
  label: `条例${article}`,
  options: Object.keys(GROUNDS)
    .filter(isGround)
    .filter((key) => GROUNDS[key].article.startsWith(article))
    .map((key) => ({ value: key, label: `${GROUNDS[key].label}（${GROUNDS[key].article}）` })),
}))
