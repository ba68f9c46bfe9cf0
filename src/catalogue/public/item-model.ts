import { getBody } from '../../bodies/index.ts'
import type { Body } from '../../bodies/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { NotFound } from '../../platform/errors.ts'
import { bodyText } from '../content/clean-html.ts'
import { diffVersions } from '../content/diff-versions.ts'
import type { VersionDifference, VersionText } from '../content/diff-versions.ts'
import type { PublishedVersion } from '../item.ts'
import { listDocumentsOfItems } from '../normative/normative-queries.ts'
import type { PublishedItem } from '../queries.ts'
import { getItem } from '../store.ts'
import { pageBody, textOf } from './body-html.ts'
import { listEditions } from './item-editions.ts'
import { pictureSizes } from './picture-sizes.ts'
import { listRelated, standingOf } from './related-items.ts'
import type { RelatedItem, Standing } from './related-items.ts'

/** 一条信息的页面所示。 */
export interface ItemModel {
  item: PublishedItem
  body: Body
  /** 排好的正文；没有正文的为 null */
  html: string | null
  /** 概述，或正文的开头 */
  description: string
  related: readonly RelatedItem[]
  standing: Standing
  /** 公开过的各版，由新到旧；只有一版的为空 */
  editions: readonly PublishedVersion[]
  /** 它是哪一件规范性文件的正文；不是的为 null */
  documentId: string | null
}

const DESCRIPTION = 120

/** 备好一条信息的页面：正文、关系、有效性、历次版本。 */
export async function loadItem(deps: Pick<Deps, 'db' | 'files'>, item: PublishedItem): Promise<ItemModel> {
  const { db, files } = deps
  const { bodyId, itemId, details } = item
  const stored = details === null ? null : await bodyHtmlOf(files, details.body)
  const pictures = details?.pictures ?? []
  const html = stored === null ? null : pageBody({ itemId, html: stored, pictures, sizes: await pictureSizes(files, pictures) })
  const related = await listRelated(db, { itemId, indexNo: item.indexNo, relations: details?.relations ?? [] })
  return {
    item,
    body: await getBody(db, bodyId),
    html,
    description: item.summary ?? (stored === null ? item.title : textOf(stored, DESCRIPTION)),
    related,
    standing: standingOf(item.expiredOn, related),
    editions: item.edition > 1 ? await pastEditions(deps, item) : [],
    documentId: (await listDocumentsOfItems(db, bodyId, [itemId])).get(itemId)?.documentId ?? null,
  }
}

async function pastEditions({ db }: Pick<Deps, 'db'>, { bodyId, itemId }: PublishedItem): Promise<PublishedVersion[]> {
  const { history } = await getItem(db, bodyId, itemId)
  const editions = listEditions(history.map(({ event }) => event))
  return editions.length > 1 ? editions : []
}

/** 存下的正文；没有的为 null。文件库里缺了的是故障，不当作没有这个页面。 */
export async function bodyHtmlOf(files: Deps['files'], key: string | null): Promise<string | null> {
  if (key === null) return null
  try {
    return (await files.get(key)).toString('utf8')
  } catch (error) {
    throw error instanceof NotFound ? new Error(`文件库里没有正文 ${key}`) : error
  }
}

/** 从前的一版与现行的一版的不同；没有这一版、它就是现行的、撤回过而不再给人看的，抛 NotFound。 */
export async function compareEditions(files: Deps['files'], editions: readonly PublishedVersion[], asked: number): Promise<{ before: PublishedVersion; difference: VersionDifference }> {
  const [current, ...past] = editions
  const before = past.find(({ edition }) => edition === asked)
  if (current === undefined || before === undefined) throw new NotFound('这一版')
  return { before, difference: diffVersions(await toVersionText(files, before), await toVersionText(files, current)) }
}

async function toVersionText(files: Deps['files'], { content, classification }: PublishedVersion): Promise<VersionText> {
  const html = await bodyHtmlOf(files, content.details?.body ?? null)
  return { content, classification, text: html === null ? '' : bodyText(html) }
}
