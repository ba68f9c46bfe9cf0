// 台账里常见的写法 → 规范的值。都是纯函数，认不出为 null。

/** 日期：`2024-1-5`、`2024/01/05`、`2024.1.5`、`2024年1月5日`、`20240105`，带时刻的取其日。 */
export function readDay(text: string): string | null {
  const half = text.normalize('NFKC').trim()
  const found =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$/.exec(half) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(half)
  if (!found) return null
  const [year = 0, month = 0, day = 0] = found.slice(1).map(Number)
  const at = new Date(Date.UTC(year, month - 1, day))
  const real = at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === day
  return real && year >= 1949 ? at.toISOString().slice(0, 10) : null
}

/** 非负整数：`12`、`12.0`、`1,200`、`１２件`。 */
export function readCount(text: string): number | null {
  const found = /^(\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.0+)?(?:件|条|个|份|页|起|项)?$/.exec(text.normalize('NFKC').replaceAll(' ', ''))
  return found ? Number((found[1] ?? '').replaceAll(',', '')) : null
}

/** 万元 → 分：至多六位小数，正好到分。 */
export function readWan(text: string): number | null {
  const found = /^(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.(\d{1,6})0*)?(?:万元)?$/.exec(text.normalize('NFKC').replaceAll(' ', ''))
  if (!found) return null
  return Number((found[1] ?? '').replaceAll(',', '')) * 1_000_000 + Number((found[2] ?? '').padEnd(6, '0'))
}

/** 年份：`2024`、`2024年`、`2024年度`。 */
export function readYear(text: string): number | null {
  const found = /^((?:19|20)\d{2})(?:年度?)?$/.exec(text.normalize('NFKC').trim())
  return found ? Number(found[1]) : null
}

/** 是否：`是`、`否`、`有`、`无`、`√`、`TRUE` 等；空串视为未填，为 null。 */
export function readYesNo(text: string): boolean | null {
  const half = text.normalize('NFKC').trim().toLowerCase()
  if (['是', '有', '√', '✓', '✔', 'true', 'y', 'yes', '1'].includes(half)) return true
  if (['否', '无', '没有', '不是', '×', '✗', 'false', 'n', 'no', '0'].includes(half)) return false
  return null
}

/** 多个值写在一格里：以顿号、逗号、分号、换行或空白隔开。 */
export const readList = (text: string): string[] =>
  text
    .split(/[、,，;；\n\s]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
