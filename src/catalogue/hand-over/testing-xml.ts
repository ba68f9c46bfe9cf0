const NAME = String.raw`[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?`
const TAG = new RegExp(String.raw`^<(/?)(${NAME})((?:\s+${NAME}="[^"<]*")*)\s*(/?)>`)
const ENTITY = /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-f]+);)/i

export interface XmlElement {
  name: string
  attributes: Record<string, string>
  text: string
  children: XmlElement[]
}

/** 测试用的 XML 解析：不合规矩（标签不配对、未转义、重名的属性、控制字符、多个根）即抛错，与阅读器一样严。 */
export function parseXml(xml: string): XmlElement {
  if (!xml.startsWith('<?xml version="1.0" encoding="UTF-8"?>')) throw new Error('没有 XML 声明')
  if (/(?![\t\n\r])\p{Cc}/u.test(xml)) throw new Error('有控制字符')
  if (ENTITY.test(xml)) throw new Error('有没有转义的 &')
  const top: XmlElement = { name: '', attributes: {}, text: '', children: [] }
  const open = [top]
  for (let rest = xml.slice(xml.indexOf('?>') + 2).trim(); rest !== ''; ) {
    const here = open.at(-1) ?? top
    if (!rest.startsWith('<')) {
      const end = rest.indexOf('<')
      if (end === -1) throw new Error('根之外有文字')
      here.text += unescape(rest.slice(0, end))
      rest = rest.slice(end)
      continue
    }
    const [whole, closing, name = '', attributes = '', empty] = TAG.exec(rest) ?? []
    if (whole === undefined) throw new Error(`标签不对：${rest.slice(0, 60)}`)
    rest = rest.slice(whole.length)
    if (closing === '/') {
      if (open.pop()?.name !== name || open.length === 0) throw new Error(`</${name}> 没有对上`)
      continue
    }
    const element: XmlElement = { name, attributes: readAttributes(attributes), text: '', children: [] }
    here.children.push(element)
    if (empty !== '/') open.push(element)
  }
  const [root, ...more] = top.children
  if (root === undefined || more.length > 0 || open.length > 1) throw new Error('没有收尾，或不止一个根')
  return root
}

function readAttributes(text: string): Record<string, string> {
  const found: Record<string, string> = {}
  for (const [, name = '', value = ''] of text.matchAll(/([\w:.-]+)="([^"]*)"/g)) {
    if (Object.hasOwn(found, name)) throw new Error(`属性 ${name} 重了`)
    found[name] = unescape(value)
  }
  return found
}

const unescape = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')

/** 其下同名的元素。 */
export const childrenOf = (element: XmlElement, name: string): XmlElement[] => element.children.filter((each) => each.name === name)
export const textOf = (element: XmlElement, name: string): string => childrenOf(element, name)[0]?.text ?? ''
