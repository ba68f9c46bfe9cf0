/** 总体情况的五个要素：惯用的小节标题，及认出它的字样。标题文字不是国家格式强制，要素是。 */
export const ELEMENTS = [
  { number: '一', title: '政府信息主动公开情况', short: '主动公开', heading: /主动公开/, body: /主动公开/ },
  { number: '二', title: '政府信息依申请公开情况', short: '依申请公开', heading: /申请/, body: /依申请|公开申请/ },
  {
    number: '三',
    title: '政府信息管理情况',
    short: '政府信息管理',
    heading: /信息管理/,
    body: /政府信息管理|信息管理|保密|审查|指南|目录/,
  },
  {
    number: '四',
    title: '政府信息公开平台建设情况',
    short: '政府信息公开平台建设',
    heading: /平台|网站|专栏/,
    body: /平台|网站|专栏|新媒体/,
  },
  { number: '五', title: '监督保障情况', short: '监督保障', heading: /监督|保障/, body: /监督|考核|责任追究|社会评议|培训/ },
] as const
export type Element = (typeof ELEMENTS)[number]

/** 小节标题说的是哪个要素；都不是则为 null。 */
export const elementOf = (title: string): Element | null =>
  ELEMENTS.find((element) => element.heading.test(title)) ?? null
