/** XML 里的一段文字：转义，去掉 XML 1.0 存不下的控制字符。 */
export const xmlText = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/(?![\t\n\r])\p{Cc}|[\ufffe\uffff]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')

/** 一个元素；没有内容的不写。 */
export const xmlElement = (name: string, text: string | null | undefined, attributes: Readonly<Record<string, string>> = {}): string => {
  const marks = Object.entries(attributes).map(([key, value]) => ` ${key}="${xmlText(value)}"`).join('')
  if (text === undefined || text === null || text === '') return marks === '' ? '' : `<${name}${marks}/>`
  return `<${name}${marks}>${xmlText(text)}</${name}>`
}

export const XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
