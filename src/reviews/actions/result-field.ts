import type { ActionField } from '../../applications/index.ts'
import { SETTINGS } from '../../bodies/index.ts'
import { columnOf } from '../results.ts'
import type { ResultColumn, ResultMap } from '../results.ts'

const COLUMNS: Readonly<Record<ResultColumn, string>> = { upheld: '结果维持', corrected: '结果纠正', other: '其他结果' }

/** 结果一栏：每一种写明计入表四的哪一列；归类没有取得官方说明，依机构的设置〔待核〕。 */
export function resultField<R extends string>(
  results: Readonly<Record<R, { label: string; column: ResultColumn; under?: Partial<Record<ResultMap, ResultColumn>>; aliases: readonly string[] }>>,
  map: ResultMap,
  { value, required = true }: { value?: R | null; required?: boolean } = {},
): ActionField {
  const options = Object.fromEntries((Object.keys(results) as R[]).map((key) => [key, `${results[key].label}（表四：${COLUMNS[columnOf(results[key], map)]}）`]))
  return {
    name: 'result',
    label: '结果',
    kind: 'choice',
    required,
    options,
    ...(value == null ? {} : { value }),
    hint: `括号里是计入年度报告表四的哪一列。归类没有取得官方说明，为本区设定，不是法定：依机构的设置「${SETTINGS.caseResultMap.label}」：${SETTINGS.caseResultMap.options[map]}`,
  }
}

/** 选定的结果；不在所列的为 null。 */
export const resultIn = <R extends string>(results: Readonly<Record<R, unknown>>, text: string): R | null => (Object.hasOwn(results, text) ? (text as R) : null)
