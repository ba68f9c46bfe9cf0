import { toDocx, toPdf } from '../../documents/index.ts'
import type { Picture, PictureFormat } from '../../documents/index.ts'
import type { Body } from '../../bodies/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { NotFound } from '../../platform/errors.ts'
import { readBody } from '../content/clean-html.ts'
import type { PublishedItem } from '../queries.ts'
import { bodyHtmlOf } from './item-model.ts'
import { itemPath } from './item-path.ts'
import { readPictureSize } from './picture-size.ts'
import { listRelated, STANDINGS, standingOf } from './related-items.ts'
import type { Standing } from './related-items.ts'
import { toItemDocument } from './to-item-document.ts'

export const DOWNLOADS = {
  pdf: { type: 'application/pdf', write: toPdf },
  docx: { type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', write: toDocx },
} as const
export type DownloadFormat = keyof typeof DOWNLOADS

export const isDownloadFormat = (text: string): text is DownloadFormat => Object.hasOwn(DOWNLOADS, text)

// 文书不认的（如 WebP）不在其中
const PICTURE_FORMATS: Readonly<Record<string, PictureFormat>> = { 'image/png': 'png', 'image/jpeg': 'jpg', 'image/gif': 'gif' }
const MOST_PICTURE_BYTES = 60 * 1024 * 1024

/** 一条信息写成 PDF 或 DOCX；没有正文的抛 NotFound。同一版、效力未变的，得到逐字节相同的文件。 */
export async function itemFile(deps: Pick<Deps, 'db' | 'files' | 'config'>, item: PublishedItem, body: Body, format: DownloadFormat): Promise<Uint8Array> {
  const html = await bodyHtmlOf(deps.files, item.details?.body ?? null)
  if (html === null || item.details === null) throw new NotFound('这条信息的正文')
  const { itemId, indexNo, details: { relations } } = item
  const standing = standingOf(item.expiredOn, await listRelated(deps.db, { itemId, indexNo, relations }))
  const document = toItemDocument({
    title: item.title,
    body: readBody(html),
    creator: body.name,
    formedOn: item.formedOn,
    attachments: item.details.attachments.map(({ name }) => name.replace(/\.[A-Za-z0-9]{1,8}$/, '')),
    source: sourceOf(item, body, standing, deps.config.baseUrl),
    demo: body.demo,
    pictures: await readPictures(deps.files, item.details.pictures),
  })
  return DOWNLOADS[format].write(document)
}

// 纸上看不到网页，文号与效力也写在末尾，免得拿失效的当作依据
const sourceOf = (item: PublishedItem, body: Body, standing: Standing, baseUrl: string): string =>
  [
    `索引号：${item.indexNo}`,
    ...(item.docNo === null ? [] : [`发文字号：${item.docNo}`]),
    `发布机关：${body.name}`,
    `发布日期：${item.publishedOn}`,
    ...(standing.kind === 'valid' ? [] : [`下载时的有效性：${STANDINGS[standing.kind]}${standing.kind === 'expired' ? `（${standing.on} 起）` : `（${standing.by.map((each) => each.docNo ?? each.title).join('、')}）`}`]),
    `网址：${baseUrl}${itemPath(item.indexNo)}`,
  ].join('；')

async function readPictures(files: Deps['files'], pictures: NonNullable<PublishedItem['details']>['pictures']): Promise<Map<string, Omit<Picture, 'alt'>>> {
  const read = new Map<string, Omit<Picture, 'alt'>>()
  let left = MOST_PICTURE_BYTES
  for (const { key, mediaType, bytes: size } of pictures) {
    const format = PICTURE_FORMATS[mediaType]
    if (format === undefined || size > left || !(await files.has(key))) continue
    left -= size
    const bytes = await files.get(key)
    const pixels = readPictureSize(bytes)
    if (pixels !== null) read.set(key, { bytes, format, ...pixels })
  }
  return read
}
