import { isUscc } from '../../bodies/index.ts'
import { isPlainDate } from '../../statute/plain-date.ts'
import { findPersonalNumbers } from '../../statute/personal-numbers.ts'
import type { Found, RuleName } from './hit.ts'
import type { WordIndex } from './word-index.ts'

/** 查的是本机关的什么：自己的代码不算别人的。 */
export interface ScanContext {
  ownCode: string | null
  words: WordIndex
}

/** 找出一段文字里的各处；文字须已经过 `toPlain`。每条规则都只走一遍，没有回头重来的写法。 */
export function scanText(plain: string, { ownCode, words }: ScanContext): Found[] {
  const numbers = personalNumbers(plain).toSorted((a, b) => a.from - b.from)
  const taken = covering(numbers)
  const others = [...credits(plain, ownCode), ...accounts(plain), ...PATTERNS.flatMap((pattern) => matches(plain, pattern))].filter(({ from, to }) => !taken(from, to))
  return withoutOverlaps([...numbers, ...others, ...marks(plain), ...words.find(plain)].toSorted((a, b) => a.from - b.from || b.to - a.to))
}

// 同一条规则的几种写法认出同一处的，只算一处
function withoutOverlaps(found: readonly Found[]): Found[] {
  const ends = new Map<RuleName, number>()
  return found.filter(({ rule, from, to }) => {
    if (rule !== 'word' && from < (ends.get(rule) ?? 0)) return false
    ends.set(rule, to)
    return true
  })
}

interface Pattern {
  rule: RuleName
  regex: RegExp
  /** 前后这些字样的不算 */
  unless?: RegExp
  /** 这些字样在近旁的才算 */
  near?: RegExp
  personal?: true
}

const AROUND = 12
const PROVINCES = '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼'

const OFFICE = /办公|窗口|大厅|科室|接待|地址在|中心/

const PATTERNS: readonly Pattern[] = [
  { rule: 'home', regex: /\d{1,4}(?:栋|幢|号楼|座)[A-Za-z0-9一二三四五六七八九]{1,2}单元(?:\d{1,5}(?:室|户|房|号)?)?/g, personal: true },
  { rule: 'home', regex: /(?<!\d)\d{1,2}单元\d{3,5}(?:室|户|房|号)?/g, personal: true },
  { rule: 'home', regex: /\d{1,4}(?:栋|幢)[^\n,。;\d]{0,4}\d{1,5}(?:室|户|房)/g, unless: OFFICE, personal: true },
  { rule: 'room', regex: /\d{1,4}(?:栋|幢)[^\n,。;\d]{0,4}\d{1,5}(?:室|户|房)/g, near: OFFICE },
  { rule: 'room', regex: /\d{1,4}(?:号楼|座)[^\n,。;\d]{0,4}\d{1,5}(?:室|户|房)/g },
  { rule: 'room', regex: /[路街巷道弄]\d{1,5}号[^\n,。;\d]{0,10}\d{1,5}(?:室|户|房)/g },
  { rule: 'plate', regex: new RegExp(`(?<![A-Za-z0-9])[${PROVINCES}][A-HJ-NP-Z][·. ]?[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警](?![A-Za-z0-9])`, 'g'), personal: true },
  { rule: 'old-id-number', regex: /(?<![0-9A-Za-z])[1-8]\d{5}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?![0-9A-Za-z])/g, near: /身份证|证件|公民身份/, personal: true },
  { rule: 'passport', regex: /(?<![0-9A-Za-z])[EGDSPHMC][A-Z]?\d{7,9}(?![0-9A-Za-z])/g, near: /护照|通行证/, personal: true },
  { rule: 'medical', regex: /(?:病历|住院|门诊|就诊卡|病案)号(?:码)?[:\s]{0,3}[A-Z0-9]{4,20}/g, personal: true },
  { rule: 'medical-words', regex: /(?:确诊为?|诊断为|诊断[:]|罹患|身患|患有)[^\n,。;]{0,8}?(?:癌|瘤|艾滋|HIV|精神分裂|抑郁|双相|乙肝|丙肝|结核|梅毒|白血病|尿毒症|癫痫|精神病|重病|重大疾病)/g },
  { rule: 'contact', regex: /微信号?[:]\s{0,3}[A-Za-z][-_A-Za-z0-9]{5,19}/g },
  { rule: 'contact', regex: /(?<![\w.+-])[\w.+-]{1,40}@(?:qq|163|126|sina|sohu|139|foxmail|gmail|outlook|hotmail)\.(?:com|cn|net)(?!\w)/gi },
  { rule: 'home-phone', regex: /(?<!\d)0\d{2,3}[-\s]?[2-9]\d{6,7}(?!\d)/g, near: /住宅|家庭|宅电|家里/ },
  { rule: 'office-phone', regex: /(?<!\d)0\d{2,3}[-\s]?[2-9]\d{6,7}(?!\d)/g, unless: /住宅|家庭|宅电|家里/ },
  { rule: 'not-public-mark', regex: /(?:公开属性|公开方式|公开形式|公开选项|公开类型|是否公开)[:\s]{1,3}(?:不予公开|依申请公开|不公开|内部)/g },
  { rule: 'internal-words', regex: /(?:内部资料|内部文件|内部传阅|内部掌握|内部使用|仅供内部|党内文件|注意保密|注意保存|不得外传|严禁外传|请勿外传|不得扩散|不得翻印|严禁复制|阅后即焚|阅后收回|阅后退回)/g, unless: /内部资料性出版物|连续性内部资料/ },
  { rule: 'internal-words', regex: /(?:绝密|机密|秘密)级?(?:文件|资料|材料|会议|事项|电报|件)/g, unless: /商业秘密|保守|保护|技术秘密|工作秘密管理|属于国家秘密|涉及国家秘密|个人秘密/ },
  { rule: 'punctuation', regex: /[,。;、]{2,6}/g },
]

function matches(plain: string, { rule, regex, unless, near, personal }: Pattern): Found[] {
  return [...plain.matchAll(regex)].flatMap((match) => {
    const [from, to] = [match.index, match.index + match[0].length]
    if (unless?.test(around(plain, from, to)) === true || (near !== undefined && !near.test(around(plain, from, to)))) return []
    return [{ rule, from, to, ...(personal === undefined ? {} : { masked: maskOf(match[0]) }) }]
  })
}

const around = (plain: string, from: number, to: number): string => plain.slice(Math.max(0, from - AROUND), to + AROUND)

/** 数字与字母一概遮去，汉字留着，看得出是什么。 */
const maskOf = (text: string): string => text.replaceAll(/[0-9A-Za-z]/g, '*')

/** 一段与这些处（依起点排好、互不相叠）有没有相叠的；二分去找，几万处也不慢。 */
function covering(ranges: readonly Found[]): (from: number, to: number) => boolean {
  return (from, to) => {
    let [low, high] = [0, ranges.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((ranges[middle]?.to ?? 0) <= from) low = middle + 1
      else high = middle
    }
    const next = ranges[low]
    return next !== undefined && next.from < to
  }
}

const KIND_RULES = { 居民身份证号码: 'id-number', 手机号码: 'mobile', 银行卡号: 'bank-card' } as const

// 号码前后紧挨着字母的（ID110…）、残疾人证的二十位，通行的认法不认，另认
const LONG = /(?<!\d)(?:\d{17}[Xx](?:\d{2}(?!\d))?|\d{18}(?:\d{2})?(?!\d))/g

function personalNumbers(plain: string): Found[] {
  const known = findPersonalNumbers(plain).map(({ kind, masked, from, to }): Found => ({ rule: KIND_RULES[kind], from, to, masked }))
  const taken = covering(known)
  const more = [...plain.matchAll(LONG)].flatMap((match): Found[] => {
    const [from, to, id] = [match.index, match.index + match[0].length, match[0].slice(0, 18)]
    if (taken(from, to) || !hasBirthday(id) || findPersonalNumbers(id).length === 0) return []
    return [{ rule: match[0].length === 20 ? 'disability-number' : 'id-number', from, to, masked: `${id.slice(0, 3)}${'*'.repeat(match[0].length - 7)}${match[0].slice(-4)}` }]
  })
  // 全是数字的统一社会信用代码，校验位碰巧也合身份证的，看有没有生日
  return [...known.filter(({ rule, from, to }) => rule !== 'id-number' || !isUscc(plain.slice(from, to)) || hasBirthday(plain.slice(from, to))), ...more]
}

const hasBirthday = (id: string): boolean => isPlainDate(`${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`) && /^(?:19|20)/.test(id.slice(6, 10))

function credits(plain: string, ownCode: string | null): Found[] {
  return [...plain.matchAll(/(?<![0-9A-Za-z])[0-9A-HJ-NP-RTUWXY]{2}\d{6}[0-9A-HJ-NP-RTUWXY]{10}(?![0-9A-Za-z])/g)]
    .filter(([code]) => isUscc(code))
    .map((match) => ({ rule: match[0] === ownCode ? ('own-code' as const) : ('credit-code' as const), from: match.index, to: match.index + match[0].length }))
}

// 62 开头的已由通行的认法认出；此外靠近旁的字样
function accounts(plain: string): Found[] {
  return [...plain.matchAll(/(?<![0-9A-Za-z])\d{12,19}(?![0-9A-Za-z])/g)]
    .filter((match) => /账号|帐号|账户|帐户|卡号|开户/.test(plain.slice(Math.max(0, match.index - 16), match.index)))
    .map((match) => ({ rule: 'account-number' as const, from: match.index, to: match.index + match[0].length, masked: `${'*'.repeat(match[0].length - 4)}${match[0].slice(-4)}` }))
}

// 版头的标志：密级★期限、写明的密级、版头里单成一行的密级；行文里说到秘密的（商业秘密、保守国家秘密）都不是
const SECRET = [
  /(?:绝密|机密|秘密)级?[ \t]{0,4}[★☆⭐][ \t]{0,4}(?:\d{1,3}(?:年|个月|天)|长期|启封)?/g,
  /[★☆⭐][ \t]{0,4}(?:绝密|机密|秘密)/g,
  /(?:密级|保密等级|定密)[ \t]{0,3}[:][ \t]{0,3}(?:绝密|机密|秘密)/g,
]
const ALONE = /^[ \t]{0,40}(?:绝[ \t]{0,4}密|机[ \t]{0,4}密|秘[ \t]{0,4}密)[ \t]{0,4}(?:\d{1,3}年|长期)?[ \t]{0,40}$/gm
const HEAD_LINES = 8

function marks(plain: string): Found[] {
  const found = (regex: RegExp) => [...plain.matchAll(regex)].map((match) => ({ from: match.index, to: match.index + match[0].length }))
  const head = headEnd(plain)
  return [
    ...SECRET.flatMap(found).map((at): Found => ({ rule: 'secret-mark', ...at })),
    // 版头以下单成一行的，多是表格里讲密级的一格
    ...found(ALONE).map((at): Found => ({ rule: at.from < head ? 'secret-mark' : 'internal-words', ...at })),
  ]
}

function headEnd(plain: string): number {
  let at = -1
  for (let line = 0; line < HEAD_LINES; line += 1) {
    at = plain.indexOf('\n', at + 1)
    if (at < 0) return plain.length
  }
  return at
}
