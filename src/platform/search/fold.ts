/** 检索所比的写法：全角半角、大小写不论，各种括号的年份一律作六角括号。 */
export const foldText = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/[[【(](\d{4})[\])】]/g, '〔$1〕')

/** 文号、索引号所比的写法：另去掉空白与「第」。 */
export const foldNumber = (text: string): string => foldText(text).replaceAll(/\s/g, '').replaceAll(/〕第(?=\d)/g, '〕')

const DOC_NUMBER = /[\p{Script=Han}]{1,20}〔\d{4}〕\s*第?\d{1,5}\s*号/gu

/** 文字里像文号的，如「示政办发〔2024〕5号」，已是所比的写法。 */
export const findNumbers = (text: string): string[] => [...foldText(text).matchAll(DOC_NUMBER)].map(([found]) => foldNumber(found))

// 年份没有括号的，括号写成别的样子的，写作「2025年第1号」「2025-1号」的；全是号的，末尾的「号」也可以不写
const BARE_NUMBER = /([\p{Script=Han}]{1,20})[^\p{L}\p{N}]{0,2}((?:19|20)\d{2})(?:年|[^\p{L}\p{N}]{0,2})第?0*(\d{1,5})(?:号|$)/gu

/** 文字里漏写了年份括号的文号，如「示住建规20251号」，补作所比的写法。 */
export const findBareNumbers = (text: string): string[] => [...foldText(text).replaceAll(/\s/g, '').matchAll(BARE_NUMBER)].map(([, word, year, number]) => `${word}〔${year}〕${number}号`)

/** 相邻的二字，标点、空白不算；不足二字的没有。 */
export function bigramsOf(folded: string): string[] {
  const letters = [...folded.replaceAll(/[^\p{L}\p{N}]/gu, '')]
  return letters.slice(1).map((letter, i) => `${letters[i]}${letter}`)
}
