import { FlashNotice } from '../../identity/index.ts'
import type { Flash } from '../../identity/index.ts'
import { DefinitionList, DeskPage, DueDate, LinkButton, Notice, Sheet, Tag, Timeline, momentText } from '../../platform/html/index.ts'
import type { DueDateProps, TimelineEntry } from '../../platform/html/index.ts'
import { sizeText } from '../../platform/http/index.ts'
import type { ItemFile } from '../content/item-files.ts'
import type { Attachment, Relation } from '../item-details.ts'
import { RELATIONS } from '../item-details.ts'
import { isPublic } from '../item.ts'
import type { Item } from '../item.ts'
import type { Review } from '../review/load-review.ts'
import { ReviewSection } from '../review/review-section.tsx'
import { TextState } from './attachment-rows.tsx'
import { ITEM_LIST } from './item-form-page.tsx'
import { ItemStatusTag } from './item-list-page.tsx'
import type { ItemVersion } from './item-versions.ts'
import { deskFileHref } from './load-form.ts'

export interface ItemPageModel {
  itemId: string
  item: Item
  due: DueDateProps | null
  facts: readonly (readonly [string, string])[]
  lines: readonly TimelineEntry[]
  versions: readonly ItemVersion[]
  names: ReadonlyMap<string, string>
  /** 正文的网页，图片为工作台的地址；没有正文为空串 */
  body: string
  unnamed: number
  attachments: readonly (Attachment & Pick<ItemFile, 'textState' | 'textNote'>)[]
  relations: readonly (Relation & { title: string })[]
  review: Review
  /** 此人没有交的修改，存于何时 */
  draftAt: Date | null
  canEdit: boolean
  publicHref: string
  flash: Flash | null
}

/** 一条信息：内容、审查与公开、经过与各稿，应当公开之日最大。 */
export function ItemPage(props: ItemPageModel) {
  const { item, itemId, due } = props
  return (
    <DeskPage
      title={item.content.title}
      crumbs={[ITEM_LIST]}
      status={
        <>
          <ItemStatusTag status={item.status} />
          {item.status !== 'published' && isPublic(item) && <Tag tone="ok">公众看到的是第 {item.published?.edition ?? 1} 版</Tag>}
        </>
      }
      lead={[item.indexNo, item.content.docNo ?? '', item.handler === null ? '' : `承办 ${props.names.get(item.handler) ?? ''}`].filter((part) => part.trim() !== '').join(' · ')}
    >
      <FlashNotice flash={props.flash} />
      {props.draftAt !== null && (
        <Notice tone="info" title={`您有一份 ${momentText(props.draftAt)} 存下、还没有交的修改`}>
          <a href={`/desk/items/${itemId}/edit`}>接着改</a>
        </Notice>
      )}
      {props.unnamed > 0 && <Notice tone="warn" title={`正文里有 ${props.unnamed} 张图片没有说明，看不见图的人不知道图里是什么`} />}
      <div className="aside due-first">
        <div className="stack">
          <ReviewSection review={props.review} />
          <Preview {...props} />
          <Sheet title="登记与修改">
            <Timeline entries={props.lines} />
            <Versions {...props} />
          </Sheet>
        </div>
        <aside className="stack" aria-label="期限与说明">
          <section className="sheet">
            {due === null ? <NoDue item={item} /> : <DueDate {...due} />}
            {props.canEdit && (
              <p>
                <LinkButton href={`/desk/items/${itemId}/edit`} second>
                  修改
                </LinkButton>
              </p>
            )}
            {item.firstPublishedOn !== null && (
              <p>
                <a href={props.publicHref}>{isPublic(item) ? '看公开的页面' : '看原址的说明'}</a>
              </p>
            )}
          </section>
        </aside>
      </div>
    </DeskPage>
  )
}

function NoDue({ item }: { item: Item }) {
  if (item.classification === null) return <p>公开属性还没有定，定了才有公开的期限。</p>
  return <p>{item.classification.attribute === 'proactive' ? '尚无所涉年份的节假日安排，公开的期限还不能确定；载入之后自动算出。' : '不主动公开，没有公开的期限。'}</p>
}

function Preview({ item, itemId, body, attachments, relations, facts }: ItemPageModel) {
  const { summary, title } = item.content
  return (
    <Sheet title="内容">
      {summary !== null && <p className="quiet">{summary}</p>}
      {body === '' ? (
        <p className="quiet">没有正文。</p>
      ) : (
        <details open={body.length < 20_000}>
          <summary>正文，公众看到的样子</summary>
          {/* 已洗净的正文，见 content/clean-html.ts */}
          <article className="document item-preview" aria-label={title} dangerouslySetInnerHTML={{ __html: body }} />
        </details>
      )}
      <h2>附件</h2>
      {attachments.length === 0 ? (
        <p className="quiet">没有附件。</p>
      ) : (
        <ol>
          {attachments.map((file) => (
            <li key={file.key}>
              <a href={deskFileHref(itemId, file.key, file.name)}>{file.name}</a> <span className="quiet">{sizeText(file.bytes)}</span> <TextState file={file} />
            </li>
          ))}
        </ol>
      )}
      {relations.length > 0 && (
        <>
          <h2>关联的信息</h2>
          <ul>
            {relations.map(({ kind, indexNo, title: other }) => (
              <li key={`${kind} ${indexNo}`}>
                {RELATIONS[kind].label}：{other} <span className="quiet">{indexNo}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      <h2>各栏</h2>
      <DefinitionList items={facts} />
    </Sheet>
  )
}

function Versions({ versions, itemId, names }: ItemPageModel) {
  if (versions.length < 2) return null
  return (
    <>
      <h2>各稿</h2>
      <ol reversed className="versions">
        {versions.toReversed().map((each) => (
          <li key={each.number} value={each.number}>
            {momentText(each.at)} {names.get(each.actor) ?? ''} {each.published !== null && <Tag tone="ok">第 {each.published.edition} 版，{each.published.on} 公开</Tag>}{' '}
            {each.number > 1 && <a href={`/desk/items/${itemId}/versions/${each.number}`}>与上一稿的不同</a>}
          </li>
        ))}
      </ol>
    </>
  )
}
