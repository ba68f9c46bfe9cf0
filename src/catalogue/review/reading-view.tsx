import { Sheet } from '../../platform/html/index.ts'
import { HitText } from '../precheck/precheck-page.tsx'
import type { Precheck } from '../precheck/precheck-store.ts'
import type { Reading, ReadText } from './load-reading.ts'

const EXCERPT = 400

/** 正文与附件的文字：先是一段，全文收着；在手机上不必另开页。旁边是预检的结果。 */
export function ReadingView({ itemId, reading, precheck }: { itemId: string; reading: Reading; precheck: Precheck | null }) {
  const hits = precheck?.hits.filter(({ severity }) => severity !== 'note') ?? []
  return (
    <div className="two">
      <Sheet title="正文与附件">
        <Body reading={reading} itemId={itemId} />
        {reading.attachments.map((file) => (
          <Attached key={file.key} itemId={itemId} file={file} />
        ))}
      </Sheet>
      <Sheet title="预检的结果">
        {precheck === null ? (
          <p>还没有预检。</p>
        ) : hits.length === 0 ? (
          <p>没有阻断，没有提醒。不能代替人看。</p>
        ) : (
          <ul className="items">
            {hits.map((hit) => (
              <li key={hit.key}>
                <HitText hit={hit} pick={false} />
                {hit.answer !== null && <span className="quiet">{hit.answer.kind === 'acknowledged' ? '承办人确认过' : `已放行，依据：${hit.answer.basis ?? ''}`}</span>}
              </li>
            ))}
          </ul>
        )}
      </Sheet>
    </div>
  )
}

function Body({ itemId, reading: { body, pictures } }: { itemId: string; reading: Reading }) {
  return (
    <>
      {body === null || body.text === '' ? <p className="quiet">没有正文的文字。</p> : <Text read={body} label="正文" />}
      {pictures > 0 && (
        <p>
          正文里有 {pictures} 张图，<a href={`/desk/items/${itemId}`}>在信息的页面上看</a>。
        </p>
      )}
    </>
  )
}

function Attached({ itemId, file }: { itemId: string; file: Reading['attachments'][number] }) {
  return (
    <>
      <h3>
        附件：<a href={`/desk/items/${itemId}/files/${file.key}/${encodeURIComponent(file.name)}`}>{file.name}</a>
      </h3>
      {file.text === '' ? <p className="quiet">{file.state === 'unreadable' ? '文字读不出，请打开看。' : '没有可读的文字，请打开看。'}</p> : <Text read={file} label={file.name} />}
    </>
  )
}

function Text({ read: { text, cut }, label }: { read: ReadText; label: string }) {
  const excerpt = text.trim().slice(0, EXCERPT).toWellFormed()
  return text.length <= EXCERPT ? (
    <p className="block-text">{text}</p>
  ) : (
    <>
      <p className="block-text">{excerpt}…</p>
      <details>
        <summary>
          看全文<span className="vh">：{label}</span>
        </summary>
        <p className="block-text">{text}</p>
        {cut && <p className="quiet">还没有完，太长的请打开文件看。</p>}
      </details>
    </>
  )
}
