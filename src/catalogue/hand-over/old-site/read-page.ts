import { ChildError, childPool } from '../../../platform/child.ts'
import type { ChildPool } from '../../../platform/child.ts'
import type { OldArticle, OldList } from './read-old-page.ts'
import type { SiteProfile } from './site-profile.ts'

export type PageSelectors = Pick<SiteProfile, 'title' | 'date' | 'body' | 'docNo'>
export interface PageInput {
  bytes: Uint8Array
  selectors: PageSelectors
}
/** 读出的一页；不是网页的；读不了的说明为何。 */
export type PageRead = OldArticle | OldList | { kind: 'not-a-page' } | { kind: 'refused'; why: string }

let pool: ChildPool<PageInput, PageRead> | null = null

// 旧网站被人篡改过的也在其中：一页再繁，只拖垮子进程
const openPool = (): ChildPool<PageInput, PageRead> =>
  (pool ??= childPool({ entry: 'catalogue/hand-over/old-site/read-page-child', wallMs: 20_000, memoryMb: 512, outputBytes: 16 * 1024 * 1024, size: 1, jobsPerChild: 500, maxQueue: 100 }))

/** 停下子进程；命令行与测试结束时调用。 */
export async function closePageReader(): Promise<void> {
  const closing = pool
  pool = null
  await closing?.close()
}

const FAILED: Partial<Record<ChildError['reason'], string>> = {
  time: '读了 20 秒还没有读完，网页太繁',
  memory: '读取所需的内存太大，网页太繁',
  output: '读出的内容太多',
  crashed: '读取时出错，网页可能已损坏',
  threw: '读取时出错，网页可能已损坏',
}

/** 在子进程里读一页。 */
export async function readPage(input: PageInput): Promise<PageRead> {
  try {
    return await openPool().run(input)
  } catch (error) {
    const why = error instanceof ChildError ? FAILED[error.reason] : undefined
    if (why === undefined) throw error
    return { kind: 'refused', why }
  }
}
