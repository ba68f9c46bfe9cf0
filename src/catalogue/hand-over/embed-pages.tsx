import { PortalPage, Sheet, useFrame } from '../../platform/html/index.ts'
import { itemPath } from '../public/item-path.ts'
import type { FeedItem } from './feed.ts'

/** 嵌在别人网页里的一块：最近公开的几条，点开到本站的新页。 */
export function EmbeddedColumn({ body, items }: { body: { code: string; name: string }; items: readonly FeedItem[] }) {
  const { stylesheet, icon, elder } = useFrame()
  const title = `${body.name}政府信息公开`
  return (
    <html lang="zh-CN" data-elder={elder ? '' : undefined}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{`${title}（嵌入）`}</title>
        <link rel="stylesheet" href={stylesheet} />
        <link rel="icon" href={icon} type="image/svg+xml" />
      </head>
      <body>
        <main className="sheet" id="main">
          <div className="sheet-head">
            <h1 className="embed-title">
              <a href={`/bodies/${body.code}`} target="_blank" rel="noopener">
                {title}
              </a>
            </h1>
          </div>
          {items.length === 0 ? (
            <p className="quiet">还没有公开的信息。</p>
          ) : (
            <ul className="items">
              {items.map((item) => (
                <li key={item.itemId}>
                  <span className="items-text">
                    <a href={itemPath(item.indexNo)} target="_blank" rel="noopener">
                      {item.title}
                    </a>
                  </span>
                  <time dateTime={item.publishedOn}>{item.publishedOn}</time>
                </li>
              ))}
            </ul>
          )}
          <p>
            <a href={`/bodies/${body.code}/items`} target="_blank" rel="noopener">
              全部信息
            </a>
            {'　'}
            <a href={`/apply/${body.code}`} target="_blank" rel="noopener">
              申请公开
            </a>
          </p>
        </main>
      </body>
    </html>
  )
}

/** 怎样嵌入：给网站的维护人员看。 */
export const EmbedHelpPage = ({ bodies, base }: { bodies: readonly { code: string; name: string }[]; base: string }) => (
  <PortalPage title="嵌入到别的网站" crumbs={[{ label: '首页', href: '/' }]} lead="给网站的维护人员：把一个机关最近公开的信息放进自己的网页。">
    <div className="stack">
      <Sheet title="用一行代码">
        <p>把机关代码换成要的那个，放在网页里。只有机关在设置「可以嵌入专栏的网站」里写明的网站才显示得出来；没有写明的，请与该机关的信息公开工作机构联系。</p>
        <pre className="sample">{`<iframe src="${base}/embed/bodies/${bodies[0]?.code ?? 'code'}?n=8" title="政府信息公开" width="100%" height="420" loading="lazy"></iframe>`}</pre>
        <p>
          <code>n</code> 为条数，3 至 20。不用脚本，不存 Cookie。
        </p>
      </Sheet>
      <Sheet title="自己画">
        <p>取 JSON，样子自己定；任何网站都可以取，撤回了的随即不在其中，请不要长久存放。</p>
        <ul>
          <li>
            <a href="/data/newest.json">/data/newest.json</a>：最近公开的，加 <code>?body=机关代码</code> 只要一个机关的
          </li>
          <li>
            <a href="/data/items.json">/data/items.json</a>：全部，逐页取，末尾的 <code>next</code> 为下一页
          </li>
          <li>
            <a href="/catalog.jsonld">/catalog.jsonld</a>：DCAT-AP 目录
          </li>
          <li>
            <a href="/subscribe">订阅</a>：RSS、Atom
          </li>
        </ul>
      </Sheet>
      <Sheet title="机关代码">
        <ul>
          {bodies.map(({ code, name }) => (
            <li key={code}>
              {name}：<a href={`/embed/bodies/${code}`}>{code}</a>
            </li>
          ))}
        </ul>
      </Sheet>
    </div>
  </PortalPage>
)
