import { isPublicationCode, PUBLICATION_CODES } from '../publication-codes.ts'
import type { PublicationCode } from '../publication-codes.ts'
import { TOPICS } from '../item-details.ts'
import type { Topic } from '../item-details.ts'

/** 一份订阅收哪些：全区、一个机构、一类法定内容、一个主题、政策文件。 */
export type FeedScope =
  | { kind: 'all' }
  | { kind: 'policy' }
  | { kind: 'bodies'; code: string }
  | { kind: 'codes'; code: PublicationCode }
  | { kind: 'topics'; code: Topic }

export const FEED_FORMATS = { rss: 'application/rss+xml', atom: 'application/atom+xml' } as const
export type FeedFormat = keyof typeof FEED_FORMATS

/** 地址，如 `/feeds/all.rss`、`/feeds/bodies/csyxglzx.atom`。 */
export const feedPath = (scope: FeedScope, format: FeedFormat): string => `/feeds/${'code' in scope ? `${scope.kind}/${scope.code}` : scope.kind}.${format}`

/** 由地址里的两段认出；认不出为 null。机构是否存在另查。 */
export function readFeedScope(kind: string, name: string): { scope: FeedScope; format: FeedFormat } | null {
  const [, code = '', format] = /^(.{1,60})\.(rss|atom)$/.exec(name) ?? []
  if (format !== 'rss' && format !== 'atom') return null
  const scope = scopeOf(kind, code)
  return scope === null ? null : { scope, format }
}

function scopeOf(kind: string, code: string): FeedScope | null {
  if (kind === '') return code === 'all' || code === 'policy' ? { kind: code } : null
  if (kind === 'bodies') return { kind, code }
  if (kind === 'codes') return isPublicationCode(code) ? { kind, code } : null
  if (kind === 'topics') return isTopic(code) ? { kind, code } : null
  return null
}

const isTopic = (text: string): text is Topic => Object.hasOwn(TOPICS, text)

/** 这份订阅的名称；机构的须给出其名称。 */
export function feedTitle(scope: FeedScope, bodyName = ''): string {
  switch (scope.kind) {
    case 'all':
      return '主动公开的政府信息'
    case 'policy':
      return '政策文件'
    case 'bodies':
      return `${bodyName}主动公开的政府信息`
    case 'codes':
      return PUBLICATION_CODES[scope.code].label
    case 'topics':
      return TOPICS[scope.code]
  }
}
