import { FEED_FORMATS, feedPath, feedTitle } from './feed-scope.ts'
import type { FeedFormat, FeedScope } from './feed-scope.ts'

/** 让浏览器与阅读器找得到订阅；放在页面任何一处，渲染时归入 head。 */
export const FeedLinks = ({ scope, bodyName = '' }: { scope: FeedScope; bodyName?: string }) =>
  (Object.keys(FEED_FORMATS) as FeedFormat[]).map((format) => (
    <link key={format} rel="alternate" type={FEED_FORMATS[format]} title={`${feedTitle(scope, bodyName)}（${format === 'rss' ? 'RSS' : 'Atom'}）`} href={feedPath(scope, format)} />
  ))
