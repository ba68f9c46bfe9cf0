import { missingGlyphs } from '../../documents/index.ts'
import { readCitations } from './citations.ts'
import { composeLetter } from './compose-letter.ts'
import type { LetterInput } from './letter-input.ts'
import { lintLetter } from './letter-lint.ts'
import { PLACEHOLDERS } from './letter-rule.ts'
import type { FreePart } from './letter-rule.ts'
import { letterRule } from './letters.ts'
import type { LetterId } from './letters.ts'
import { sampleLetters } from './sample-letters.ts'

export const MOST_WORDING = 500

const NAMES: Readonly<Record<string, string>> = PLACEHOLDERS
const KEYS: Readonly<Record<string, string>> = Object.fromEntries(Object.entries(NAMES).map(([key, name]) => [name, key]))

/** 页面上的写法：占位用中文，如 `{称呼}`。 */
export const toShownWording = (text: string): string => text.replace(/\{(\w+)\}/g, (whole, key: string) => (NAMES[key] === undefined ? whole : `{${NAMES[key]}}`))

/** 存下的写法：换行统一，每行去掉首尾空白，去掉空行，占位用键。 */
export const toStoredWording = (shown: string): string =>
  shown
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n')
    .replace(/\{([^{}\n]*)\}/g, (whole, name: string) => (KEYS[name] === undefined ? whole : `{${KEYS[name]}}`))

const REMEDY = /复议|復議|诉讼|訴訟|起诉|起訴|上诉|上訴/u
// 处理决定与法律后果：写在别处，与案件的决定不符即误导
const RULING = /决定(予以|部分|不予)?公开|予以公开|部分公开|(不予|不再)(公开|处理|提供|重复处理|办理)|视为|政府信息不存在|不属于本机关/u

/**
 * 一处自己的话合不合：`text` 为存下的写法，`others` 为同一文书其余各处自己的话。合的为 null，不合的说明缘故。
 * 写进这种文书的每件样例（每种结果一件），十条核对都不能有错误；空的即不写这一句。
 */
export function refuseWording(id: LetterId, { part, uses }: Pick<FreePart, 'part' | 'uses'>, text: string, others: Readonly<Record<string, string>> = {}): string | null {
  return refuseText(text, uses) ?? refuseInLetters(id, { ...others, [part]: text })
}

function refuseText(text: string, uses: FreePart['uses']): string | null {
  const shown = toShownWording(text)
  if (Array.from(shown).length > MOST_WORDING) return `不超过 ${MOST_WORDING} 字`
  if (/[^\P{C}\n]/u.test(shown)) return '有看不见的字符，请去掉后再存'
  const unknown = [...text.matchAll(/\{([^{}]*)\}/g)].map((found) => found[1] ?? '').find((key) => !uses.some((use) => use === key))
  if (unknown !== undefined) return `这里不能用占位「{${NAMES[unknown] ?? unknown}}」，可用的列在下面`
  const own = text.replace(/\{\w+\}/g, '')
  if (/[{}｛｝]/u.test(own)) return '花括号没有成对'
  if (text.split('\n').some((line) => line !== '' && !/[。！？][”’）》]?$/u.test(line))) return '每段以句号结束'
  const plain = own.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '')
  if (REMEDY.test(plain)) return '复议、诉讼的告知由系统按处理结果附上，不能在这里写'
  if (RULING.test(plain)) return '处理决定与法律后果由系统按案件写，不能在这里写'
  if (readCitations([own, own.normalize('NFKC').replace(/\s/gu, '')]).citations.length > 0) return '法条由系统按处理结果引用，不能在这里写'
  const missing = missingGlyphs([shown])
  return missing.length === 0 ? null : `「${missing.slice(0, 5).join('')}」现有的字体没有，排不成文书，请换一个写法`
}

function refuseInLetters(id: LetterId, wording: Readonly<Record<string, string>>): string | null {
  for (const input of samplesOf(id)) {
    for (const each of variants({ ...input, wording })) {
      const composed = composeLetter(each)
      if (!composed.ok) throw new Error(`《${letterRule(id).title}》的样例拟不成`)
      const wrong = lintLetter(composed.letter, each).find(({ severity }) => severity === 'error')
      if (wrong !== undefined) return `写进《${composed.letter.title}》不合：${wrong.message}。${wrong.mend}`
    }
  }
  return null
}

/** 这种文书的样例，每种结果一件。 */
export const samplesOf = (id: LetterId): LetterInput[] => sampleLetters().filter(({ input }) => input.id === id).map(({ input }) => input)

// 自然人与单位称呼不同，行政查询事项的救济可以设为两种，送达可以是电子的
function variants(input: LetterInput): LetterInput[] {
  const applicants = input.application === null ? [null] : (['N', 'B'] as const).map((applicantKind) => ({ ...input.application!, applicantKind }))
  return applicants.flatMap((application) => (['EITHER', 'PRE_REVIEW'] as const).map((adminQueryRemedy): LetterInput => ({ ...input, application, settings: { ...input.settings, adminQueryRemedy }, delivery: 'ELECTRONIC' })))
}

/** 以第一件样例预览：用本机关的名称、代字等，没有设置的用样例的。 */
export function previewInput(id: LetterId, body: LetterInput['body'], wording: Readonly<Record<string, string>>): LetterInput {
  const [sample] = samplesOf(id)
  if (sample === undefined) throw new Error(`没有样例 ${id}`)
  const entries = Object.entries(body).filter(([, value]: [string, string]) => value !== '')
  return { ...sample, body: { ...sample.body, ...Object.fromEntries(entries) }, docNo: null, wording }
}
