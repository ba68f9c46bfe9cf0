import { place, type Place, type Subject } from './rule.ts'
import { dense } from './report-view.ts'

const BUDGET_TITLE = /《([^《》]{4,40}?)(20\d\d)年度?[^《》]{0,12}(?:预算|决算)[^《》]{0,12}》/g

// 名称以此收尾的才是机关，「关于武昌区2024年预算执行情况」不是
const BODY_NAME = /(?:局|委员会|委|办公室|办|中心|政府|厅|院|站|队|处|所|街道|镇|乡|馆|校|会)$/

/** AR-N01：预决算等文件标题用了别的机关名，一行一处。一级政府的报告会提到各部门的预决算，不核。 */
export function otherBodyNames({ report, context, texts, whole }: Subject): Place[] {
  const body = report.body === null ? '' : dense(report.body)
  if (body.length < 4 || body.endsWith('人民政府') || !/《[^《》]*(?:预算|决算)/.test(whole)) return []
  const known = [body, ...(context.formerNames ?? []).map(dense)]
  return texts.flatMap(({ line, text }) => {
    if (!text.includes('《')) return []
    const names = [...text.matchAll(BUDGET_TITLE)]
      .map((found) => found[1]!)
      .filter((name) => BODY_NAME.test(name))
      .filter((name) => !known.some((each) => each.includes(name) || name.includes(each)))
      .filter((name) => !isExplained(name, whole))
    if (names.length === 0) return []
    const others = [...new Set(names)].map((name) => `「${name}」`).join('、')
    return [
      place(line, `文件标题用的是${others}（${names.length} 处），与报告主体「${body}」不同`, {
        expected: body,
        mend: '是曾用名的，登记曾用名或在文中说明；不是的，改正',
      }),
    ]
  })
}

// 「原某某中心」，或前后说到更名、曾用名
function isExplained(name: string, whole: string): boolean {
  if (whole.includes(`原${name}`)) return true
  const at = whole.search(/更名|曾用名|改名/)
  return at >= 0 && whole.slice(Math.max(0, at - 60), at + 60).includes(name)
}

const perLine = ({ texts, whole }: Subject, pattern: RegExp, toPlace: (line: number, found: string[]) => Place): Place[] =>
  whole.search(pattern) < 0
    ? []
    : texts.flatMap(({ line, text }) => {
        const found = text.match(pattern)
        return found === null ? [] : [toPlace(line, found)]
      })

/** AR-W01：「政府信息处理费」应为「信息处理费」（国办函〔2020〕109 号的名称）。 */
export const wrongFeeName = (subject: Subject): Place[] =>
  perLine(subject, /政府信息处理费/g, (line, found) =>
    place(line, `「政府信息处理费」${found.length} 处，名称应为「信息处理费」`, {
      expected: '信息处理费',
      mend: '改为「信息处理费」',
    }),
  )

/** AR-W02：「依申请公开事项」宜为「政府信息公开申请」。 */
export const looseApplicationName = (subject: Subject): Place[] =>
  perLine(subject, /依申请公开(?:事项|事宜)/g, (line, found) =>
    place(line, `「${found[0]}」宜为「政府信息公开申请」`, {
      expected: '政府信息公开申请',
      mend: '改为「政府信息公开申请」',
    }),
  )

/** AR-P01：段落以逗号、顿号结尾，句子接到下一段。按版面折行的文本不核。 */
export function cutParagraphs({ texts, wrapped }: Subject): Place[] {
  if (wrapped) return []
  return texts.flatMap(({ line, text }, index) => {
    const next = texts[index + 1]
    if (text.length < 15 || !/[，、,]$/.test(text) || next === undefined) return []
    return [
      place(line, `段落以「${text.at(-1)}」结尾，句子接到第 ${next.line} 行`, {
        expected: '段落以句号结尾',
        mend: '与下一段合为一段',
        maybeExtraction: true,
      }),
    ]
  })
}

const HALF_BRACKETS = /\([一二三四五六七八九十]{1,3}\)|\(本列数据/g
const FULL_BRACKETS = /（[一二三四五六七八九十]{1,3}）|（本列数据/

/** AR-F01：序号的括号全角、半角混用，半角的一行一处。 */
export function mixedBrackets({ report }: Subject): Place[] {
  const lines = report.lines.filter((line) => line.kind !== 'furniture' && line.kind !== 'blank')
  const half = lines.filter((line) => line.text.includes('('))
  if (half.length === 0 || !lines.some((line) => FULL_BRACKETS.test(line.text))) return []
  return half.flatMap((line) => {
    const found = line.text.match(HALF_BRACKETS)
    if (found === null) return []
    const shown = found[0].startsWith('(本') ? '说明格的括号' : `「${found[0]}」`
    return [place(line.number, `${shown}是半角，别处是全角`, { expected: '全角括号「（）」', mend: '统一用全角括号' })]
  })
}

const SPACED_YEAR = /20\d\d[ \u00a0\u3000]+年/g
const PLAIN_YEAR = /20\d\d年/g

/** AR-F02：「2024 年」与「2024年」混用，一行一处。 */
export function mixedYearSpaces({ texts }: Subject): Place[] {
  const lines = texts.flatMap(({ line, raw, text }) =>
    text.includes('年') ? [{ line, spaced: raw.match(SPACED_YEAR)?.length ?? 0, plain: raw.match(PLAIN_YEAR)?.length ?? 0 }] : [],
  )
  const spaced = lines.reduce((sum, each) => sum + each.spaced, 0)
  const plain = lines.reduce((sum, each) => sum + each.plain, 0)
  if (spaced === 0 || plain === 0) return []
  return lines
    .filter((each) => each.spaced + each.plain > 0)
    .map((each) =>
      place(
        each.line,
        `年份与「年」之间${each.spaced > 0 ? '有' : '没有'}空格；全文有空格 ${spaced} 处，没有 ${plain} 处`,
        { expected: '前后一致，数字与汉字之间不空格', mend: '统一写作「2024年」的样式' },
      ),
    )
}

/** AR-F03：报告标题不合惯例 `{机关全称}{年}年政府信息公开工作年度报告`。 */
export function oddTitle({ report, texts }: Subject): Place[] {
  const found = texts.slice(0, 20).find(({ text }) => /年度?报告$/.test(text))
  if (!found || report.year === null) return []
  const title = found.text
  const expected = `${report.year}年政府信息公开工作年度报告`
  if (title.endsWith(expected)) return []
  const doubled = (title.match(/年度/g)?.length ?? 0) > 1
  return [
    place(found.line, `标题「${title}」${doubled ? '重复「年度」' : '与惯用的标题不同'}`, {
      expected: `${report.body === null ? '…' : dense(report.body)}${expected}`,
      mend: '照惯用的标题改正',
    }),
  ]
}
