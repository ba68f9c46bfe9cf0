import type { FormState } from '../../platform/html/index.ts'
import { isPlainDate } from '../../statute/plain-date.ts'
import { errorsOf, textProblem, wholeProblem } from '../progress/check-text.ts'
import { GROUPS, faultOfScale } from './indicator.ts'
import type { Hundredths, Indicator, Scale } from './indicator.ts'
import { isSourceKey } from './source.ts'
import type { Scheme } from './store.ts'

type Text = (name: string) => string

/** 分数的写法：至多两位小数；不合的为 null。 */
export function readPoints(text: string): Hundredths | null {
  const found = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(text.normalize('NFKC').trim())
  return found === null ? null : Number(found[1]) * 100 + Number((found[2] ?? '0').padEnd(2, '0'))
}

const readNumber = (text: string): number | null => (/^\d{1,5}(?:\.\d{1,2})?$/.test(text.normalize('NFKC').trim()) ? Number(text.normalize('NFKC')) : null)

/** 方案的名称等一栏栏读来；错在哪里写在栏旁。 */
export function readScheme(text: Text): { errors: FormState['errors']; given: Pick<Scheme, 'title' | 'basis' | 'selfBy' | 'appealDays' | 'ranking'> } {
  const [title, basis, selfBy, days] = [text('title'), text('basis'), text('selfBy'), text('appealDays')]
  return {
    errors: errorsOf({
      title: textProblem(title, 2, 100),
      basis: textProblem(basis, 2, 500),
      selfBy: selfBy === '' || isPlainDate(selfBy) ? null : '请填写日期',
      appealDays: wholeProblem(days, 1, 60),
    }),
    given: { title, basis, selfBy: selfBy === '' ? null : selfBy, appealDays: Number(days), ranking: text('ranking') === 'yes' },
  }
}

/** 分档写作一行一档，如「95=100」：达到 95 得满分的 100%。 */
function readSteps(text: string, down: boolean): Scale | null {
  const lines = text.split('\n').map((line) => line.normalize('NFKC').trim()).filter((line) => line !== '')
  const steps = lines.map((line) => /^(\d{1,5}(?:\.\d{1,2})?)\s*[=:]\s*(\d{1,3})%?$/.exec(line))
  return steps.some((found) => found === null) ? null : { kind: 'steps', down, steps: steps.map((found) => ({ at: Number(found?.[1]), share: Number(found?.[2]) })) }
}

export const stepsText = (scale: Scale): string => (scale.kind === 'steps' ? scale.steps.map(({ at, share }) => `${at}=${share}`).join('\n') : '')

function readScale(text: Text): { scale: Scale | null; errors: FormState['errors'] } {
  if (text('scale') === 'linear') {
    const [zero, full] = [readNumber(text('zero')), readNumber(text('full'))]
    if (zero === null || full === null) return { scale: null, errors: errorsOf({ zero: zero === null ? '请填数字，至多两位小数' : null, full: full === null ? '请填数字，至多两位小数' : null }) }
    const scale: Scale = { kind: 'linear', zero, full }
    return { scale, errors: errorsOf({ full: faultOfScale(scale) }) }
  }
  if (text('scale') !== 'steps' && text('scale') !== 'steps-down') return { scale: null, errors: { scale: '请选择计分办法' } }
  const scale = readSteps(text('steps').slice(0, 500), text('scale') === 'steps-down')
  return scale === null ? { scale, errors: { steps: '一行一档，写作「界线=得分的百分比」，如 95=100' } } : { scale, errors: errorsOf({ steps: faultOfScale(scale) }) }
}

/** 一项指标的表单；没有错的给出由代码成为指标的。 */
export function readIndicator(text: Text): { errors: FormState['errors']; given: ((code: string) => Indicator) | null } {
  const [name, group, basis, how, kind, source] = [text('name'), text('group'), text('basis'), text('how'), text('kind'), text('source')]
  const weight = readPoints(text('weight'))
  const { scale, errors: scaleErrors } = kind === 'computed' ? readScale(text) : { scale: null, errors: {} }
  const errors = {
    ...errorsOf({
      name: textProblem(name, 2, 40), basis: textProblem(basis, 2, 100), how: textProblem(how, 2, 200), group: GROUPS.some((each) => each === group) ? null : '请选择',
      weight: weight === null || weight === 0 || weight > 100_00 ? '请填 0.01 至 100 的分数，至多两位小数' : null,
      kind: kind === 'computed' || kind === 'judged' ? null : '请选择', source: kind !== 'computed' || isSourceKey(source) ? null : '请选择取数',
    }),
    ...scaleErrors,
  }
  if (Object.keys(errors).length > 0 || weight === null) return { errors, given: null }
  const common = { name, group, weight, basis, how }
  if (kind === 'computed' && scale !== null && isSourceKey(source)) return { errors, given: (code) => ({ ...common, code, kind: 'computed', source, scale }) }
  return { errors, given: (code) => ({ ...common, code, kind: 'judged' }) }
}
