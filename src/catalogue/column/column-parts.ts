import { PUBLICATION_CODES, articleOf } from '../publication-codes.ts'
import type { PublicationCode } from '../publication-codes.ts'

/** 专栏的一栏；`lines` 的可分几行，`url` 的为网址。 */
export interface PartField {
  key: string
  label: string
  kind: 'line' | 'lines' | 'url'
  required: boolean
  most: number
  hint?: string
}

/** 可有几行的一组，如领导成员；头一栏没有填的行不算。 */
export interface PartList {
  key: string
  label: string
  /** 一行叫什么，如「领导成员」 */
  one: string
  least: number
  most: number
  fields: readonly PartField[]
}

export interface PartSpec {
  title: string
  /** 写在表单上方 */
  lead: string
  /** 公众看到的页面，接在 `/bodies/:code/` 之后 */
  path: string
  fields: readonly PartField[]
  lists: readonly PartList[]
}

const line = (key: string, label: string, rest: Partial<PartField> = {}): PartField => ({ key, label, kind: 'line', required: true, most: 200, ...rest })
const lines = (key: string, label: string, rest: Partial<PartField> = {}): PartField => ({ key, label, kind: 'lines', required: true, most: 2000, ...rest })

/** 条例第十二条：指南的九项要素，一项不能少。 */
const ELEMENTS = [
  lines('classes', '信息分类'),
  lines('arrangement', '编排体系'),
  lines('access', '获取方式'),
  line('office', '工作机构名称', { hint: '政府信息公开工作机构（条例第四条）' }),
  line('address', '办公地址'),
  line('hours', '办公时间', { hint: '如：工作日上午 9:00—12:00，下午 2:00—5:00' }),
  line('phone', '联系电话', { hint: '写办公电话，带区号' }),
  line('fax', '传真', { hint: '没有传真的写「无」' }),
  line('online', '互联网联系方式', { hint: '办公邮箱或者网址' }),
] as const

const GUIDE_EXTRAS = [
  lines('intake', '受理渠道', { required: false, hint: '网上、当面、邮寄各交到哪里' }),
  lines('steps', '办理流程', { required: false, hint: '每行一步，写成「步骤：说明」；页面上画成流程图' }),
  lines('fees', '收费说明', { required: false }),
  lines('remedies', '监督和救济渠道', { required: false, hint: '主管部门、上一级行政机关、复议机关' }),
] as const

/** 专栏里由机关自己写、经另一人批准公布的四部分。栏目一处写全：表单、检查、比对、页面都由此得出。 */
export const PARTS = {
  guide: {
    title: '政府信息公开指南',
    lead: '前九项是条例第十二条规定的要素，缺一项不能公布。',
    path: 'guide',
    fields: [...ELEMENTS, ...GUIDE_EXTRAS],
    lists: [],
  },
  institution: {
    title: '机构信息',
    lead: '条例第二十条第（二）项：机关职能、机构设置、办公地址、办公时间、联系方式、负责人姓名。',
    path: 'institution',
    fields: [
      lines('duties', '主要职能', { most: 4000, hint: '每行一项' }),
      line('address', '办公地址'),
      line('postcode', '邮政编码', { required: false, most: 6 }),
      line('hours', '办公时间'),
      line('phone', '联系电话', { hint: '写办公电话，带区号' }),
      line('fax', '传真', { required: false }),
      line('online', '互联网联系方式', { required: false }),
    ],
    lists: [
      {
        key: 'leaders',
        label: '领导及分工',
        one: '领导成员',
        least: 1,
        most: 20,
        fields: [line('name', '姓名', { most: 40 }), line('post', '职务', { most: 60 }), lines('charge', '分工', { required: false, most: 500 })],
      },
      {
        key: 'departments',
        label: '内设机构',
        one: '内设机构',
        least: 1,
        most: 40,
        fields: [line('name', '名称', { most: 60 }), lines('duties', '职责', { most: 500 }), line('phone', '联系电话', { required: false, most: 40 })],
      },
    ],
  },
  channels: {
    title: '办事和互动渠道',
    lead: '公众找得到、用得上的渠道，如城市留言板、12345、微邻里。电话、网址要定期核实。',
    path: 'channels',
    fields: [],
    lists: [
      {
        key: 'channels',
        label: '渠道',
        one: '渠道',
        least: 1,
        most: 20,
        fields: [
          line('name', '名称', { most: 60 }),
          lines('use', '办什么事', { most: 300 }),
          line('phone', '电话', { required: false, most: 60 }),
          line('url', '网址', { kind: 'url', required: false, most: 300 }),
          line('qr', '二维码的网址', { kind: 'url', required: false, most: 300, hint: '二维码扫出来的网址，系统据此画二维码' }),
          line('address', '地址', { required: false }),
          line('hours', '服务时间', { required: false, most: 100 }),
        ],
      },
    ],
  },
  headings: {
    title: '没有公开过的各项的说明',
    lead: '法定主动公开内容里还没有公开过的一项，写明为何没有、何时公开，如「本机关没有行政处罚职权」。有了公开的信息，说明不再显示。',
    path: 'statutory',
    fields: (Object.keys(PUBLICATION_CODES) as PublicationCode[]).map((code) => lines(code, PUBLICATION_CODES[code].label, { required: false, most: 200, hint: articleOf(code) })),
    lists: [],
  },
} as const satisfies Record<string, PartSpec>

export type PartName = keyof typeof PARTS
export const PART_NAMES = Object.keys(PARTS) as PartName[]
export const isPartName = (text: string): text is PartName => Object.hasOwn(PARTS, text)

export type PartRow = Readonly<Record<string, string>>

/** 一部分的内容：各栏与各组；没有填的为空串、空组。 */
export interface PartContent {
  fields: Readonly<Record<string, string>>
  lists: Readonly<Record<string, readonly PartRow[]>>
}

export const EMPTY_CONTENT: PartContent = { fields: {}, lists: {} }

export const fieldOf = (content: PartContent, key: string): string => content.fields[key] ?? ''
export const listOf = (content: PartContent, key: string): readonly PartRow[] => content.lists[key] ?? []
/** 多行的一栏，逐行；空行不算。 */
export const linesOf = (text: string): string[] => text.split('\n').map((each) => each.trim()).filter((each) => each !== '')
