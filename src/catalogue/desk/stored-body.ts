import type { Deps } from '../../platform/deps.ts'
import type { ItemContent } from '../item.ts'

/** 存着的正文；没有正文为空串。 */
export async function readStoredBody(files: Deps['files'], { details }: Pick<ItemContent, 'details'>): Promise<string> {
  const key = details?.body ?? null
  return key === null ? '' : (await files.get(key)).toString('utf8')
}
