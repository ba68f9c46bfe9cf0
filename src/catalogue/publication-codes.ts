/** 年度报告第一部分习惯的分类，按叙述的次序；表里没有要求，分类只用于综述。 */
export const SUMMARY_KINDS = {
  overview: '概况',
  policy: '政策文件',
  planning: '规划统计',
  fiscal: '财政',
  projects: '重大项目',
  enforcement: '行政执法',
  welfare: '民生保障',
  emergency: '应急管理',
  supervision: '监督检查',
  personnel: '公务员招录',
  service: '其他对外管理服务事项',
} as const

export type SummaryKind = keyof typeof SUMMARY_KINDS

/** 条例第二十条各项（A20_01–15）与第二十一条各类（A21_01–07）：应当主动公开的内容，及综述中归哪一类。 */
export const PUBLICATION_CODES = {
  A20_01: { label: '行政法规、规章和规范性文件', kind: 'policy' },
  A20_02: { label: '机关职能、机构设置、办公地址、办公时间、联系方式、负责人姓名', kind: 'overview' },
  A20_03: { label: '国民经济和社会发展规划、专项规划、区域规划及相关政策', kind: 'planning' },
  A20_04: { label: '国民经济和社会发展统计信息', kind: 'planning' },
  A20_05: { label: '办理行政许可和其他对外管理服务事项的依据、条件、程序以及办理结果', kind: 'service' },
  A20_06: { label: '实施行政处罚、行政强制的依据、条件、程序以及有一定社会影响的行政处罚决定', kind: 'enforcement' },
  A20_07: { label: '财政预算、决算信息', kind: 'fiscal' },
  A20_08: { label: '行政事业性收费项目及其依据、标准', kind: 'fiscal' },
  A20_09: { label: '政府集中采购项目的目录、标准及实施情况', kind: 'fiscal' },
  A20_10: { label: '重大建设项目的批准和实施情况', kind: 'projects' },
  A20_11: { label: '扶贫、教育、医疗、社会保障、促进就业等方面的政策、措施及其实施情况', kind: 'welfare' },
  A20_12: { label: '突发公共事件的应急预案、预警信息及应对情况', kind: 'emergency' },
  A20_13: { label: '环境保护、公共卫生、安全生产、食品药品、产品质量的监督检查情况', kind: 'supervision' },
  A20_14: { label: '公务员招考的职位、名额、报考条件等事项以及录用结果', kind: 'personnel' },
  A20_15: { label: '法律、法规、规章和国家有关规定规定应当主动公开的其他政府信息', kind: 'service' },
  A21_01: { label: '市政建设', kind: 'projects' },
  A21_02: { label: '公共服务', kind: 'service' },
  A21_03: { label: '公益事业', kind: 'welfare' },
  A21_04: { label: '土地征收', kind: 'projects' },
  A21_05: { label: '房屋征收', kind: 'projects' },
  A21_06: { label: '治安管理', kind: 'supervision' },
  A21_07: { label: '社会救助', kind: 'welfare' },
} as const satisfies Record<string, { label: string; kind: SummaryKind }>

export type PublicationCode = keyof typeof PUBLICATION_CODES

export const isPublicationCode = (text: string): text is PublicationCode => Object.hasOwn(PUBLICATION_CODES, text)

// 第二十条至第十五项，第二十一条七类
const NUMBERS = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二', '十三', '十四', '十五']

/** 代码的条文写法，如「第二十条第（五）项」「第二十一条（公共服务）」。 */
export function articleOf(code: PublicationCode): string {
  const n = Number(code.slice(4))
  return code.startsWith('A20') ? `第二十条第（${NUMBERS[n] ?? n}）项` : `第二十一条（${PUBLICATION_CODES[code].label}）`
}

/**
 * 从台账的写法认出代码，可有多个：`A20_05`、`第二十条第（五）项`、`20条5项`、`第二十条第（五）、（六）项`、
 * `第二十一条公共服务`。有一处认不出即为 null。
 */
export function readPublicationCodes(text: string): PublicationCode[] | null {
  const half = text.normalize('NFKC').replace(/\s/g, '')
  if (half === '') return []
  const whole = byLabel(half)
  if (whole !== null) return [whole]
  const parts = half.split(/[;,、]/).filter((part) => part !== '')
  const found: PublicationCode[] = []
  let article: 'A20' | 'A21' | null = null
  for (const part of parts) {
    article = /二十一条|21条|A21/.test(part) ? 'A21' : /二十条|20条|A20/.test(part) ? 'A20' : article
    const code = article === null ? byLabel(part) : (readOne(part, article) ?? byLabel(part))
    if (code === null) return null
    if (!found.includes(code)) found.push(code)
  }
  return found
}

function readOne(part: string, article: 'A20' | 'A21'): PublicationCode | null {
  const rest = part.replace(/^.*?(?:二十一条|二十条|2[01]条|A2[01][_-]?)/, '')
  const label = Object.entries(PUBLICATION_CODES).find(([code, { label: name }]) => code.startsWith(article) && rest.includes(name))
  if (label && isPublicationCode(label[0])) return label[0]
  const found = /^第?\(?([一二三四五六七八九十]{1,3}|\d{1,2})\)?(?:项|类)?/.exec(rest)
  if (!found) return null
  const raw = found[1] ?? ''
  const n = /^\d+$/.test(raw) ? Number(raw) : NUMBERS.indexOf(raw)
  const code = `${article}_${String(n).padStart(2, '0')}`
  return isPublicationCode(code) ? code : null
}

function byLabel(part: string): PublicationCode | null {
  const found = Object.entries(PUBLICATION_CODES).find(([, { label }]) => label === part)
  return found && isPublicationCode(found[0]) ? found[0] : null
}

/** 综述的分类：台账写明的从其写明，否则依第一个代码。 */
export const summaryKindOf = (codes: readonly PublicationCode[], stated: SummaryKind | null): SummaryKind | null =>
  stated ?? (codes[0] === undefined ? null : PUBLICATION_CODES[codes[0]].kind)

const KIND_ALIASES: Record<string, SummaryKind> = {
  其他: 'service',
  其它: 'service',
  机构概况: 'overview',
  概况类: 'overview',
  财政资金: 'fiscal',
  财政预决算: 'fiscal',
  规范性文件: 'policy',
}

/** 从台账的写法认出综述分类：`概况`、`概况信息`、`其他`……；认不出为 null。 */
export function readSummaryKind(text: string): SummaryKind | null {
  const name = text.normalize('NFKC').replace(/\s|信息$/g, '')
  const [kind] = Object.entries(SUMMARY_KINDS).find(([, label]) => label === name) ?? []
  return (kind as SummaryKind | undefined) ?? KIND_ALIASES[name] ?? null
}
