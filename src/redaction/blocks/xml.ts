import { LIMITS } from '../limits.ts'
import { damaged } from '../unredactable.ts'

/** 元素；w: 前缀略去，其余前缀照写。 */
export interface Element {
  name: string
  attributes: Readonly<Record<string, string>>
  children: (Element | string)[]
}

const TOKEN = /<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<\?[\s\S]*?\?>|<(\/?)([^\s<>/]+)((?:\s+[^\s=<>/]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|([^<]+)|(<)/g
const ATTRIBUTE = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g
const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/** 读 XML 成树；只认 OOXML 用得到的写法，别的（实体声明、不配对、太深）都算损坏。 */
export function parseXml(text: string): Element {
  const root: Element = { name: '', attributes: {}, children: [] }
  const open: Element[] = [root]
  for (const [, cdata, close, name = '', attributes = '', single, words, stray] of text.matchAll(TOKEN)) {
    const top = open.at(-1)!
    if (stray) throw damaged('文件')
    if (cdata !== undefined) top.children.push(cdata)
    else if (words !== undefined) top.children.push(plain(words))
    else if (close) {
      if (top.name !== shortName(name) || open.length === 1) throw damaged('文件')
      open.pop()
    } else if (name) {
      const element: Element = { name: shortName(name), attributes: readAttributes(attributes), children: [] }
      top.children.push(element)
      if (!single) open.push(element)
      if (open.length > LIMITS.xmlDepth) throw damaged('文件')
    }
  }
  if (open.length !== 1) throw damaged('文件')
  return root
}

const shortName = (name: string): string => (name.startsWith('w:') ? name.slice(2) : name)
const readAttributes = (text: string): Record<string, string> =>
  Object.fromEntries([...text.matchAll(ATTRIBUTE)].map((found) => [shortName(found[1] ?? ''), plain(found[2] ?? found[3] ?? '')]))

const plain = (text: string): string =>
  text.replace(/&(#x?[0-9a-fA-F]+|\w+);/g, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name] ?? whole
    const code = name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
  })

export const isElement = (node: Element | string): node is Element => typeof node !== 'string'
export const childrenOf = (element: Element | undefined, name?: string): Element[] =>
  (element?.children ?? []).filter(isElement).filter((child) => name === undefined || child.name === name)
export const childOf = (element: Element | undefined, name: string): Element | undefined => childrenOf(element, name)[0]
export const ownText = (element: Element): string => element.children.filter((child) => typeof child === 'string').join('')

/** 自上而下走遍全树。 */
export function* descendants(element: Element): Iterable<Element> {
  for (const child of element.children) if (isElement(child)) {
    yield child
    yield* descendants(child)
  }
}
