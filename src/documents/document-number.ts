/** 文书类别字：答复、告知、补正、延期、征求意见、收费。 */
export const LETTER_WORDS = ['答', '告', '补', '延', '征', '费'] as const
export type LetterWord = (typeof LETTER_WORDS)[number]

/** 发文字号的四个部分，如「武城运公开答〔2024〕12号」。 */
export interface DocumentNumber {
  /** 机关代字，如「武城运」 */
  codeWord: string
  word: LetterWord
  year: number
  /** 顺序号，自 1 起 */
  serial: number
}

/** 写成文字：年份全称、六角括号，序号不编虚位、不加「第」（GB/T 9704 第 7.2.5 条）。 */
export const formatNumber = ({ codeWord, word, year, serial }: DocumentNumber): string =>
  `${codeWord}公开${word}〔${year}〕${serial}号`

// LT-01：任何机关的发文字号
const ANY_NUMBER = /^.+〔\d{4}〕[1-9]\d*号$/u
const OWN_NUMBER = /^(?<codeWord>\p{Script=Han}{1,20})公开(?<word>[答告补延征费])〔(?<year>\d{4})〕(?<serial>[1-9]\d{0,8})号$/u

/** 是否合乎发文字号的写法（LT-01），不限于本系统所编。 */
export const isDocumentNumber = (text: string): boolean => ANY_NUMBER.test(text)

/** 读本系统所编的发文字号；不是则为 null。 */
export function parseNumber(text: string): DocumentNumber | null {
  const parts = OWN_NUMBER.exec(text)?.groups
  const word = LETTER_WORDS.find((each) => each === parts?.['word'])
  if (!parts || !word) return null
  return { codeWord: parts['codeWord'] ?? '', word, year: Number(parts['year']), serial: Number(parts['serial']) }
}
