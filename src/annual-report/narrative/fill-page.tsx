import { Fragment } from 'react'
import { DeskPage, EmptyState, Form, Notice, Sheet } from '../../platform/html/index.ts'
import { REGISTER_PAGES } from '../tally/figures.ts'
import { fill } from './narrative.ts'
import type { FillLine } from './narrative-fill.ts'
import { titleOf, type ReportModel } from '../editions/report-model.ts'

/** 从登记补入：逐处写明现在是什么、会补什么，勾了才补。 */
export function FillPage({ base, version, model, lines, empty, errors }: { base: string; version: number; model: ReportModel; lines: readonly FillLine[]; /** 今年什么都没有登记 */ empty: boolean; errors: Readonly<Record<string, string>> }) {
  return (
    <DeskPage
      title={`从登记补入 - ${titleOf(model)}`}
      heading="从登记补入"
      crumbs={[{ label: '年度报告', href: '/desk/reports' }, { label: `${model.year} 年度报告`, href: base }, { label: '写正文', href: `${base}/narrative` }]}
      lead="写过的一字不动：补的接在后面，或者填在空着的栏里。补入之后还可以改。"
    >
      {Object.keys(errors).length > 0 && (
        <Notice tone="error" title="有的话不能照登记写进正文，请先改登记，或者不勾这一处">
          <ul>
            {Object.entries(errors).map(([key, message]) => (
              <li key={key}>{message}</li>
            ))}
          </ul>
        </Notice>
      )}
      <Sheet>
        {lines.length === 0 && empty ? (
          <EmptyState title={`${model.year} 年还没有登记`} action={{ label: '回到正文', href: `${base}/narrative` }}>
            登记了才能补：
            {registersOf(model.year).map(({ label, href }, i) => (
              <Fragment key={href}>
                {i > 0 && '、'}
                <a href={href}>{label}</a>
              </Fragment>
            ))}
            。没有这些事的，直接写正文。
          </EmptyState>
        ) : lines.length === 0 ? (
          <EmptyState title="没有可以补的" action={{ label: '回到正文', href: `${base}/narrative` }}>
            登记里有的，正文都写到了。培训、会议、问题与措施、建议提案、重点领域，登记了才能补。
          </EmptyState>
        ) : (
          <Form action={`${base}/narrative/registers`} submit="补入所勾的" cancel={{ href: `${base}/narrative` }} hidden={{ version: String(version) }}>
            {lines.map((line, i) => (
              <fieldset className="field" key={line.key}>
                <legend>{line.label}</legend>
                {line.now !== '' && <p className="quiet">现在：{fill(line.now, model)}</p>}
                <div className="choice">
                  <input id={`pick-${i}`} type="checkbox" name="pick" value={line.key} defaultChecked />
                  <label htmlFor={`pick-${i}`}>
                    {line.now === '' ? '填上' : '补上'}：
                    {fill(line.added, model).split('\n').map((text, at) => (
                      <span key={text}>
                        {at > 0 && <br />}
                        {text}
                      </span>
                    ))}
                  </label>
                </div>
              </fieldset>
            ))}
          </Form>
        )}
      </Sheet>
    </DeskPage>
  )
}

const registersOf = (year: number): { label: string; href: string }[] => [
  ...Object.values(REGISTER_PAGES).map(({ label, page }) => ({ label, href: page(year) })),
  { label: '问题与措施', href: `/desk/problems?year=${year}` },
]
