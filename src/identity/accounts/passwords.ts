import { randomInt } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { TooOften } from '../../platform/http/index.ts'

// argon2id，32 MiB × 6 遍：一次约 50–80 毫秒；同时至多两次，内存不过 64 MiB
const COST = { memoryCost: 32 * 1024, timeCost: 6, parallelism: 1 }
const AT_ONCE = 2
const MAX_WAITING = 100

let running = 0
const waiting: (() => void)[] = []

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) {
    if (waiting.length >= MAX_WAITING) throw new TooOften(5)
    await new Promise<void>((resolve) => waiting.push(resolve))
  } else running++
  try {
    return await work()
  } finally {
    // 名额直接交给下一个，不先还再抢
    const next = waiting.shift()
    if (next) next()
    else running--
  }
}

/** 口令的 argon2id 散列（PHC 格式）。排队的人过多时抛 TooOften。 */
export const hashPassword = (password: string): Promise<string> => inTurn(() => hash(password, COST))

let decoy: Promise<string> | undefined

/** 核对口令；没有该账号（hash 为 null）也照样算一遍，使时间不露出账号是否存在。 */
export async function verifyPassword(hashed: string | null, password: string): Promise<boolean> {
  if (hashed !== null) return inTurn(() => verify(hashed, password))
  decoy ??= hashPassword(onetimePassword())
  const unknown = await decoy
  await inTurn(() => verify(unknown, password))
  return false
}

export const PASSWORD_RULES = {
  minLength: 10,
  maxLength: 128,
  /** 不得与最近几次相同 */
  history: 5,
  /** 用满几日须更换（等级保护：口令定期更换） */
  maxAgeDays: 180,
} as const

// 少而常见；带数字尾巴、大小写变化的也认得出
const COMMON = new Set(
  `password passw0rd p@ssword p@ssw0rd admin admin@ administrator root welcome letmein iloveyou sunshine princess
  qwerty qwertyuiop asdfghjkl zxcvbnm qazwsx qazwsxedc 1qaz2wsx 1qaz@wsx abc abcd abcdefghij abcabc woaini woaini520
  test testtest guest user demo changeme default secret master monkey dragon football baseball superman batman
  wuhan wuchang hubei zhengfu xinxi gongkai mingchuang china zhongguo beijing mima computer internet
  a123456 aa123456 qq123456 abc123 qwe123 woaiwojia yangyang zhangwei wangwei`.split(/\s+/),
)

/**
 * 新口令哪里不合要求；合格为 null。
 * 十位以上；不足十六位的须有字母、数字、符号中的两种；不含登录名；不是常见口令、单调的重复或连续。
 */
export function passwordProblem(password: string, accountName: string): string | null {
  const { minLength, maxLength } = PASSWORD_RULES
  const length = Array.from(password).length
  if (length < minLength) return `口令不足 ${minLength} 位，请加长；可以用几个不相干的词连成一句`
  if (password.length > maxLength) return `口令不得超过 ${maxLength} 位`
  const lower = password.toLowerCase()
  if (lower.includes(accountName.toLowerCase())) return '口令不得包含登录名'
  if (isMonotonous(lower)) return '口令是同一字符的重复或者连续的字符，容易被猜中，请另选'
  if (COMMON.has(lower) || COMMON.has(lower.replace(/[\d!@#$%^&*._-]+$/, ''))) return '口令太常见，容易被猜中，请另选'
  if (length < 16 && kindsOf(password) < 2) return '口令不足 16 位的，应当有字母、数字、符号中的至少两种'
  return null
}

const kindsOf = (password: string): number =>
  [/\p{L}/u, /\d/, /[^\p{L}\d]/u].filter((kind) => kind.test(password)).length

// 每一步的间隔都相同：aaaa…、1234…、zyxw…；或者四分之三以上是同一字符
function isMonotonous(text: string): boolean {
  const codes = Array.from(text, (c) => c.codePointAt(0) ?? 0)
  const steps = new Set(codes.slice(1).map((code, i) => code - (codes[i] ?? 0)))
  if (steps.size === 1 || /^1?234567890$|^0?987654321$/.test(text)) return true
  const most = Math.max(...codes.map((code) => codes.filter((other) => other === code).length))
  return most > codes.length * 0.75
}

// 去掉易混的 0O1lI，供抄写
const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789'

/** 一次性口令：16 位，分四组，只显示一次，首次登录即须更换。 */
export function onetimePassword(): string {
  const group = () => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join('')
  return [group(), group(), group(), group()].join('-')
}
