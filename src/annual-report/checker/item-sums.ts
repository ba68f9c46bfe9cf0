import { clauseBefore, NUM, toNumber } from './statements.ts'
import { lineAt, type Paragraph } from './report-view.ts'

/** 正文「公开信息 x 条，其中甲 a 条、乙 b 条」。 */
export interface ItemSum {
  total: number
  sum: number
  line: number
  quote: string
  parts: readonly string[]
  /** 像是列全了的：有「其他」一项，或列了五项以上 */
  exhaustive: boolean
  /** 按渠道分的：一条信息可以发在几处，各项之和可以大于总数 */
  byChannel: boolean
}

const CHANNEL = /网站|网页|门户|公众号|微信|微博|抖音|新媒体|客户端|公开栏|公示栏|公告栏|平台|公报|报刊|电视|广播|短信/
// 不是分项：与上年相比，或另起的总数
const NOT_AN_ITEM = /较|比上|同比|增加|增长|减少|下降|上年|去年|平均|合计|共计|总计/

const LEAD = new RegExp(
  `公开[^。；，,\\d]{0,14}信息[^。；，,\\d]{0,4}${NUM}(条|件|篇)([^。；]{0,20}?[。；，,（(])(?:其中|包括|分别(?:为|是))[：:，,]?([^。]{1,400})`,
  'g',
)
const COLON_LEAD = new RegExp(`公开[^。；，,\\d]{0,14}信息[^。；，,\\d]{0,4}${NUM}(条|件|篇)()[：:]([^。]{1,400})`, 'g')
const COUNTED = /[\d一二两三四五六七八九十百](?:条|件|篇)/
const ITEMS = {
  条: new RegExp(`([^，、；,。：:\\d]{2,24}?)${NUM}条`, 'g'),
  件: new RegExp(`([^，、；,。：:\\d]{2,24}?)${NUM}件`, 'g'),
  篇: new RegExp(`([^，、；,。：:\\d]{2,24}?)${NUM}篇`, 'g'),
} as const

/** 段落里的分项之和。只有一项、或说「等」「余」「主要」的，不是全部分项，不核。 */
export function itemSums(paragraph: Paragraph): ItemSum[] {
  if (!COUNTED.test(paragraph.text) || !/其中|包括|分别|[条件篇][：:]/.test(paragraph.text)) return []
  return [...paragraph.text.matchAll(LEAD), ...paragraph.text.matchAll(COLON_LEAD)].flatMap((found) => {
    const unit = toUnit(found[2]!)
    const list = listed(found[3]!, found[4]!)
    // 分项之下又有分项的，分不清层次
    if (new RegExp(`余${unit}|${unit}等|等[，。；]?$|主要|约|其中|包括`).test(list)) return []
    const items = [...list.matchAll(ITEMS[unit])].filter((item) => !NOT_AN_ITEM.test(item[1]!))
    if (items.length < 2) return []
    const at = found.index + found[0].indexOf(`${found[1]}${unit}`)
    return [
      {
        total: toNumber(found[1]!),
        sum: items.reduce((sum, item) => sum + toNumber(item[2]!), 0),
        line: lineAt(paragraph, at),
        quote: paragraph.text.slice(Math.max(0, at - 14), at + found[1]!.length + 1),
        parts: items.map((item) => item[2]!),
        exhaustive: items.length >= 5 || items.some((item) => /其他|其它/.test(item[1]!)),
        byChannel: items.every((item) => CHANNEL.test(item[1]!)),
      },
    ]
  })
}

const toUnit = (text: string): keyof typeof ITEMS => (text === '件' || text === '篇' ? text : '条')

// 「（其中……）」到括号为止；其余的去掉分项自己的括注
const listed = (lead: string, list: string): string =>
  /[（(]$/.test(lead) ? list.split(/[）)]/)[0]! : list.replace(/[（(][^）)]*[）)]/g, '')

const TOTAL = new RegExp(
  `(?:全年|本年度?|年度|共|累计|总计)[^。；，,\\d]{0,10}主动公开[^。；，,\\d]{0,8}信息(?:共|共计)?${NUM}条`,
  'g',
)
const PARTLY = /通过|网站|平台|微信|微博|公众号|新媒体|专栏|公报|栏目|上年|去年/

/** 正文所说的主动公开信息总数（不限渠道），各处应当相同。 */
export function publishedTotals(paragraph: Paragraph): { value: number; line: number; quote: string }[] {
  if (!paragraph.text.includes('主动公开') || !COUNTED.test(paragraph.text)) return []
  return [...paragraph.text.matchAll(TOTAL)].flatMap((found) => {
    if (PARTLY.test(clauseBefore(paragraph.text, found.index) + found[0])) return []
    const at = found.index + found[0].lastIndexOf(found[1]!)
    return [{ value: toNumber(found[1]!), line: lineAt(paragraph, at), quote: found[0].slice(-30) }]
  })
}
