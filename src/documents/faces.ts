import { readdirSync, type Dirent } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { root } from '../platform/paths.ts'
import { readFontNames } from './font-names.ts'
import { isUnreadable } from './sfnt.ts'

/** 公文用字的五种：题名、一级标题、二级标题、正文、表格与页码。 */
const ROLES = ['title', 'hei', 'kai', 'fangsong', 'song'] as const
export type Role = (typeof ROLES)[number]

/** 各种用字：国家标准所要的字体，与按次序选用的族名；floor 随 npm 安装，任何机器都有，standsIn 指它只是代用。 */
const WANTED = {
  fangsong: {
    use: '正文',
    standard: '仿宋',
    families: ['方正仿宋_GBK', '仿宋_GB2312', 'FangSong_GB2312', 'FangSong', '仿宋', 'STFangsong', '华文仿宋', '朱雀仿宋', 'Zhuque Fangsong', 'FandolFang R'],
    floor: 'Noto Serif SC',
    standsIn: true,
  },
  kai: {
    use: '二级标题',
    standard: '楷体',
    families: ['方正楷体_GBK', '楷体_GB2312', 'KaiTi_GB2312', 'KaiTi', '楷体', 'STKaiti', '华文楷体', 'FandolKai', 'LXGW WenKai GB', '霞鹜文楷 GB'],
    floor: 'Noto Serif SC',
    standsIn: true,
  },
  hei: {
    use: '一级标题',
    standard: '黑体',
    families: ['方正黑体_GBK', 'SimHei', '黑体', 'STHeiti', '华文黑体', 'FandolHei'],
    floor: 'Noto Sans SC',
    standsIn: false,
  },
  title: {
    use: '题名',
    standard: '小标宋',
    families: ['方正小标宋_GBK', '方正小标宋简体', 'FZXiaoBiaoSong-B05S', 'FZXiaoBiaoSong-B05'],
    floor: 'Noto Serif SC',
    standsIn: true,
  },
  song: { use: '表格、页码', standard: '宋体', families: ['方正书宋_GBK', 'SimSun', '宋体'], floor: 'Noto Serif SC', standsIn: false },
} as const satisfies Record<Role, { use: string; standard: string; families: readonly string[]; floor: string; standsIn: boolean }>

/** 主字体缺字时依次查找的族名：收字最广的在前。 */
const RESERVES = ['Noto Serif CJK SC', 'Noto Serif SC', 'Noto Sans CJK SC', 'Noto Sans SC', 'SimSun-ExtB', 'SimSun-ExtG']

/** 选定的用字：各种用字的族名链，要载入的字体文件。 */
export interface Faces {
  chains: Readonly<Record<Role, readonly string[]>>
  /** 楷体、小标宋由宋体代替时加粗，否则与正文无从区分 */
  bold: Readonly<Record<'kai' | 'title', boolean>>
  files: readonly string[]
}

/** 一种用字实际所用的字体，供下载页写明。 */
export interface FaceInUse {
  use: string
  standard: string
  family: string
  /** 不是标准所要的字体，而是代用 */
  isSubstitute: boolean
}

const expo = (name: string) => join(root, 'node_modules/@expo-google-fonts', name)
const FLOOR_FILES = [
  expo('noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf'),
  expo('noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf'),
  expo('noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'),
]

const SYSTEM_DIRS = [
  '/usr/share/fonts',
  '/usr/local/share/fonts',
  '/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol',
  '/usr/share/texmf/fonts/opentype/public/fandol',
  join(homedir(), '.fonts'),
  join(homedir(), '.local/share/fonts'),
  join(homedir(), 'Library/Fonts'),
  '/Library/Fonts',
  '/System/Library/Fonts',
  'C:/Windows/Fonts',
]
// 系统字体目录可有上千个文件，只看名字像中文字体的；FONT_DIR 里的全看
const LIKELY = /fang|kai|hei|song|simsun|xiaobiao|cjk|fandol|wenkai|gb2312|gbk|^fz|^st/i
const MAX_DEPTH = 4
const MAX_FILES = 2000

// 排版引擎不认可变字体，会取其最细的一端
const isFont = (name: string): boolean => /\.(ttf|otf|ttc)$/i.test(name) && !/VF|\[/.test(name)

function listFonts(dir: string, accepts: (name: string) => boolean, depth = 0): string[] {
  return entriesOf(dir)
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(dir, entry.name)
      if (entry.isDirectory()) return depth < MAX_DEPTH ? listFonts(path, accepts, depth + 1) : []
      return isFont(entry.name) && accepts(entry.name) ? [path] : []
    })
    .slice(0, MAX_FILES)
}

function entriesOf(dir: string): Dirent[] {
  try {
    return readdirSync(dir, { withFileTypes: true })
  } catch (error) {
    if (isUnreadable(error)) return []
    throw error
  }
}

/** 在给定的目录里挑字体；一个也没有时全用随 npm 安装的。 */
export function chooseFaces(fontDir: string | undefined, systemDirs: readonly string[] = SYSTEM_DIRS): Faces {
  const own = fontDir ? listFonts(fontDir, () => true) : []
  const found = [...own, ...systemDirs.flatMap((dir) => listFonts(dir, (name) => LIKELY.test(name))), ...FLOOR_FILES].flatMap(
    (file) => readFontNames(file).map((names) => ({ ...names, file })),
  )
  const find = (families: readonly string[]) =>
    families.map((name) => found.find((face) => face.families.includes(name))).find((face) => face !== undefined)
  const chain = (role: Role) => {
    const first = find([...WANTED[role].families, WANTED[role].floor])
    const reserves = RESERVES.map((name) => find([name])).filter((face) => face !== undefined)
    const others = found.filter((face) => own.includes(face.file))
    return [...(first ? [first] : []), ...reserves, ...others]
  }
  const chains = { fangsong: chain('fangsong'), kai: chain('kai'), hei: chain('hei'), title: chain('title'), song: chain('song') }
  const families = (role: Role) => [...new Set(chains[role].map((face) => face.family))]
  const used = new Set(Object.values(chains).flatMap((faces) => faces.map((face) => face.family)))
  return {
    chains: { fangsong: families('fangsong'), kai: families('kai'), hei: families('hei'), title: families('title'), song: families('song') },
    bold: { kai: families('kai')[0] === WANTED.kai.floor, title: families('title')[0] === WANTED.title.floor },
    files: [...new Set(found.filter((face) => used.has(face.family)).map((face) => face.file))],
  }
}

let chosen: Faces | null = null
/** 本机选定的用字；首次查找约几十毫秒，其后不再查。 */
export const currentFaces = (): Faces => (chosen ??= chooseFaces(process.env['FONT_DIR'] || undefined))

/** 各种用字实际所用的字体。 */
export const fontsInUse = (faces: Faces = currentFaces()): FaceInUse[] =>
  ROLES.map((role) => {
    const family = faces.chains[role][0] ?? ''
    return { use: WANTED[role].use, standard: WANTED[role].standard, family, isSubstitute: WANTED[role].standsIn && family === WANTED[role].floor }
  })
