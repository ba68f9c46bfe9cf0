/** 一格的读法：数字、空格、表示「无」的符号或文字、认不出的文字。 */
export type ValueKind = 'number' | 'blank' | 'mark' | 'text'

const MARK = /^(?:[-—–―─－/／\\]+|无|暂无|零|〇|○|O|o|空|不适用|N\/A)$/
const NUMBER = /^[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?$/
const UNIT = /(?:件|项|个|条|万元|元)$/

const bare = (raw: string): string =>
  raw
    .normalize('NFKC')
    .replace(/[\s\u200b-\u200f\u2060\ufeff]+/g, '')
    .replace(/，/g, ',')
    .replace(/[−﹣]/g, '-')

export function valueKind(raw: string): ValueKind {
  const text = bare(raw)
  if (text === '') return 'blank'
  if (NUMBER.test(text.replace(UNIT, ''))) return 'number'
  return MARK.test(text) ? 'mark' : 'text'
}

/** 格的值：半角全角、千分位、数字内的空白、单位后缀都认；空格与 `-` `/` 等不是 0，为 null。 */
export function parseValue(raw: string): number | null {
  const text = bare(raw).replace(UNIT, '')
  if (!NUMBER.test(text)) return null
  const value = Number(text.replaceAll(',', ''))
  return Number.isFinite(value) && Math.abs(value) < 1e15 ? value : null
}
