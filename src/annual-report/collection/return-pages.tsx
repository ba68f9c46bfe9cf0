import { DeskPage, Form, LinkButton, Sheet, TextArea, type FormState } from '../../platform/html/index.ts'
import { labelOf } from '../../statute/report-form.ts'
import { formFrame } from '../../statute/report-table.ts'
import { CellTable, TABLES } from './cell-table.tsx'
import type { FiledRoundRow } from './filing-store.ts'
import { MAX_REMARK, MOST_MARKS, sentencesIn, type Mark } from './marks.ts'

interface ReturnProps {
  base: string
  name: string
  round: FiledRoundRow
}

const crumbs = (base: string, name: string, year: number) => [{ label: `${name} ${year} 年度报告的报送`, href: base }]

/** 退回的第一步：勾选要指出的格与句；校核有错误的格先勾上。 */
export function PickMarksPage({ base, name, round, picked }: ReturnProps & { picked: ReadonlySet<string> }) {
  return (
    <DeskPage title={`退回：标出有误之处（${name}）`} heading="退回：标出有误之处" crumbs={crumbs(base, name, round.year)} lead={`勾选有误的格与句，下一步逐处写意见；至多 ${MOST_MARKS} 处。不必标出的，直接写总的意见。`}>
      <form method="get" action={`${base}/return`} className="stack">
        <input type="hidden" name="step" value="write" />
        {TABLES.map((table) => (
          <Sheet key={table} title={formFrame(round.form, table).caption}>
            <CellTable
              form={round.form}
              table={table}
              renderCell={(code) => (
                <label className="pick">
                  <input type="checkbox" name="mark" value={code} defaultChecked={picked.has(code)} aria-label={`${labelOf(code, round.form)}，${round.cells[code] ?? '空'}`} />
                  {round.cells[code] ?? '空'}
                </label>
              )}
            />
          </Sheet>
        ))}
        <Sheet title="正文">
          <ul className="marks">
            {sentencesIn(round).map((one) => (
              <li key={one.key}>
                <input type="checkbox" name="mark" value={one.key} id={`mark-${one.key}`} defaultChecked={picked.has(one.key)} />
                <label htmlFor={`mark-${one.key}`}>{one.text}</label>
              </li>
            ))}
          </ul>
        </Sheet>
        <div className="buttons">
          <button className="btn">下一步：写意见</button>
          <a href={base}>取消</a>
        </div>
      </form>
    </DeskPage>
  )
}

/** 退回的第二步：逐处写意见，写总的意见，退回。 */
export function WriteRemarksPage({ base, name, round, marks, state, version }: ReturnProps & { marks: readonly Mark[]; state?: FormState; version: number }) {
  const again = `${base}/return?${marks.map(({ key }) => `mark=${encodeURIComponent(key)}`).join('&')}`
  return (
    <DeskPage title={`退回：写意见（${name}）`} heading="退回：写意见" crumbs={crumbs(base, name, round.year)} actions={<LinkButton href={again} second>再标几处</LinkButton>}>
      <Sheet title={`退回${name}第 ${round.round} 次报送`}>
        <Form action={`${base}/return`} submit="退回修改" danger cancel={{ href: base }} state={state} hidden={{ version: String(version), round: String(round.round), marks: marks.map(({ key }) => key).join(' ') }}>
          {marks.map(({ key, cell, sentence }) => (
            <TextArea
              key={key}
              name={`remark.${key}`}
              label={cell === null ? `「${(sentence ?? '').slice(0, 60)}${(sentence ?? '').length > 60 ? '…' : ''}」` : `${labelOf(cell, round.form)}，报来 ${round.cells[cell] ?? '空'}`}
              rows={2}
              maxLength={MAX_REMARK}
              required
            />
          ))}
          <TextArea name="words" label="总的意见" rows={4} maxLength={2000} required={marks.length === 0} hint={marks.length === 0 ? '没有标出之处的，须写明哪里要改，不少于五个字' : undefined} />
        </Form>
      </Sheet>
    </DeskPage>
  )
}
