/** 办公机器上的标准字体名；未装的由办公软件自行替换。 */
export const FONTS = { fangsong: '仿宋_GB2312', kai: '楷体_GB2312', hei: '黑体', title: '方正小标宋简体', song: '宋体' } as const

/** 中西文同用一种字体，并指明按东亚文字取字形（引号、破折号由此为全角）。 */
export const fontOf = (name: string) => ({ ascii: name, hAnsi: name, eastAsia: name, cs: name, hint: 'eastAsia' as const })

/** 一个 3 号字宽、22 行版心的行距，单位为二十分之一点。 */
export const CHAR = 320
export const LINE = 580

/** 版心宽 156 mm。 */
export const BODY_WIDTH = 8844
/** 横向页面的版心宽 225 mm。 */
export const LANDSCAPE_WIDTH = 12756

/** A4 与页边距（天头 37、订口 28、下 35、右 26 mm）；页脚使页码距版心下边缘 7 mm。 */
export const PAGE = {
  size: { width: 11906, height: 16838 },
  portrait: { margin: { top: 2098, bottom: 1984, left: 1588, right: 1474, header: 1134, footer: 1310 } },
  landscape: { margin: { top: 1588, bottom: 1474, left: 2098, right: 1984, header: 850, footer: 850 } },
} as const
