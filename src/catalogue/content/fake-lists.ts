import type { List, ListItem, Run } from './body-blocks.ts'
import { attr, tagOf } from './body-nodes.ts'
import type { Node } from './body-nodes.ts'

/** 以段落仿造的一个列表项。 */
export interface FakeItem {
  kind: 'bullet' | 'number'
  /** 第几层，自 1 起 */
  level: number
  /** 有号的，号数 */
  number: number
  content: readonly Run[]
}

type Found = { kind: 'bullet' | 'number'; level: number; number: number; marker: string; children: readonly Node[] } | { kind: 'text'; marker: string; children: readonly Node[] }

const DEEPEST = 6

/**
 * Word、WPS 粘贴来的列表是段落：样式里写着第几层，号或点是一段「不作内容」的文字。认不是列表的为 null。
 * 「一、」「（一）」「第一条」「a)」之类是公文自己的序号，作为文字（`text`）留在段首，不改成别的号。
 */
export function fakeListItem(node: Node): Found | null {
  const level = /mso-list\s*:\s*l\d+\s+level(\d)/i.exec(attr(node, 'style'))?.[1]
  if (level === undefined) return null
  const marker = findMarker(node)
  const children = (node.children ?? []).map((child) => without(child, marker))
  const text = marker === null ? '' : textOf(marker).replaceAll(/[\s\u00a0]+/g, '')
  const number = /^[(（]?(\d{1,4})[.)）、．]?$/.exec(text)?.[1]
  const depth = Math.min(Number(level), DEEPEST)
  if (number !== undefined) return { kind: 'number', level: depth, number: Number(number), marker: text, children }
  if (text === '' || /^(?:[^\p{L}\p{N}]|[oOØnlu§ü])$/u.test(text)) return { kind: 'bullet', level: depth, number: 0, marker: text, children }
  return { kind: 'text', marker: text, children }
}

function findMarker(node: Node): Node | null {
  for (const child of node.children ?? []) {
    if (/mso-list\s*:\s*ignore/i.test(attr(child, 'style'))) return child
    const inside = findMarker(child)
    if (inside !== null) return inside
  }
  return null
}

// 去掉号，别的照旧；不改原来的节点
function without(node: Node, marker: Node | null): Node {
  if (marker === null || node.children === undefined) return node
  return { ...node, children: node.children.filter((child) => child !== marker).map((child) => without(child, marker)), ...(node === marker ? { children: [] } : {}) }
}

const textOf = (node: Node): string => (tagOf(node) === null ? (node.data ?? '') : (node.children ?? []).map(textOf).join(''))

/** 相连的各项按层次并成列表；同层而种类不同的另成一个。 */
export function groupFakeList(items: readonly FakeItem[]): List[] {
  const lists: List[] = []
  for (let i = 0; i < items.length; ) {
    const first = items[i]
    if (first === undefined) break
    let end = i + 1
    for (let next = items[end]; next !== undefined && (next.level > first.level || (next.level === first.level && next.kind === first.kind)); next = items[end]) end += 1
    lists.push(toList(items.slice(i, end), first))
    i = end
  }
  return lists
}

function toList(items: readonly FakeItem[], first: FakeItem): List {
  const tops: ListItem[] = []
  for (let i = 0; i < items.length; ) {
    let end = i + 1
    for (let next = items[end]; next !== undefined && next.level > first.level; next = items[end]) end += 1
    tops.push({ content: items[i]?.content ?? [], lists: groupFakeList(items.slice(i + 1, end)) })
    i = end
  }
  return { kind: 'list', ordered: first.kind === 'number', start: first.kind === 'number' ? Math.max(1, first.number) : 1, items: tops }
}
