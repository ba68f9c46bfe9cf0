import { ATTRIBUTES } from '../item.ts'
import { TOPICS } from '../item-details.ts'
import type { Genre } from '../item-details.ts'
import type { PublishedItem } from '../queries.ts'
import { itemFilePath, itemPath } from './item-path.ts'
import type { Standing } from './related-items.ts'

export interface JsonLdInput {
  item: PublishedItem
  /** 发文机关 */
  issuer: string
  description: string
  standing: Standing
  /** 本站对外的网址，末尾无斜线 */
  baseUrl: string
}

const RULE_GENRES: readonly (Genre | null)[] = ['order', 'decision', 'rules', 'opinion', 'notice', 'circular']

/** schema.org 的哪一种：规范性文件为 Legislation，统计、预决算、表格为 Dataset，办事指南为 GovernmentService，其余为文件。 */
export function schemaType({ codes, genre, title }: Pick<PublishedItem, 'codes' | 'genre' | 'title'>): 'Legislation' | 'Dataset' | 'GovernmentService' | 'DigitalDocument' {
  if (codes.includes('A20_01') && RULE_GENRES.includes(genre)) return 'Legislation'
  if (genre === 'table' || codes.includes('A20_04') || codes.includes('A20_07')) return 'Dataset'
  if (codes.includes('A20_05') && /指南|服务事项|办理流程/.test(title)) return 'GovernmentService'
  return 'DigitalDocument'
}

/** 机读的描述（schema.org），放在页面的 head 里。 */
export function toJsonLd({ item, issuer, description, standing, baseUrl }: JsonLdInput): Record<string, unknown> {
  const type = schemaType(item)
  const url = `${baseUrl}${itemPath(item.indexNo)}`
  const organization = { '@type': 'GovernmentOrganization', name: issuer }
  const common = { '@context': 'https://schema.org', '@type': type, name: item.title, description, url, identifier: item.indexNo, inLanguage: 'zh-CN' }
  if (type === 'GovernmentService') return { ...common, serviceOperator: organization, provider: organization }
  const files = (item.details?.attachments ?? []).map((file) => ({
    '@type': 'DataDownload',
    name: file.name,
    encodingFormat: file.mediaType,
    contentSize: `${file.bytes} B`,
    contentUrl: `${baseUrl}${itemFilePath(item.itemId, file)}`,
  }))
  const keywords = [...item.keywords, ...(item.topic === null ? [] : [TOPICS[item.topic]])]
  const work = {
    ...common,
    publisher: organization,
    dateCreated: item.formedOn,
    datePublished: item.publishedOn,
    dateModified: item.revisedOn,
    version: String(item.edition),
    ...(keywords.length > 0 && { keywords: keywords.join('，') }),
    isAccessibleForFree: true,
    conditionsOfAccess: ATTRIBUTES.proactive,
  }
  if (type === 'Dataset') return { ...work, creator: organization, ...(files.length > 0 && { distribution: files }) }
  const attached = files.length > 0 && { associatedMedia: files.map((file) => ({ ...file, '@type': 'MediaObject' })) }
  if (type !== 'Legislation') return { ...work, ...attached }
  return {
    ...work,
    ...attached,
    ...(item.docNo !== null && { legislationIdentifier: item.docNo }),
    legislationDate: item.formedOn,
    legislationPassedBy: organization,
    legislationLegalForce: `https://schema.org/${standing.kind === 'valid' ? 'InForce' : standing.kind === 'revised' ? 'PartiallyInForce' : 'NotInForce'}`,
  }
}

/** 写进 script 元素的文字：里面不会出现能结束该元素的写法。 */
export const jsonLdText = (value: unknown): string => JSON.stringify(value).replaceAll('<', String.raw`\u003c`)
