import type { Attachment } from '../item-details.ts'

/** 一条公开信息的地址，如 `/items/000014349/2017-00110`；索引号里的斜线照写。 */
export const itemPath = (indexNo: string): string => `/items/${indexNo.split('/').map(encodeURIComponent).join('/')}`

/** 正文里的图片、附件的地址；公开着的一版不再用它，即取不到。 */
export const itemFilePath = (itemId: string, { key, name }: Pick<Attachment, 'key' | 'name'>): string => `/item-files/${itemId}/${key}/${encodeURIComponent(name.toWellFormed())}`
