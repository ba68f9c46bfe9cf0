import { createHash } from 'node:crypto'
import type { Deps } from '../../platform/deps.ts'
import { filesOf } from '../item-details.ts'
import type { ItemContent } from '../item.ts'

/** 内容所指的各个文件都在，且每个字节都与其键（SHA-256）相符；公开之前逐个读一遍。 */
export async function filesAreIntact({ files }: Pick<Deps, 'files'>, content: ItemContent): Promise<boolean> {
  for (const key of new Set([...content.files, ...(content.details === undefined ? [] : filesOf(content.details))])) {
    if (!(await files.has(key))) return false
    const hash = createHash('sha256')
    for await (const chunk of files.stream(key)) hash.update(chunk)
    if (hash.digest('hex') !== key) return false
  }
  return true
}
