import { CheckboxGroup, DeskPage, EmptyState, Form, RadioGroup } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { MOST_AGREED } from './agree-many.ts'
import type { Agreeable } from './agree-many.ts'
import { pointsText } from './scale.ts'
import { hrefOf, sheetHref } from './scheme-acts.ts'
import { ASSESSMENT } from './scheme-pages.tsx'
import type { Scheme } from './store.ts'

export interface AgreeModel {
  scheme: Scheme
  rows: readonly (Agreeable & { code: string; name: string })[]
  state: FormState
}

/** 成批同意自评：一家一行，写明各项自评几分；勾了才办。 */
export function AgreePage({ scheme: { year, title }, rows, state }: AgreeModel) {
  const at = hrefOf(year)
  const ready = rows.filter(({ missing }) => missing.length === 0)
  const rest = rows.filter(({ missing }) => missing.length > 0)
  return (
    <DeskPage title={`成批同意自评 - ${title}`} heading="成批同意自评" crumbs={[{ label: '责任考核', href: ASSESSMENT }, { label: title, href: at }]} lead="所勾机关人评的各项照自评核定；已经核查过的、定为不适用的不动。要改分数的，到那家的考核表逐项核查。">
      {ready.length === 0 ? (
        <EmptyState title="没有可以成批同意的" action={{ label: '回到考核', href: at }}>
          等着核查、人评的各项都自评了的，列在这里。
        </EmptyState>
      ) : (
        <Form action={`${at}/agree`} submit="同意所勾机关的自评" cancel={{ href: at }} state={state}>
          <CheckboxGroup name="body" label={ready.length > MOST_AGREED ? `哪些机关（一次至多 ${MOST_AGREED} 家，办完再列其余的 ${ready.length - MOST_AGREED} 家）` : '哪些机关'} required options={ready.slice(0, MOST_AGREED).map(({ code, name, sheet, judged }) => ({ value: `${code} ${sheet.version}`, label: `${name}：${judged.map(({ name: item, line }) => `${item} ${pointsText(line.self ?? 0)}`).join('，') || '都已核查'}` }))} />
          <RadioGroup name="finish" label="核查办完了没有" required value="no" options={[{ value: 'no', label: '只照自评核定人评的各项' }, { value: 'yes', label: '连同完成核查', hint: '由记录算出的各项也没有要改的；机关收到通知，可以申诉' }]} />
        </Form>
      )}
      {rest.length > 0 && (
        <p className="quiet">
          没有自评全的 {rest.length} 家须逐项核查：
          {rest.slice(0, 20).map(({ code, name }, i) => (
            <span key={code}>
              {i > 0 && '、'}
              <a href={sheetHref(year, code)}>{name}</a>
            </span>
          ))}
          {rest.length > 20 && '等'}。
        </p>
      )}
    </DeskPage>
  )
}
