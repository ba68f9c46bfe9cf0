import type { PublishedItem } from '../../catalogue/index.ts'

/** 公众在哪里看一条信息：所记的网址；没有的，在机关的列表里按索引号找到它。 */
export const placeOf = (code: string, { url, indexNo }: PublishedItem): string =>
  url !== null && /^https?:\/\//.test(url) ? url : `/bodies/${code}/items?q=${encodeURIComponent(indexNo)}`
