import type { PublishedItem } from '../queries.ts'
import type { Topic } from '../item-details.ts'

/** 想收到哪些；各项都满足才算，都不写即全部。 */
export interface Wish {
  bodyId: string | null
  topic: Topic | null
  /** 名称、文号、概述、主题词里要有的词，以空格隔开，都要有 */
  words: string
}

/** 至多几份，免得一个地址被人订满 */
export const MOST_PER_ADDRESS = 20
/** 没有确认的留多久 */
export const CONFIRM_WITHIN_MS = 48 * 3600 * 1000

const plain = (text: string): string => text.normalize('NFKC').toLowerCase()

/** 检索词归一：空格隔开，去掉重的。 */
export const tidyWords = (text: string): string => [...new Set(text.normalize('NFKC').split(/\s+/).filter((word) => word !== ''))].join(' ')

/** 这一条是不是这份订阅要的。 */
export function isWanted({ bodyId, topic, words }: Wish, item: Pick<PublishedItem, 'bodyId' | 'topic' | 'title' | 'docNo' | 'summary' | 'keywords'>): boolean {
  if (bodyId !== null && item.bodyId !== bodyId) return false
  if (topic !== null && item.topic !== topic) return false
  const text = plain([item.title, item.docNo ?? '', item.summary ?? '', ...item.keywords].join('\n'))
  return plain(words).split(' ').every((word) => text.includes(word))
}
