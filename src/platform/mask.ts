/** 姓名只留姓：`张三` → `张*`，`欧阳修远` → `欧***`；一个字的全遮。 */
export function maskName(name: string): string {
  const letters = [...name.trim()]
  if (letters.length <= 1) return letters.length === 0 ? '' : '*'
  return `${letters[0]}${'*'.repeat(letters.length - 1)}`
}

/** 号码留前三后四；不足八位的全遮。 */
export function maskNumber(number: string): string {
  const digits = [...number.trim()]
  if (digits.length < 8) return '*'.repeat(digits.length)
  return `${digits.slice(0, 3).join('')}${'*'.repeat(digits.length - 7)}${digits.slice(-4).join('')}`
}

/** 电子邮箱留首字与域名。 */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@')
  return at < 1 ? '*'.repeat(email.length) : `${email[0]}***${email.slice(at)}`
}

/** 地址只到区、县；认不出的全遮。 */
export function maskAddress(address: string): string {
  const found = /^.{0,20}?(?:市.{1,10}?[区县市]|[^市]{1,12}?[区县])/u.exec(address.trim())
  return found ? `${found[0]}***` : '***'
}
