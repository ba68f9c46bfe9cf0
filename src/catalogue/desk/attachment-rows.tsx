import { Tag } from '../../platform/html/index.ts'
import { sizeText } from '../../platform/http/index.ts'
import type { ItemFormModel } from './load-form.ts'
import { deskFileHref } from './load-form.ts'

type Row = ItemFormModel['attachments'][number]

const STATES = { read: ['ok', '文字已读出'], 'no-text': ['plain', '没有文字'], unreadable: ['late', '读不出'] } as const

/** 一个附件的文字读得怎样。 */
export function TextState({ file }: { file: Pick<Row, 'textState' | 'textNote'> }) {
  const [tone, words] = STATES[file.textState]
  return (
    <>
      <Tag tone={file.textState === 'read' && file.textNote !== null ? 'wait' : tone}>{words}</Tag>
      {file.textNote !== null && <span className="quiet"> {file.textNote}</span>}
    </>
  )
}

/** 表单里的各个附件：改名、上移、去掉；上传过的随草稿存着，不用再选。 */
export function AttachmentRows({ attachments, itemId }: { attachments: readonly Row[]; itemId: string }) {
  if (attachments.length === 0) return <p className="quiet">还没有附件。</p>
  return (
    <ol className="attachment-rows">
      {attachments.map((file, i) => (
        <li key={file.key}>
          <input type="hidden" name="attachment" value={file.key} />
          <label>
            <span className="vh">第 {i + 1} 个附件的名称</span>
            <input type="text" name={`name:${file.key}`} defaultValue={file.name} maxLength={120} />
          </label>
          <p className="attachment-facts">
            <a href={deskFileHref(itemId, file.key, file.name)}>打开</a> {sizeText(file.bytes)} <TextState file={file} />
          </p>
          <p className="attachment-facts">
            {i > 0 && (
              <button className="link" name="do" value={`up:${file.key}`} aria-label={`把「${file.name}」上移`}>
                上移
              </button>
            )}
            <button className="link" name="do" value={`remove:${file.key}`} aria-label={`去掉「${file.name}」`}>
              去掉
            </button>
          </p>
        </li>
      ))}
    </ol>
  )
}
