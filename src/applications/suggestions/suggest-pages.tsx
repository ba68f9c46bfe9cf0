import { Form, LinkButton, Notice, PortalPage, PostButton, Sheet } from '../../platform/html/index.ts'
import type { Suggestion } from './suggest-items.ts'

interface Asked {
  code: string
  name: string
}

const HOME = { label: '首页', href: '/' }
const APPLY = { label: '申请公开政府信息', href: '/apply' }
const crumbsOf = ({ code, name }: Asked) => [HOME, APPLY, { label: name, href: `/apply/${code}` }]

/** 经此打开一条：数一次「点开」，随即转到信息所在。 */
const openPath = (asked: Asked, { item, body }: Suggestion): string => `/apply/${asked.code}/found/${body.code}/${item.itemId}`

/** 一列可能就是所求的；另开一页看，填写中的不丢。 */
const SuggestionList = ({ asked, found }: { asked: Asked; found: readonly Suggestion[] }) => (
  <ul className="items">
    {found.map((one) => (
      <li key={one.item.itemId}>
        <span className="items-text">
          <a href={openPath(asked, one)} target="_blank">
            {one.title.map(({ text, hit }, i) => (hit ? <mark key={i}>{text}</mark> : text))}
          </a>
          <span className="quiet">
            {one.body.name}
            {one.item.docNo === null ? '' : ` · ${one.item.docNo}`}
            {one.item.expiredOn === null ? '' : ` · ${one.item.expiredOn} 起失效`}
          </span>
        </span>
        <time dateTime={one.item.publishedOn}>{one.item.publishedOn}</time>
      </li>
    ))}
  </ul>
)

/** 边写边提示的一块，由脚本放进页面；是一段，不是整页。 */
export const SuggestionPanel = ({ asked, found }: { asked: Asked; found: readonly Suggestion[] }) => (
  <Sheet title="可能已经公开，可直接查看">
    <SuggestionList asked={asked} found={found} />
    <p className="quiet">点开另开一页，填写的还在。都不是的，接着填写；找到了的，这份没有提交的申请随即删去。</p>
    <PostButton action={`/apply/${asked.code}/found`} fields={{ choice: 'found' }} label="找到了，不用申请" kind="second" />
  </Sheet>
)

/** 放在「申请什么」一步的表单之下：没有脚本时是空的，到下一步再提示。 */
export const SuggestionBox = ({ asked }: { asked: Asked }) => <div id="suggestions" data-from={`/apply/${asked.code}/suggestions`} aria-live="polite" />

/** 到下一步之前：所求的可能已经公开。 */
export const AlreadyPublicPage = ({ asked, found }: { asked: Asked; found: readonly Suggestion[] }) => (
  <PortalPage
    title={`可能已经公开 - 向${asked.name}申请公开`}
    heading="以下信息已经公开，是否就是您要的？"
    crumbs={crumbsOf(asked)}
    lead="已经公开的，不用申请就可以看，也不必等答复。您填写的已经保存。"
  >
    <div className="stack">
      <Sheet title="可能就是您要的">
        <SuggestionList asked={asked} found={found} />
        <p className="quiet">点开另开一页。</p>
      </Sheet>
      <Form action={`/apply/${asked.code}/found`} submit="继续申请" cancel={{ label: '上一步', href: `/apply/${asked.code}/content` }} alternatives={[{ name: 'choice', value: 'found', label: '找到了，不用申请' }]}>
        <p>这些都不是，或者还要别的：继续申请，不影响怎样答复。选「找到了，不用申请」的，这份没有提交的申请随即删去。</p>
      </Form>
    </div>
  </PortalPage>
)

/** 找到了，不用申请。 */
export const NoNeedPage = ({ asked }: { asked: Asked }) => (
  <PortalPage title={`不用申请了 - ${asked.name}`} heading="好的，不用申请了" crumbs={crumbsOf(asked)}>
    <div className="stack">
      <Notice tone="ok" title="您填写的已经删去，没有留下" live>
        打开的信息在另一页里，可以接着看。看了还不够的，随时可以再来申请。
      </Notice>
      <p>
        <LinkButton href={`/bodies/${asked.code}/items`}>看这个机关公开的全部信息</LinkButton>
      </p>
      <p>
        <a href={`/apply/${asked.code}`}>还是要申请</a>
      </p>
    </div>
  </PortalPage>
)
