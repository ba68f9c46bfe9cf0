import type { ReactNode } from 'react'
import { Notice, Sheet } from '../../platform/html/index.ts'
import { labelOf, type Cells, type Edition } from '../../statute/report-form.ts'
import type { Remark } from './filing.ts'

/** 退回的意见，与报来的数、现在的数对照。 */
export interface ReturnedModel {
  round: number
  on: string
  reviewer: string
  words: string
  remarks: readonly Remark[]
  form: Edition
  /** 报来的数 */
  filed: Cells
  /** 现在的数；上传的文件没有 */
  now: Cells | null
  /** 一格的记录在哪里看；上传的文件没有 */
  cellBase: string | null
  /** 正文在哪里改 */
  narrativeHref: string | null
}

/** 退回的意见：总的话，格旁、句旁的话逐条列出，各连到它的记录。 */
export function ReturnedView({ returned, raise }: { returned: ReturnedModel; raise?: ReactNode }) {
  const { remarks, words } = returned
  const cells = remarks.filter((one) => one.cell !== null)
  const sentences = remarks.filter((one) => one.cell === null)
  return (
    <Sheet title={`区政务公开办的退回意见（第 ${returned.round} 次报送）`} id="returned">
      {words !== '' && <p className="remark-words">{words}</p>}
      <p className="quiet">
        {returned.on} {returned.reviewer}
      </p>
      {cells.length > 0 && <CellRemarks returned={returned} cells={cells} />}
      {sentences.map((one, index) => (
        <div className="sentence-remark" key={index}>
          <blockquote>{one.sentence}</blockquote>
          <p>
            {one.text}
            {returned.narrativeHref !== null && <a href={returned.narrativeHref}>去改正文</a>}
          </p>
        </div>
      ))}
      {returned.now !== null && (
        <Notice tone="info" title="数字不能直接改：点开格，改它所数的记录，重新冻结，数就变了">
          不必改的，再报时写明缘由。
        </Notice>
      )}
      {raise}
    </Sheet>
  )
}

function CellRemarks({ returned: { form, filed, now, cellBase }, cells }: { returned: ReturnedModel; cells: readonly Remark[] }) {
  return (
    <div className="datatable">
      <table className="list">
        <caption className="vh">格旁的意见</caption>
        <thead>
          <tr>
            <th scope="col">格</th>
            <th scope="col" className="num">报来的数</th>
            {now !== null && <th scope="col" className="num">现在的数</th>}
            <th scope="col">意见</th>
          </tr>
        </thead>
        <tbody>
          {cells.map(({ cell, text }, index) =>
            cell === null ? null : (
              <tr key={index}>
                <td data-label="格">{cellBase === null ? labelOf(cell, form) : <a href={`${cellBase}/cells/${cell}`}>{labelOf(cell, form)}</a>}</td>
                <td data-label="报来的数" className="num">{filed[cell] ?? '空'}</td>
                {now !== null && <td data-label="现在的数" className="num">{now[cell] ?? '空'}</td>}
                <td data-label="意见">{text}</td>
              </tr>
            ),
          )}
        </tbody>
      </table>
    </div>
  )
}
