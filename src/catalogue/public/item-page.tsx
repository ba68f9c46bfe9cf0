import type { ReactNode } from 'react'
import type { Body } from '../../bodies/index.ts'
import { DefinitionList, Island, LinkList, Notice, PortalPage, Sheet } from '../../platform/html/index.ts'
import type { LinkItem } from '../../platform/html/index.ts'
import { sizeText } from '../../platform/http/index.ts'
import { GENRES, TOPICS } from '../item-details.ts'
import { articleOf, PUBLICATION_CODES } from '../publication-codes.ts'
import type { PublicationCode } from '../publication-codes.ts'
import type { PublishedItem } from '../queries.ts'
import { jsonLdText, toJsonLd } from './item-json-ld.ts'
import type { ItemModel } from './item-model.ts'
import { itemFilePath, itemPath } from './item-path.ts'
import { STANDINGS } from './related-items.ts'
import type { RelatedItem, Standing } from './related-items.ts'

export interface ItemPageProps {
  model: ItemModel
  /** 本站对外的网址 */
  baseUrl: string
}

/** 一条公开的信息：`/items/<索引号>`。 */
export function ItemPage({ model, baseUrl }: ItemPageProps) {
  const { item, body, html, related, standing, editions } = model
  const attachments = item.details?.attachments ?? []
  return (
    <PortalPage
      title={item.title}
      description={model.description}
      crumbs={[
        { label: '首页', href: '/' },
        { label: body.name, href: `/bodies/${body.code}` },
        { label: '主动公开的政府信息', href: `/bodies/${body.code}/items` },
      ]}
      head={<Head model={model} baseUrl={baseUrl} />}
    >
      <StandingNotice standing={standing} />
      <Metadata model={model} />
      <div className="aside">
        <div className="stack">
          {html === null ? <Elsewhere item={item} body={body} hasFiles={attachments.length > 0} /> : <article className="document item-body" lang="zh-CN" dangerouslySetInnerHTML={{ __html: html }} />}
          {attachments.length > 0 && (
            <Sheet title={`附件（${attachments.length}）`} id="attachments">
              <LinkList prominent items={attachments.map((file) => ({ label: file.name, href: itemFilePath(item.itemId, file), note: `${kindOf(file.name)}，${sizeText(file.bytes)}` }))} />
            </Sheet>
          )}
        </div>
        <aside className="stack" aria-label="下载与相关信息">
          <Tools item={item} readable={html !== null} baseUrl={baseUrl} />
          {model.documentId !== null && (
            <Sheet title="规范性文件">
              <p>
                <a href={`/policies/${model.documentId}`}>在政策文件库看效力、沿革</a>
              </p>
            </Sheet>
          )}
          <Related related={related} />
          {editions.length > 1 && <Editions item={item} editions={editions} />}
          <Sheet title="没有找到要的？">
            <p className="quiet">没有主动公开的，可以<a href={`/apply/${body.code}`}>向{body.name}申请公开</a>。</p>
          </Sheet>
        </aside>
      </div>
      <Island name="read-aloud" />
    </PortalPage>
  )
}

function Head({ model, baseUrl }: ItemPageProps) {
  const { item, body, description, standing } = model
  const url = `${baseUrl}${itemPath(item.indexNo)}`
  return (
    <>
      <link rel="canonical" href={url} />
      <meta property="og:type" content="article" />
      <meta property="og:title" content={item.title} />
      <meta property="og:description" content={description} />
      <meta property="og:url" content={url} />
      {/* 数据，不是脚本：浏览器不执行，内容安全策略也不管它 */}
      <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: jsonLdText(toJsonLd({ item, issuer: item.issuer ?? body.name, description, standing, baseUrl })) }} />
    </>
  )
}

const StandingNotice = ({ standing }: { standing: Standing }) => {
  if (standing.kind === 'valid') return null
  if (standing.kind === 'expired')
    return (
      <Notice tone="warn" title={`已失效，自 ${standing.on} 起不再适用`}>
        仍可查阅，不能再作依据。
      </Notice>
    )
  return (
    <Notice tone="warn" title={standing.kind === 'repealed' ? '已废止，不能再作依据' : '已被修订，请一并看修订的文件'}>
      <p>{standing.kind === 'repealed' ? '废止它的文件：' : '修订它的文件：'}</p>
      <LinkList items={standing.by.map(toLink)} />
    </Notice>
  )
}

/** 元数据：索引号、主题分类、发文机关、成文日期、标题、发文字号、发布日期、主题词、有效性。 */
function Metadata({ model: { item, body, standing } }: { model: ItemModel }) {
  const day = (on: string): ReactNode => <time dateTime={on}>{on}</time>
  const rows: (readonly [string, ReactNode] | null)[] = [
    ['索引号', item.indexNo],
    ['主题分类', item.topic === null ? '—' : TOPICS[item.topic]],
    ['发文机关', item.issuer ?? body.name],
    ['成文日期', day(item.formedOn)],
    ['标题', item.title],
    ['发文字号', item.docNo ?? '—'],
    ['发布日期', item.revisedOn === item.publishedOn ? day(item.publishedOn) : <>{day(item.publishedOn)}（{day(item.revisedOn)} 更新）</>],
    ['主题词', item.keywords.length === 0 ? '—' : item.keywords.join('，')],
    ['有效性', `${STANDINGS[standing.kind]}${standing.kind === 'expired' ? `（${standing.on} 起）` : ''}`],
    item.effectiveOn === null ? null : ['施行日期', day(item.effectiveOn)],
    item.genre === null ? null : ['体裁', GENRES[item.genre]],
    item.codes.length === 0 ? null : ['公开依据', item.codes.map(codeWords).join('\n')],
  ]
  return (
    <section className="sheet metadata" aria-label="基本信息">
      <DefinitionList items={rows.filter((row) => row !== null)} />
    </section>
  )
}

// 第二十一条的写法里已有名称
const codeWords = (code: PublicationCode): string => (code.startsWith('A21') ? `条例${articleOf(code)}` : `条例${articleOf(code)}：${PUBLICATION_CODES[code].label}`)

const isWeb = (url: string | null): url is string => url !== null && /^https?:\/\//i.test(url)

/** 本站没有全文的：在别处公开的给出链接，只有附件、只有登记的各说明白。 */
function Elsewhere({ item, body, hasFiles }: { item: PublishedItem; body: Body; hasFiles: boolean }) {
  if (isWeb(item.url))
    return (
      <Sheet title="全文在另一个网站">
        <p>这条信息公开在 {URL.parse(item.url)?.host}，本站没有存全文。</p>
        <p>
          <a className="btn" href={item.url} rel="noopener external">
            去看全文
          </a>
        </p>
        <p className="quiet break">{item.url}</p>
      </Sheet>
    )
  if (hasFiles) return item.summary === null ? null : <Sheet title="内容概述"><p>{item.summary}</p></Sheet>
  return (
    <Sheet title="本站没有这条信息的全文">
      {item.summary !== null && <p>{item.summary}</p>}
      <p>目录里登记了它的名称与公开日期，全文没有放到本站。要看全文的，可以问{body.name}，也可以申请公开。</p>
      <p>
        <a className="btn second" href={`/apply/${body.code}`}>
          向{body.name}申请公开
        </a>
      </p>
    </Sheet>
  )
}

function Tools({ item, readable, baseUrl }: { item: PublishedItem; readable: boolean; baseUrl: string }) {
  const here = itemPath(item.indexNo)
  const source = readable && isWeb(item.url) ? item.url : null
  return (
    <Sheet title={readable ? '下载与使用' : '使用'} id="downloads">
      {readable && (
        <LinkList
          prominent
          items={[
            { label: '下载 PDF', href: `${here}?format=pdf`, note: '版式文件，供打印存档' },
            { label: '下载 DOCX', href: `${here}?format=docx`, note: '文字处理文件' },
          ]}
        />
      )}
      {/* 有脚本才显出，位置先留着，免得页面跳动；浏览器没有这本领的由脚本去掉 */}
      <div className="page-tools" id="page-tools">
        {readable && (
          <button className="btn second" type="button" data-tool="read" aria-pressed="false">
            朗读
          </button>
        )}
        <button className="btn second" type="button" data-tool="copy">
          复制链接
        </button>
        <button className="btn second" type="button" data-tool="print">
          打印
        </button>
      </div>
      <output className="quiet" id="page-tools-said" />
      <p className="quiet break">
        固定地址：<a href={here}>{`${baseUrl}${here}`}</a>
      </p>
      {source !== null && (
        <p className="quiet break">
          原发布地址：<a href={source} rel="noopener external">{source}</a>
        </p>
      )}
    </Sheet>
  )
}

const toLink = (each: RelatedItem): LinkItem => ({ label: each.docNo === null ? each.title : `${each.title}（${each.docNo}）`, href: itemPath(each.indexNo), on: each.publishedOn })

function Related({ related }: { related: readonly RelatedItem[] }) {
  const groups = Map.groupBy(related, (each) => each.label)
  return [...groups].map(([label, items]) => (
    <Sheet title={label === '相关' ? '相关信息' : label} key={label}>
      <LinkList items={items.map(toLink)} />
    </Sheet>
  ))
}

const Editions = ({ item, editions }: { item: PublishedItem; editions: ItemModel['editions'] }) => (
  <Sheet title="历次版本" id="editions">
    <LinkList
      items={editions.map((each, index) => ({
        label: index === 0 ? `第 ${each.edition} 版（现行）` : `第 ${each.edition} 版，看改了什么`,
        href: index === 0 ? itemPath(item.indexNo) : `${itemPath(item.indexNo)}?edition=${each.edition}`,
        on: each.on,
      }))}
    />
  </Sheet>
)

const kindOf = (name: string): string => /\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1]?.toUpperCase() ?? '文件'
