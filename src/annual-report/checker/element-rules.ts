import { ELEMENTS, elementOf } from './elements.ts'
import { place, type Place, type Subject } from './rule.ts'
import { headingLine, inSection } from './report-view.ts'

const SECOND_LEVEL = /^[（(][一二三四五六七八九十]+[）)]([^。：:；]{2,40})/

/** 总体情况之下的小节：行号与标题。误作一级标题的也算。 */
function elementHeadings(subject: Subject): { line: number; title: string }[] {
  const from = headingLine(subject, 1)
  const to = headingLine(subject, 2) ?? headingLine(subject, 3) ?? Infinity
  if (from === null) return []
  const second = subject.texts.flatMap(({ line, text }) => {
    const title = line > from && line < to ? SECOND_LEVEL.exec(text)?.[1] : undefined
    return title === undefined ? [] : [{ line, title }]
  })
  const misplaced = subject.headings
    .filter((heading) => heading.target === null && heading.line > from && heading.line < to)
    .map((heading) => ({ line: heading.line, title: heading.text }))
  return [...second, ...misplaced]
}

/** AR-S01：总体情况缺要素，一个要素一处。没有小节标题，文中写到的也算有。 */
export function missingElements(subject: Subject): Place[] {
  const line = headingLine(subject, 1)
  if (line === null) return []
  const titles = elementHeadings(subject).map(({ title }) => title)
  const body = inSection(subject, 1).map((paragraph) => paragraph.text)
  return ELEMENTS.flatMap((element) => {
    if (titles.some((title) => elementOf(title) === element) || body.some((text) => element.body.test(text))) return []
    return [
      place(line, `总体情况没有写「${element.short}」`, {
        expected: `（${element.number}）${element.title}`,
        mend: `在总体情况中补写${element.title}`,
      }),
    ]
  })
}

// 「政务信息平台」「业务系统平台」之类，不是政府信息公开平台
const OTHER_PLATFORM = /政务信息平台|政务服务平台|数据平台|业务平台|信息化平台|数据归集|数据共享/

/** AR-S02：小节标题写成了别的工作。 */
export const oddElementTitles = (subject: Subject): Place[] =>
  elementHeadings(subject)
    .filter(({ title }) => OTHER_PLATFORM.test(title) && !/公开平台/.test(title))
    .map(({ line, title }) =>
      place(line, `小节标题「${title}」所说的不是政府信息公开平台`, {
        expected: '政府信息公开平台建设情况',
        mend: '改为「政府信息公开平台建设情况」，并只写公开平台',
      }),
    )

const UNRELATED = ['协同办公', '网络安全', '民呼我应', '物联网', '物联感知', '视频资源', '政务数据资源', '数据归集', '智慧应用', '网格化服务']

/** AR-S03：写了与政府信息公开无关的业务工作，一段一处。提到三项以上才算。 */
export const unrelatedWork = (subject: Subject): Place[] =>
  inSection(subject, 1).flatMap((paragraph) => {
    const found = UNRELATED.filter((word) => paragraph.text.includes(word))
    if (found.length < 3) return []
    return [
      place(paragraph.line, `所写${found.map((word) => `「${word}」`).join('')}等与政府信息公开无关`, {
        expected: '内容按条例第五十条，不遗漏，也不泛化',
        mend: '删去业务工作，只写政府信息公开',
      }),
    ]
  })

const BASICS = [
  { name: '机关职能', seen: /职能|职责/ },
  { name: '机构设置', seen: /内设机构|机构设置/ },
  { name: '负责人姓名', seen: /领导|负责人/ },
  { name: '办公地址', seen: /办公地址|地址/ },
  { name: '办公时间', seen: /办公时间|工作时间/ },
  { name: '联系方式', seen: /联系方式|联系电话|咨询电话|办公电话/ },
] as const

/** AR-S04：列举了第二十条第（二）项的信息而六要素不全。 */
export const incompleteBasics = (subject: Subject): Place[] =>
  inSection(subject, 1).flatMap((paragraph) => {
    if (!/公开[^。；]{0,6}(机构职能|机关职能|职能)/.test(paragraph.text)) return []
    const missing = BASICS.filter(({ seen }) => !seen.test(paragraph.text))
    if (missing.length === 0 || missing.length > 3) return []
    return [
      place(paragraph.line, `列举的公开内容中未见${missing.map(({ name }) => name).join('、')}`, {
        expected: '第二十条第（二）项：机关职能、机构设置、办公地址、办公时间、联系方式、负责人姓名',
        mend: '已公开的补写；没有公开的先公开',
      }),
    ]
  })

const CONTACTS = /公开[^；。，]{0,14}?(留言板|热线|12345|公众号|信箱|网址)/g

/** AR-S05：联系方式、互动渠道计作「其他对外管理服务事项」。 */
export const doubtfulClasses = (subject: Subject): Place[] =>
  inSection(subject, 1).flatMap((paragraph) => {
    if (!paragraph.text.includes('其他对外管理服务事项')) return []
    const found = [...new Set([...paragraph.text.matchAll(CONTACTS)].map((each) => each[1]!))]
    if (found.length === 0) return []
    return [
      place(paragraph.line, `${found.join('、')}等计为「其他对外管理服务事项」，更接近联系方式或互动渠道`, {
        expected: '第二十条第（二）项联系方式，或不计入',
        mend: '核对这几条信息的分类',
      }),
    ]
  })
