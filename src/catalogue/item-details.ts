import type { PlainDate } from '../statute/plain-date.ts'

/** 主题分类（国务院公文的通行分法〔待核〕）；代码一经使用不改。 */
export const TOPICS = {
  organization: '国务院组织机构',
  general: '综合政务',
  economy: '国民经济管理、国有资产监管',
  finance: '财政、金融、审计',
  resources: '国土资源、能源',
  farming: '农业、林业、水利',
  industry: '工业、交通',
  commerce: '商贸、海关、旅游',
  market: '市场监管、安全生产监管',
  construction: '城乡建设、环境保护',
  science: '科技、教育',
  culture: '文化、广电、新闻出版',
  health: '卫生、体育',
  population: '人口与计划生育、妇女儿童工作',
  labor: '劳动、人事、监察',
  justice: '公安、安全、司法',
  'civil-affairs': '民政、扶贫、救灾',
  ethnic: '民族、宗教',
  foreign: '对外事务',
  'hong-kong': '港澳台侨工作',
  other: '其他',
} as const
export type Topic = keyof typeof TOPICS

/** 体裁。 */
export const GENRES = {
  order: '命令（令）',
  decision: '决定',
  announcement: '公告',
  notice: '通告',
  circular: '通知',
  bulletin: '通报',
  opinion: '意见',
  rules: '办法、规定、细则',
  plan: '规划、方案、计划',
  report: '报告',
  reply: '批复',
  letter: '函',
  minutes: '纪要',
  interpretation: '解读',
  table: '表格、清单',
  other: '其他',
} as const
export type Genre = keyof typeof GENRES

/** 列在专栏的哪一块：法定主动公开内容，或政府信息公开制度。 */
export const COLUMN_BLOCKS = { statutory: '法定主动公开内容', rules: '政府信息公开制度' } as const
export type ColumnBlock = keyof typeof COLUMN_BLOCKS

/** 条例第十九条：为何须主动公开。 */
export const A19_REASONS = { interests: '涉及公众利益调整', awareness: '需要公众广泛知晓', participation: '需要公众参与决策' } as const
export type A19Reason = keyof typeof A19_REASONS

/** 本条与另一条的关系；反过来的说法由 `inverse` 得出。 */
export const RELATIONS = {
  interprets: { label: '解读', inverse: '相关解读' },
  revises: { label: '修订', inverse: '被修订' },
  repeals: { label: '废止', inverse: '被废止' },
  supplements: { label: '补充', inverse: '被补充' },
  related: { label: '相关', inverse: '相关' },
} as const
export type RelationKind = keyof typeof RELATIONS

/** 指向本机构或其他机构的一条，以不变的索引号为准。 */
export interface Relation {
  kind: RelationKind
  indexNo: string
}

/** 一个附件；内容在文件库，键为 SHA-256。 */
export interface Attachment {
  key: string
  /** 给人下载的文件名，带扩展名 */
  name: string
  mediaType: string
  bytes: number
}

/** 一条信息的正文、附件与元数据；台账只记事实的没有。 */
export interface ItemDetails {
  issuer: string | null
  topic: Topic | null
  genre: Genre | null
  keywords: readonly string[]
  effectiveOn: PlainDate | null
  block: ColumnBlock
  a19: readonly A19Reason[]
  /** 正文：洗净的 HTML 在文件库的键；没有正文、只有附件的为 null */
  body: string | null
  /** 正文里的图片，次序不论 */
  pictures: readonly Attachment[]
  attachments: readonly Attachment[]
  relations: readonly Relation[]
}

/** 内容所用的全部文件：正文、图片、附件。 */
export const filesOf = ({ body, pictures, attachments }: ItemDetails): string[] => [...(body === null ? [] : [body]), ...pictures.map((each) => each.key), ...attachments.map((each) => each.key)]
