import type { Block, Word } from '../../redaction/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import type { DeskMark } from './marks.ts'
import { lineText, toLines } from './page-words.ts'
import type { Line } from './page-words.ts'
import { MarkedText } from './picture.tsx'

type Values = FormState['values']

/** 一页至多列多少字；再多的用画框、查找。 */
export const MOST_LISTED = 3000
const AREA = ['left', 'top', 'width', 'height'] as const
const AREA_LABELS = { left: '距左', top: '距上', width: '宽', height: '高' } as const

/** 逐行、逐字勾选；脚本在图上的选择也落在这些勾选框里。 */
export function WordChoices({ words, values }: { words: readonly Word[]; values: Values }) {
  const lines = toLines(words)
  const [chosenLines, chosenWords] = [new Set(values['line']), new Set(values['w'])]
  const shown = firstLines(lines)
  return (
    <>
      <fieldset className="field">
        <legend>逐行勾选</legend>
        {lines.length === 0 && <p className="hint">这一页读不出文字，可能是扫描的图：请在图上画框，或者填写位置。</p>}
        {shown.length < lines.length && <p className="hint">这一页的文字太多，只列前 {shown.length} 行；其余的在图上画框，或者用查找。</p>}
        <ol className="lines" aria-label="这一页的文字">
          {shown.map((line, i) => (
            <li key={line[0]}>
              <label>
                <input type="checkbox" name="line" value={i} defaultChecked={chosenLines.has(String(i))} /> {lineText(words, line)}
              </label>
              {line.length > 1 && (
                <details>
                  <summary>
                    逐字选<span className="vh">，第 {i + 1} 行</span>
                  </summary>
                  <div className="letters">
                    {line.map((index) => (
                      <Letter key={index} index={index} word={words[index]} checked={chosenWords.has(String(index))} />
                    ))}
                  </div>
                </details>
              )}
              {line.length === 1 && <Only index={line[0] ?? 0} word={words[line[0] ?? 0]} checked={chosenWords.has(String(line[0]))} />}
            </li>
          ))}
        </ol>
      </fieldset>
      {(values['area'] ?? []).map((area) => (
        <input key={area} type="hidden" name="area" value={area} />
      ))}
      <details className="by-place" open={AREA.some((name) => (values[name]?.[0] ?? '') !== '')}>
        <summary>按位置填写（百分之几）</summary>
        <div className="letters">
          {AREA.map((name) => (
            <label key={name} className="control">
              <span>{AREA_LABELS[name]}</span>
              <input name={name} inputMode="decimal" maxLength={6} defaultValue={values[name]?.[0]} />
            </label>
          ))}
        </div>
      </details>
    </>
  )
}

function firstLines(lines: readonly Line[]): readonly Line[] {
  let listed = 0
  const end = lines.findIndex((line) => (listed += line.length) > MOST_LISTED)
  return end < 0 ? lines : lines.slice(0, end)
}

const boxOf = (word: Word | undefined): string => (word === undefined ? '' : [word.x, word.y, word.w, word.h].map((n) => n.toFixed(4)).join(' '))

const Letter = ({ index, word, checked }: { index: number; word: Word | undefined; checked: boolean }) => (
  <label>
    <input type="checkbox" name="w" value={index} defaultChecked={checked} data-box={boxOf(word)} />
    {word?.text}
  </label>
)

// 一行只有一个字（词）的，勾整行即是；留着给脚本用
const Only = ({ index, word, checked }: { index: number; word: Word | undefined; checked: boolean }) => (
  <input type="checkbox" hidden name="w" value={index} defaultChecked={checked} data-box={boxOf(word)} aria-label={word?.text} />
)

/** 逐段勾选，或者填写其中的文字；脚本另可用鼠标选。 */
export function BlockChoices({ blocks, marks, values }: { blocks: readonly Block[]; marks: readonly DeskMark[]; values: Values }) {
  const chosen = new Set(values['block'])
  return (
    <fieldset className="field">
      <legend>文字</legend>
      {blocks.length === 0 && <p className="hint">这份文件读不出文字。</p>}
      <ol className="blocks-list" id="blocks">
        {blocks.map(({ id, text, place }) => (
          <li key={id}>
            <p className="quiet">{place}</p>
            <p className="block-text" data-block={id}>
              <MarkedText text={text} marks={marks.filter((mark) => mark.kind === 'text' && mark.block === id)} />
            </p>
            <div className="block-choice">
              <label>
                <input type="checkbox" name="block" value={id} defaultChecked={chosen.has(String(id))} /> 整段
              </label>
              <label>
                只遮其中的 <input type="text" name={`only-${id}`} maxLength={500} defaultValue={values[`only-${id}`]?.[0]} aria-label={`只遮${place}其中的文字`} />
              </label>
            </div>
          </li>
        ))}
      </ol>
      {(values['span'] ?? []).map((span) => (
        <input key={span} type="hidden" name="span" value={span} />
      ))}
    </fieldset>
  )
}
