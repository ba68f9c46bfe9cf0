import type { ReactNode } from 'react'
import { DeskPage, EmptyState, LinkButton, Sheet } from '../../platform/html/index.ts'
import { compareHref, documentHref, partHref, withinDocument } from './document-frame.ts'
import type { DocumentFrame } from './document-frame.ts'
import { PartLinks } from './document-page.tsx'
import type { AnswerDocument } from './document-store.ts'
import { GROUNDS } from './grounds.ts'
import type { DeskMark, Part } from './marks.ts'
import { partName } from './open-parts.ts'
import { MarkedText, Picture } from './picture.tsx'

export interface CompareModel {
  frame: DocumentFrame
  document: AnswerDocument
  part: number
  /** 那一边没有这一处的为 null */
  original: Part | null
  result: Part | null
  canConfirm: boolean
}

/** 原件与遮盖件并排，逐处对照；其下是这一处遮盖的依据与理由。 */
export function ComparePage({ frame, document, part, original, result, canConfirm }: CompareModel) {
  const marks = document.marks.filter((mark) => mark.part === part)
  const parts = Math.max(document.parts, document.result?.parts ?? 1)
  const name = partName(document.shape, part)
  return (
    <DeskPage
      title={`对照 ${frame.title} ${name} ${frame.regNo}`}
      heading={`对照${frame.title}${parts > 1 ? name : ''}`}
      crumbs={withinDocument(frame)}
      lead="左边是原件，标出遮盖之处；右边是将要提供的那一份，照其内容另行读出。"
      actions={canConfirm ? <LinkButton href={`${documentHref(frame)}/confirm`}>看过了，去核对</LinkButton> : undefined}
    >
      <div className="stack">
        {parts > 1 && (
          <nav className="sheet" aria-label="翻页">
            <PartLinks frame={frame} document={{ ...document, parts }} current={part} to={compareHref} />
          </nav>
        )}
        <div className="compare">
          <Side title="原件">{original === null ? <EmptyState title={`原件没有${name}`} /> : <View part={original} href={`${partHref(frame, part)}/picture`} label={`${frame.title}${name}的原件`} marks={marks} />}</Side>
          <Side title="遮盖件">{result === null ? <EmptyState title={`遮盖件没有${name}`} /> : <View part={result} href={`${compareHref(frame, part)}/picture`} label={`${frame.title}${name}的遮盖件`} marks={[]} />}</Side>
        </div>
        <Sheet title={`${name}遮盖 ${marks.length} 处`}>
          {marks.length === 0 ? (
            <p className="quiet">没有遮盖。</p>
          ) : (
            <ol className="reasons">
              {marks.map((mark) => (
                <li key={mark.id} value={mark.id}>
                  {GROUNDS[mark.ground].label}（条例{GROUNDS[mark.ground].article}），{mark.reason}
                </li>
              ))}
            </ol>
          )}
        </Sheet>
      </div>
    </DeskPage>
  )
}

const Side = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="compare-side">
    <h2>{title}</h2>
    {children}
  </section>
)

function View({ part, href, label, marks }: { part: Part; href: string; label: string; marks: readonly DeskMark[] }) {
  if (part.shape === 'page') return <Picture page={part} href={href} label={label} marks={marks} />
  if (part.blocks.length === 0) return <EmptyState title="没有文字" />
  return (
    <ol className="blocks-list sheet">
      {part.blocks.map(({ id, text, place }) => (
        <li key={id}>
          <p className="quiet">{place}</p>
          <p className="block-text">
            <MarkedText text={text} marks={marks.filter((mark) => mark.kind === 'text' && mark.block === id)} />
          </p>
        </li>
      ))}
    </ol>
  )
}
