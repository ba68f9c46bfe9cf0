/** 单元格的值 → 文字：日期为 `YYYY-MM-DD`，数字去掉浮点尾差且不用科学记数，其余去首尾空白。 */
export function toCellText(value: string | number | boolean | Date | null | undefined): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(0, 10)
  if (typeof value === 'number') return toNumberText(value)
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  return tidy(value)
}

// 电子表格只存 15 位有效数字，多出来的是二进制的尾差
function toNumberText(value: number): string {
  if (!Number.isFinite(value)) return ''
  const rounded = Number(value.toPrecision(15))
  if (Number.isInteger(rounded)) return BigInt(rounded).toString()
  const text = String(rounded)
  return text.includes('e') ? rounded.toFixed(20).replace(/0+$/, '') : text
}

// 从网页和公文里粘来的不换行空格、零宽字符、全角空格
const tidy = (text: string): string =>
  text
    .replace(/[\u200b-\u200d\u2060\ufeff]/g, '')
    .replace(/\r\n?/g, '\n')
    .replace(/^[\s\u3000\u00a0]+|[\s\u3000\u00a0]+$/g, '')
