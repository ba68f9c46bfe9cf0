/** 一天，如 `2025-03-03`。 */
export type Day = string

/** 放假的平日与上班的周末，照国务院办公厅各年的通知抄来，不取自程序。 */
const OFF: Readonly<Record<string, string>> = {
  '2024': '0101 0212 0213 0214 0215 0216 0404 0405 0501 0502 0503 0610 0916 0917 1001 1002 1003 1004 1007',
  '2025': '0101 0128 0129 0130 0131 0203 0204 0404 0501 0502 0505 0602 1001 1002 1003 1006 1007 1008',
  '2026': '0101 0102 0216 0217 0218 0219 0220 0223 0406 0501 0504 0505 0619 0925 1001 1002 1005 1006 1007',
}
const ON: Readonly<Record<string, string>> = {
  '2024': '0204 0218 0407 0428 0511 0914 0929 1012',
  '2025': '0126 0208 0427 0928 1011',
  '2026': '0104 0214 0228 0509 0920 1010',
}

/** 次日。 */
export const tomorrow = (day: Day): Day => daysAfter(day, 1)
export const daysAfter = (day: Day, n: number): Day => new Date(Date.parse(`${day}T00:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10)

/** 上班吗。没有抄的年份一概不猜。 */
export function works(day: Day): boolean {
  const [year = '', month = '', date = ''] = day.split('-')
  const off = OFF[year]
  if (off === undefined) throw new Error(`${year} 年的安排没有抄`)
  if (off.split(' ').includes(month + date)) return false
  if ((ON[year] ?? '').split(' ').includes(month + date)) return true
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6
}

/** 某日之后第 n 个工作日，一天一天地数。 */
export function workdaysAfter(day: Day, n: number): Day {
  let left = n
  let now = day
  while (left > 0) {
    now = tomorrow(now)
    if (works(now)) left -= 1
  }
  return now
}

/** 遇休息日顺延到的那一天。 */
export function orNextWorkday(day: Day): Day {
  let now = day
  while (!works(now)) now = tomorrow(now)
  return now
}

/** 自 a 的次日至 b，有几个工作日。 */
export function workdaysFromTo(a: Day, b: Day): number {
  let n = 0
  for (let now = a; now < b; ) {
    now = tomorrow(now)
    if (works(now)) n += 1
  }
  return n
}

/** 如 2025年3月3日。 */
export const inChinese = (day: Day): string => {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日`
}
