import { DefinitionList, LinkList, PortalPage, Sheet, Timeline } from '../../platform/html/index.ts'
import type { TimelineEntry } from '../../platform/html/index.ts'
import { sizeText } from '../../platform/http/index.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { TOPICS } from '../item-details.ts'
import type { ItemModel } from '../public/item-model.ts'
import { itemFilePath, itemPath } from '../public/item-path.ts'
import type { RelatedItem } from '../public/related-items.ts'
import { LIBRARY, libraryHref, termText, validityText } from './document-words.ts'
import { EntryValidity, ValidityBanner } from './library-page.tsx'
import type { LibraryEntry } from './library-queries.ts'
import { DOCUMENT_KINDS, validityOn } from './normative-document.ts'

export interface PolicyModel {
  entry: LibraryEntry
  body: { code: string; name: string }
  today: PlainDate
  /** 载有正文的信息；没有连、没有公开的为 null */
  item: ItemModel | null
  /** 公布、施行、修改、延续、废止 */
  history: readonly TimelineEntry[]
  by: LibraryEntry | null
  repealed: readonly LibraryEntry[]
  baseUrl: string
}

/** 一件政策文件：效力、全文、沿革、解读。 */
export function PolicyPage({ entry, body, today, item, history, by, repealed, baseUrl }: PolicyModel) {
  const related = item?.related ?? []
  const readings = related.filter((each) => each.kind === 'interprets' && each.inverse)
  const others = related.filter((each) => !readings.includes(each))
  return (
    <PortalPage title={entry.title} description={`${body.name} ${entry.docNo}`} crumbs={[{ label: '首页', href: '/' }, { label: '政策文件库', href: LIBRARY }]} status={<EntryValidity entry={entry} today={today} />} lead={validityOn(entry, today) === 'valid' ? validityText(entry, today) : undefined} head={<link rel="canonical" href={`${baseUrl}${libraryHref(entry.documentId)}`} />}>
      <ValidityBanner entry={entry} today={today} />
      <section className="sheet metadata" aria-label="基本信息">
        <DefinitionList
          items={[
            ['文号', entry.docNo],
            ['制定机关', <a key="body" href={`/bodies/${body.code}`}>{body.name}</a>],
            ['种类', DOCUMENT_KINDS[entry.kind]],
            ['主题分类', entry.topic === null ? '—' : TOPICS[entry.topic]],
            ['公布日期', entry.madeOn],
            ['施行日期', entry.effectiveOn ?? '—'],
            ['有效期', termText(entry.expiresOn)],
            ['登记号', entry.registrationNo ?? '—'],
            ...(entry.item === null ? [] : [['索引号', <a key="item" href={itemPath(entry.item.indexNo)}>{entry.item.indexNo}</a>] as const]),
          ]}
        />
      </section>
      <div className="aside">
        <div className="stack">
          <Text entry={entry} body={body} item={item} />
          <Sheet title="沿革">
            <Timeline entries={history} />
          </Sheet>
        </div>
        <aside className="stack" aria-label="下载与相关信息">
          {item !== null && (
            <Sheet title="下载与历次版本">
              <p>
                <a href={itemPath(item.item.indexNo)}>到信息页面</a>打印，下载 PDF、DOCX，看历次版本。
              </p>
            </Sheet>
          )}
          {readings.length > 0 && (
            <Sheet title="解读">
              <LinkList items={readings.map(toItemLink)} />
            </Sheet>
          )}
          {(by !== null || repealed.length > 0) && (
            <Sheet title="废止关系">
              <LinkList items={[...(by === null ? [] : [toEntryLink(by, '由它废止这一件')]), ...repealed.map((each) => toEntryLink(each, '由这一件废止'))]} />
            </Sheet>
          )}
          {others.length > 0 && (
            <Sheet title="相关的信息">
              <LinkList items={others.map((each) => ({ ...toItemLink(each), note: [each.label, each.docNo ?? ''].filter((part) => part !== '').join(' · ') }))} />
            </Sheet>
          )}
          <Sheet title="没有找到要的？">
            <p className="quiet">
              没有主动公开的，可以<a href={`/apply/${body.code}`}>向{body.name}申请公开</a>。
            </p>
          </Sheet>
        </aside>
      </div>
    </PortalPage>
  )
}

function Text({ entry, body, item }: Pick<PolicyModel, 'entry' | 'body' | 'item'>) {
  const attachments = item?.item.details?.attachments ?? []
  return (
    <>
      {item !== null && item.html !== null ? (
        <article className="document item-body" lang="zh-CN" dangerouslySetInnerHTML={{ __html: item.html }} />
      ) : attachments.length > 0 ? null : (
        <Sheet title="本站没有全文">
          {entry.url === null ? (
            <p>这里只登记了名称、文号与效力。要看全文的，可以<a href={`/apply/${body.code}`}>向{body.name}申请公开</a>。</p>
          ) : (
            <>
              <p>全文公布在 {URL.parse(entry.url)?.host}。</p>
              <p>
                <a className="btn" href={entry.url} rel="noopener external">
                  去看全文
                </a>
              </p>
            </>
          )}
        </Sheet>
      )}
      {item !== null && attachments.length > 0 && (
        <Sheet title={`附件（${attachments.length}）`}>
          <LinkList items={attachments.map((file) => ({ label: file.name, href: itemFilePath(item.item.itemId, file), note: sizeText(file.bytes) }))} />
        </Sheet>
      )}
    </>
  )
}

const toItemLink = (each: RelatedItem) => ({ label: each.title, href: itemPath(each.indexNo), note: each.docNo ?? undefined, on: each.publishedOn })
const toEntryLink = (entry: LibraryEntry, how: string) => ({ label: entry.title, href: libraryHref(entry.documentId), note: `${how} · ${entry.docNo}` })
