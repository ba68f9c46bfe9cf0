import { LruMap } from './lru-map.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import type { Deps } from '../../platform/deps.ts'
import { NotFound } from '../../platform/errors.ts'
import { pagePicture } from '../../redaction/index.ts'
import { openFile } from './document-files.ts'
import type { AnswerDocument, DocumentRef, DocumentRole, DocumentType } from './document-store.ts'

// 一页约半兆；标记时来回翻看的就是这几页
const kept = new LruMap<string, Promise<Uint8Array>>(24)

/** 一页页看的，还是一段段看的。 */
export const isPaged = (type: DocumentType): boolean => type === 'pdf' || type === 'png' || type === 'jpeg'

/**
 * 一页的图（PNG）；近来看过的留在内存里，不再画一遍。没有这一页抛 `NotFound`。
 * @param part 第几页，自 1 起
 */
export function pictureOf(deps: Deps, ref: DocumentRef, document: AnswerDocument, role: DocumentRole, part: number): Promise<Uint8Array> {
  const of = role === 'original' ? document : document.result
  if (of === null || of.type === 'letter' || !isPaged(of.type) || part < 1 || part > of.parts) throw new NotFound('这一页')
  const { type } = of
  return kept.get(`${ref.bodyId}/${ref.documentId}/${of.hash}/${part}`, async () => {
    const bytes = await openFile(deps.db, deps, fieldKeys(deps.config.secretKey), ref, role, of.hash)
    return pagePicture(bytes, type, part - 1, role === 'original' ? 'foreign' : 'ours')
  })
}
