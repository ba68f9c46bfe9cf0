import { FlashNotice } from '../../identity/index.ts'
import type { Flash } from '../../identity/index.ts'
import { DeskPage, EmptyState, LinkList, Sheet, Tag } from '../../platform/html/index.ts'
import type { Tone } from '../../platform/html/index.ts'
import { letterRule } from '../letters/letters.ts'
import type { LetterOffer } from './list-offers.ts'
import type { Letter, LetterEntry } from './letter-store.ts'

export const LETTER_STATUSES = { draft: '待签批', returned: '已退回', signed: '已签批', issued: '已发出' } as const
const TONES: Readonly<Record<Letter['status'], Tone>> = { draft: 'act', returned: 'late', signed: 'wait', issued: 'ok' }

export const LetterTag = ({ status }: { status: Letter['status'] }) => <Tag tone={TONES[status]}>{LETTER_STATUSES[status]}</Tag>

export const crumbsOf = (caseId: string, regNo: string) => [
  { label: '在办申请', href: '/desk/applications' },
  { label: regNo, href: `/desk/applications/${caseId}` },
]

export interface LetterListModel {
  caseId: string
  regNo: string
  letters: readonly LetterEntry[]
  /** 可以起草的人才有 */
  offers: readonly LetterOffer[]
  flash: Flash | null
}

/** 一件申请的文书：已有的，与现在可以起草的。 */
export function LetterListPage({ caseId, regNo, letters, offers, flash }: LetterListModel) {
  const here = `/desk/applications/${caseId}/letters`
  const open = offers.filter((offer) => offer.reason === null)
  const closed = offers.filter((offer) => offer.reason !== null)
  return (
    <DeskPage title={`${regNo} 的文书`} heading="文书" crumbs={crumbsOf(caseId, regNo)} lead="起草、签批由两人分别办理；发出时编文号，此后不再变动。">
      <FlashNotice flash={flash} />
      <Sheet title="这件申请的文书">
        {letters.length === 0 ? (
          <EmptyState title="还没有文书" />
        ) : (
          <LinkList
            items={letters.toSorted((one, other) => Number(one.status === 'issued') - Number(other.status === 'issued')).map((letter) => ({
              href: `${here}/${letter.letterId}`,
              label: letterRule(letter.type).title,
              note: letter.docNo ?? undefined,
              tag: <LetterTag status={letter.status} />,
              ...(letter.issuedOn === null ? {} : { on: letter.issuedOn }),
            }))}
          />
        )}
      </Sheet>
      {offers.length > 0 && (
        <Sheet title="起草">
          <LinkList items={open.map(({ type, title, when, awaited }) => ({ href: `${here}/new/${type}`, label: title, note: ` ${when}`, ...(awaited ? { tag: <Tag tone="act">等着发</Tag> } : {}) }))} />
          {closed.length > 0 && (
            <details>
              <summary>现在不能出的 {closed.length} 种</summary>
              <ul>
                {[...Map.groupBy(closed, ({ reason }) => reason ?? '')].map(([reason, group]) => (
                  <li key={reason}>
                    {reason} <span className="quiet">{group.map(({ title }) => title).join('、')}</span>
                  </li>
                ))}
              </ul>
            </details>
          )}
        </Sheet>
      )}
    </DeskPage>
  )
}
