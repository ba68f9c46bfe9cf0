import { DeskPage, EmptyState, Sheet } from '../../platform/html/index.ts'
import { MATERIALS, type MaterialKey } from './accepted-texts.ts'
import { whoSaid, type Saying } from './gather-sayings.ts'
import { rollUpPath } from './roll-up-place.ts'

export interface TextsPageModel {
  year: number
  problems: readonly (Saying & { measures: readonly string[] })[]
  sayings: Readonly<Record<MaterialKey, readonly Saying[]>>
}

const SHOWN = 30

/** 各机关的文字按相近归在一起，都是原话；写区政府的报告时取材。 */
export function TextsPage({ year, problems, sayings }: TextsPageModel) {
  const keys = (Object.keys(MATERIALS) as MaterialKey[]).filter((key) => sayings[key].length > 0)
  return (
    <DeskPage
      title={`${year} 年度各机关的文字`}
      crumbs={[
        { label: '年度报告', href: '/desk/reports' },
        { label: `${year} 年度全区汇总`, href: rollUpPath(year) },
      ]}
      lead="受理的报告里的原话，说得相近的归在一起，家数多的在前。区政府报告的初稿就摘自这里。"
    >
      {problems.length === 0 && keys.length === 0 && (
        <EmptyState title="还没有受理的报告，或者报告里没有这几处的文字" action={{ label: '去审核', href: `/desk/filings/${year}` }} />
      )}
      {problems.length > 0 && (
        <Sheet title="存在的问题与改进措施">
          <ol>
            {problems.slice(0, SHOWN).map((one) => (
              <li key={one.text}>
                <Said saying={one} />
                {one.measures.length > 0 && <p className="quiet">措施：{[...new Set(one.measures.map((measure) => measure.replace(/[。；]+$/, '')))].join('；')}。</p>}
              </li>
            ))}
          </ol>
          <More count={problems.length} />
        </Sheet>
      )}
      {keys.map((key) => (
        <Sheet key={key} title={MATERIALS[key]}>
          <ol>
            {sayings[key].slice(0, SHOWN).map((one) => (
              <li key={one.text}>
                <Said saying={one} />
              </li>
            ))}
          </ol>
          <More count={sayings[key].length} />
        </Sheet>
      ))}
    </DeskPage>
  )
}

const More = ({ count }: { count: number }) => (count <= SHOWN ? null : <p className="quiet">另有 {count - SHOWN} 句只有一两家说，到各机关的报告里看。</p>)

const Said = ({ saying: { text, who, others } }: { saying: Saying }) => (
  <>
    <p>{text}</p>
    <p className="quiet">{whoSaid(who)}</p>
    {others.some((one) => one.text !== text) && (
      <details>
        <summary>各家的原话</summary>
        <ul>
          {others
            .filter((one) => one.text !== text)
            .slice(0, SHOWN)
            .map((one) => (
              <li key={`${one.who}${one.text}`}>
                {one.who}：{one.text}
              </li>
            ))}
        </ul>
      </details>
    )}
  </>
)
