import { attr } from './body-nodes.ts'
import type { Node } from './body-nodes.ts'
import { readPictureUri } from './read-picture-uri.ts'
import type { PastedPicture } from './read-picture-uri.ts'

/** 走一遍正文时收集的：随文来的图片，与去掉了什么。 */
export interface PictureBasket {
  /** 键 → 图片 */
  pasted: Map<string, PastedPicture>
  /** 没有随文字来的图片：本机的、别的网站的 */
  missing: number
  hidden: number
  deleted: number
}

export const emptyBasket = (): PictureBasket => ({ pasted: new Map(), missing: 0, hidden: 0, deleted: 0 })

const STORED = /^(?:file:|\/desk\/items\/[0-9a-f-]{36}\/files\/|\/item-files\/[0-9a-f-]{36}\/)([0-9a-f]{64})(?:\/[^/]*)?$/
// Word、WPS 自己填的，不说明图里是什么
const MACHINE_ALT = /^(?:(?:图片|图像|image|img|picture|pic|clip_image|微信图片|截图|wps图片|屏幕截图)[\s_-]*[\d_-]*(?:\.\w{3,4})?|[\w.:\\/-]+\.(?:png|jpe?g|gif|webp|bmp|emf|wmf)|\d+)$/i
const MOST_ALT = 200

/** 一张图片：已存下的认键，随文来的取出；两者都不是的记一笔，为 null。 */
export function pictureOf(node: Node, basket: PictureBasket): { key: string; alt: string } | null {
  const src = attr(node, 'src').trim()
  const stored = STORED.exec(src)?.[1]
  const pasted = stored === undefined && src.startsWith('data:') ? readPictureUri(src) : null
  if (pasted !== null) basket.pasted.set(pasted.key, pasted)
  const key = stored ?? pasted?.key
  if (key === undefined) {
    basket.missing += 1
    return null
  }
  return { key, alt: cleanAlt(attr(node, 'alt')) }
}

/** 图片的说明：去掉软件自填的；至多 200 字。 */
export function cleanAlt(given: string): string {
  const alt = given.toWellFormed().replaceAll(/[\p{Cc}\p{Cf}\s\u00a0]+/gu, ' ').trim().slice(0, MOST_ALT).toWellFormed().trim()
  return MACHINE_ALT.test(alt) ? '' : alt
}
