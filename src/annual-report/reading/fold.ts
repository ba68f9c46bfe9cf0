import { normalLabel } from '../../statute/report-label.ts'

// oxlint-disable-next-line no-control-regex -- PDF 与网页里确有控制符
const INVISIBLE = /[\u0000-\u0008\u000e-\u001f\u007f\u200b-\u200f\u2028\u2029\u2060\ufeff\u00ad]/g

/** 找行时的归一：附录 A 的归一，再去控制符，逗号与顿号不分，引号不分。只用于比对。 */
export const fold = (text: string): string =>
  normalLabel(text.replace(INVISIBLE, ''))
    .replace(/[“”"「」『』〝〞＂'‘’]/g, '"')
    .replace(/[、，,]/g, ',')

/** 只保留可见的文字，首尾不留空白；原有的全半角不动。 */
export const visible = (text: string): string => text.replace(INVISIBLE, '').trim()

/** 显示宽度：汉字与全角占两列。 */
export function displayWidth(text: string): number {
  let width = 0
  for (const char of text) width += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(char) ? 2 : 1
  return width
}

/** 最长公共子序列的长度。 */
export function commonLength(a: string, b: string): number {
  let row = new Uint16Array(b.length + 1)
  for (let i = 0; i < a.length; i++) {
    const next = new Uint16Array(b.length + 1)
    for (let j = 0; j < b.length; j++)
      next[j + 1] = a[i] === b[j] ? row[j]! + 1 : Math.max(row[j + 1]!, next[j]!)
    row = next
  }
  return row[b.length]!
}
