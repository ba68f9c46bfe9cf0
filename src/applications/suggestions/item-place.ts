import { itemPath } from '../../catalogue/index.ts'
import type { PublishedItem } from '../../catalogue/index.ts'

/** 公众在哪里看一条信息：本站有全文或附件的在它的页面；只在别处公开的，到所记的网址。 */
export const placeOf = ({ url, details, indexNo }: PublishedItem): string => (details === null && url !== null && /^https?:\/\//i.test(url) ? url : itemPath(indexNo))
