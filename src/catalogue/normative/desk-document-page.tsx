import { FlashNotice } from '../../identity/index.ts'
import type { Flash } from '../../identity/index.ts'
import { DefinitionList, DeskPage, LinkButton, LinkList, Notice, PostButton, Sheet, Tag, Timeline } from '../../platform/html/index.ts'
import type { TimelineEntry } from '../../platform/html/index.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { TOPICS } from '../item-details.ts'
import { itemPath } from '../public/item-path.ts'
import { DESK_HOME, deskHref, libraryHref, validityText } from './document-words.ts'
import { ValidityTag } from './desk-list-page.tsx'
import { DOCUMENT_KINDS, validityOn } from './normative-document.ts'
import type { NormativeDocument } from './normative-document.ts'

interface Named {
  documentId: string
  title: string
  docNo: string
}

/** 连着的、可以连的一条信息。 */
export interface LinkedItem {
  itemId: string
  indexNo: string
  title: string
  statusText: string
  isPublic: boolean
  isExpired: boolean
}

export interface DocumentPageModel {
  documentId: string
  document: NormativeDocument
  version: number
  today: PlainDate
  /** 现在能办的各步，主要的在前 */
  steps: readonly { href: string; label: string }[]
  item: LinkedItem | null
  /** 同一文号而没有连的信息 */
  candidates: readonly LinkedItem[]
  by: Named | null
  repealed: readonly Named[]
  history: readonly TimelineEntry[]
  /** 计入年度报告哪些格的一页 */
  recordHref: string
  inLibrary: boolean
  canLink: boolean
  flash: Flash | null
}

/** 一件规范性文件：效力、正文、去向、经过与下一步。 */
export function DocumentPage(model: DocumentPageModel) {
  const { documentId, document, today, steps } = model
  const validity = validityOn(document, today)
  const { making } = document
  return (
    <DeskPage title={document.title} crumbs={[{ label: '规范性文件', href: DESK_HOME }]} status={<ValidityTag validity={validity} />} lead={`${document.docNo} · ${validityText(document, today)}`}>
      <FlashNotice flash={model.flash} />
      <Warnings {...model} />
      <div className="aside">
        <div className="stack">
          <Sheet title="文件">
            <DefinitionList
              items={present([
                ['种类', DOCUMENT_KINDS[document.kind]],
                ['登记、备案号', document.registrationNo],
                ['主题分类', making.topic === null ? null : TOPICS[making.topic]],
                ['公布之日', document.madeOn],
                ['施行之日', document.effectiveOn],
                ['有效期', document.expiresOn === null ? '没有有效期' : `至 ${document.expiresOn}`],
                ['废止之日', document.repealedOn],
                ['废止的依据', document.repealBasis],
                ['合法性审核', making.legalReview],
                ['征求意见', making.consultation],
                ['集体审议', making.deliberation],
                ['别处的地址', document.url],
              ])}
            />
          </Sheet>
          <ItemSheet {...model} />
          {(model.by !== null || model.repealed.length > 0) && (
            <Sheet title="废止关系">
              <LinkList items={[...(model.by === null ? [] : [toLink(model.by, '由这一件废止')]), ...model.repealed.map((each) => toLink(each, '废止了这一件'))]} />
            </Sheet>
          )}
          <Sheet title="经过">
            <Timeline entries={model.history} />
          </Sheet>
        </div>
        <aside className="stack" aria-label="下一步">
          <section className="sheet">
            <h2>可以办</h2>
            {steps.length === 0 ? (
              <p className="quiet">现在没有您可以办的。</p>
            ) : (
              steps.map((step, i) => (
                <p key={step.href}>
                  <LinkButton href={step.href} second={i > 0}>
                    {step.label}
                  </LinkButton>
                </p>
              ))
            )}
          </section>
          <section className="sheet">
            <h2>门户</h2>
            {model.inLibrary ? (
              <p>
                已在政策文件库：<a href={libraryHref(documentId)}>公众看到的页面</a>
              </p>
            ) : (
              <p>公众还看不到这一件。连上正文并公开，或者由另一位负责人批准列入，即在政策文件库里。</p>
            )}
          </section>
          <section className="sheet">
            <h2>年度报告</h2>
            <p>
              <a href={model.recordHref}>计入哪些年度的哪些格</a>
            </p>
          </section>
        </aside>
      </div>
    </DeskPage>
  )
}

const present = (items: readonly (readonly [string, string | null])[]) => items.flatMap(([label, text]) => (text === null || text === '' ? [] : [[label, text] as const]))
const toLink = ({ documentId, title, docNo }: Named, note: string) => ({ label: `《${title}》`, href: deskHref(documentId), note: `${docNo} · ${note}` })

function Warnings({ documentId, document, today, item }: DocumentPageModel) {
  const validity = validityOn(document, today)
  const pending = document.cleanUps.at(-1)
  return (
    <>
      {validity === 'valid' && item?.isExpired === true && (
        <Notice tone="warn" title="文件现行有效，载有正文的信息却已标明失效">
          请另登记一条信息，经审查公开之后连上。<a href={`${deskHref(documentId)}/link`}>改连</a>
        </Notice>
      )}
      {validity !== 'valid' && item !== null && item.isPublic && !item.isExpired && (
        <Notice tone="warn" title="文件已不再有效，载有正文的信息还没有标明失效">
          它的内容正在改动，等重新公开。公开之后，夜里自动标明；不再公开的，请撤回。政策文件库里已标明失效。
        </Notice>
      )}
      {validity === 'valid' && pending !== undefined && pending.result === 'repeal' && document.repealedOn === null && <Notice tone="warn" title={`${pending.on} 清理的结论是应予废止，还没有废止`}>{pending.note}</Notice>}
      {validity === 'valid' && pending !== undefined && pending.result === 'revise' && !document.amendments.some(({ on }) => on >= pending.on) && <Notice tone="warn" title={`${pending.on} 清理的结论是应予修改，还没有登记修改`}>{pending.note}</Notice>}
    </>
  )
}

function ItemSheet({ documentId, version, item, candidates, canLink }: DocumentPageModel) {
  return (
    <Sheet title="正文">
      {item === null ? (
        <>
          <p>
            还没有连上载有正文的信息。正文登记为一条主动公开信息，经审查公开之后，政策文件库里即可看到全文、下载附件。{canLink && <a href={`/desk/items/new?document=${documentId}`}>登记信息</a>}
          </p>
          {canLink && candidates.length > 0 && (
            <>
              <h3>文号相同的信息</h3>
              <ul className="items">
                {candidates.map((each) => (
                  <li key={each.itemId}>
                    <span className="items-text">
                      {each.title}
                      <span className="quiet">
                        {each.indexNo} · {each.statusText}
                      </span>
                    </span>
                    <PostButton action={`${deskHref(documentId)}/link`} label="连上" spoken={`连上 ${each.indexNo}`} kind="second" fields={{ version: String(version), indexNo: each.indexNo }} />
                  </li>
                ))}
              </ul>
            </>
          )}
        </>
      ) : (
        <p>
          {item.isPublic ? <a href={itemPath(item.indexNo)}>{item.title}</a> : item.title} <Tag tone={item.isPublic && !item.isExpired ? 'ok' : 'wait'}>{item.statusText}</Tag>
          <span className="quiet"> 索引号 {item.indexNo}</span>
        </p>
      )}
    </Sheet>
  )
}
