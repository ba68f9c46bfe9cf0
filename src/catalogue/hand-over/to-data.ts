import type { FileStore } from '../../platform/files.ts'
import { renderBody } from '../content/clean-html.ts'
import { GENRES, RELATIONS, TOPICS } from '../item-details.ts'
import { articleOf, PUBLICATION_CODES } from '../publication-codes.ts'
import { itemFilePath, itemPath } from '../public/item-path.ts'
import type { FeedItem } from './feed.ts'

export interface Publisher {
  code: string
  name: string
}

/** 一条信息的公开数据：元数据、附件与地址；供别的系统取用，也随静态站点导出。 */
export function toData(item: FeedItem, publisher: Publisher, base: string) {
  const { details } = item
  return {
    indexNo: item.indexNo,
    title: item.title,
    docNo: item.docNo,
    publisher,
    issuer: item.issuer,
    codes: item.codes.map((code) => ({ code, article: articleOf(code), label: PUBLICATION_CODES[code].label })),
    topic: item.topic === null ? null : { code: item.topic, name: TOPICS[item.topic] },
    genre: item.genre === null ? null : { code: item.genre, name: GENRES[item.genre] },
    keywords: item.keywords,
    summary: item.summary,
    formedOn: item.formedOn,
    effectiveOn: item.effectiveOn,
    publishedOn: item.publishedOn,
    revisedOn: item.revisedOn,
    expiredOn: item.expiredOn,
    edition: item.edition,
    changedAt: item.changedAt.toISOString(),
    url: base + itemPath(item.indexNo),
    originalUrl: item.url,
    relations: (details?.relations ?? []).map(({ kind, indexNo }) => ({ kind, label: RELATIONS[kind].label, indexNo, url: base + itemPath(indexNo) })),
    attachments: (details?.attachments ?? []).map((each) => ({ name: each.name, mediaType: each.mediaType, bytes: each.bytes, sha256: each.key, url: base + itemFilePath(item.itemId, each) })),
  }
}

/** 正文的网页，图片用全网址；只在外站公开的、没有正文的为 null。 */
export async function toBodyHtml(files: FileStore, item: Pick<FeedItem, 'itemId' | 'details'>, base: string): Promise<string | null> {
  const { body = null, pictures = [] } = item.details ?? {}
  if (body === null) return null
  const known = new Map(pictures.map((each) => [each.key, base + itemFilePath(item.itemId, each)]))
  return renderBody((await files.get(body)).toString('utf8'), (key) => known.get(key) ?? null)
}

const DCAT = {
  dcat: 'http://www.w3.org/ns/dcat#',
  dct: 'http://purl.org/dc/terms/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  hydra: 'http://www.w3.org/ns/hydra/core#',
  spdx: 'http://spdx.org/rdf/terms#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
} as const

const day = (value: string) => ({ '@type': 'xsd:date', '@value': value })

/** DCAT-AP 目录的一页（JSON-LD）：一条信息为一个数据集，网页与各附件为其分发。 */
export const toCatalog = (input: { title: string; base: string; self: string; next: string | null; items: readonly FeedItem[]; publisherOf: (bodyId: string) => Publisher }) => ({
  '@context': DCAT,
  '@id': `${input.base}/catalog.jsonld`,
  '@type': 'dcat:Catalog',
  'dct:title': { '@language': 'zh-CN', '@value': input.title },
  'dct:description': { '@language': 'zh-CN', '@value': '依照政府信息公开条例主动公开的政府信息目录' },
  'dct:publisher': { '@type': 'foaf:Organization', 'foaf:name': input.title },
  'dct:language': { '@id': 'http://publications.europa.eu/resource/authority/language/ZHO' },
  'foaf:homepage': { '@id': `${input.base}/` },
  'hydra:view': { '@id': input.base + input.self, '@type': 'hydra:PartialCollectionView', ...(input.next === null ? {} : { 'hydra:next': { '@id': input.base + input.next } }) },
  'dcat:dataset': input.items.map((item) => toDataset(item, input.publisherOf(item.bodyId), input.base)),
})

function toDataset(item: FeedItem, publisher: Publisher, base: string) {
  const url = base + itemPath(item.indexNo)
  return {
    '@id': url,
    '@type': 'dcat:Dataset',
    'dct:identifier': item.indexNo,
    'dct:title': { '@language': 'zh-CN', '@value': item.title },
    'dct:description': { '@language': 'zh-CN', '@value': item.summary ?? item.title },
    'dct:publisher': { '@id': `${base}/bodies/${publisher.code}`, '@type': 'foaf:Organization', 'foaf:name': publisher.name },
    'dct:issued': day(item.publishedOn),
    'dct:modified': day(item.revisedOn),
    'dcat:keyword': [...item.keywords, ...(item.topic === null ? [] : [TOPICS[item.topic]])],
    'dcat:landingPage': { '@id': url },
    'dcat:distribution': [
      { '@type': 'dcat:Distribution', 'dct:title': '网页', 'dcat:accessURL': { '@id': url }, 'dcat:mediaType': 'text/html' },
      ...(item.details?.attachments ?? []).map((each) => ({
        '@type': 'dcat:Distribution',
        'dct:title': each.name,
        'dcat:accessURL': { '@id': url },
        'dcat:downloadURL': { '@id': base + itemFilePath(item.itemId, each) },
        'dcat:mediaType': each.mediaType,
        'dcat:byteSize': each.bytes,
        'spdx:checksum': { 'spdx:algorithm': { '@id': 'spdx:checksumAlgorithm_sha256' }, 'spdx:checksumValue': each.key },
      })),
    ],
  }
}
