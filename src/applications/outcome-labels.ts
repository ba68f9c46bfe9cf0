import { OUTCOME_NAMES, outcomeRule, isOutcome } from '../statute/outcomes.ts'
import type { Outcome } from '../statute/outcomes.ts'
import { formOf } from '../statute/report-form.ts'

// 各行最常见的那一种结果：同一行有两种的，按行填写时取后者
const OF_ROW = new Map<string, Outcome>(OUTCOME_NAMES.map((name) => [outcomeRule(name).row, name]))

/** 台账里常见的其他写法。 */
const ALIASES: readonly (readonly [RegExp, Outcome])[] = [
  [/^(予以)?公开$|^(同意|全部|依申请)公开$|^提供$/, 'GRANTED'],
  [/已(经)?主动公开/, 'GRANTED_ALREADY_PUBLIC'],
  [/部分公开|区分处理/, 'PARTIAL'],
  [/国家秘密/, 'DENY_SECRET'],
  [/(法律|法规).*禁止/, 'DENY_LAW'],
  [/三安全一稳定/, 'DENY_3S1W'],
  [/商业秘密|个人隐私|第三方/, 'DENY_THIRD_PARTY'],
  [/内部(事务|管理)/, 'DENY_INTERNAL'],
  [/过程性/, 'DENY_PROCESS'],
  [/执法案卷/, 'DENY_CASEFILE'],
  [/行政查询|特别规定/, 'ADMIN_QUERY'],
  [/不存在|不掌握|(非|不属于?|不是)本(机关|单位|部门).*|未(制作|保存|获取)/, 'UNABLE_NOT_HELD'],
  [/另行制作|加工|没有现成/, 'UNABLE_NEEDS_CREATION'],
  [/补正后.*不明确/, 'UNABLE_UNCLEAR'],
  [/信访|举报|投诉/, 'NP_PETITION'],
  [/大量反复/, 'NP_EXCESSIVE'],
  [/^重复申请|不予重复/, 'NP_DUPLICATE'],
  [/出版物|公报|报刊|书籍/, 'NP_PUBLICATION'],
  [/重新出具|要求.*确认/, 'NP_RECONFIRM'],
  [/不补正|未补正|视为放弃/, 'CLOSED_NO_CORRECTION'],
  [/(未|不)(按.*)?缴(纳)?(费|纳)|逾期.*缴/, 'CLOSED_NO_PAYMENT'],
  [/撤回|撤销申请|取消申请|撤件/, 'OTHER'],
  [/^其他(处理)?$/, 'OTHER'],
]

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s“”"'‘’]+/g, '')
    .replace(/[;；。,，、:：]+$/, '')

// 去掉“三、”“(三)”“1.”一类的序号
const unnumbered = (text: string): string => plain(text).replace(/^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|\d+[.、．)])+/, '')

const BY_LABEL = new Map<string, Outcome>()
for (const name of OUTCOME_NAMES) BY_LABEL.set(plain(outcomeRule(name).label), name)
for (const row of formOf('2021').t3) {
  const outcome = OF_ROW.get(row.code)
  if (outcome === undefined) continue
  const short = unnumbered(row.label).replace(/\(.*\)$/, '')
  for (const label of [plain(row.label), unnumbered(row.label), short]) if (label !== '其他') BY_LABEL.set(label, outcome)
  if (row.group !== null) {
    const group = unnumbered(row.group)
    for (const label of [short, plain(row.label)]) for (const joint of ['', '-', '—', '(', ':']) BY_LABEL.set(`${group}${joint}${label}`, outcome)
  }
}

export type OutcomeReading = { ok: true; outcome: Outcome } | { ok: false; message: string; mend: string }

/** 台账“处理结果”一格读成哪种结果：认结果名、报告的行名（带不带序号都行）、行代码与常见写法。 */
export function readOutcome(text: string): OutcomeReading {
  const code = plain(text).toUpperCase()
  const byRow = OF_ROW.get(code) ?? OF_ROW.get(`R${code}`)
  if (byRow !== undefined) return { ok: true, outcome: byRow }
  if (isOutcome(code)) return { ok: true, outcome: code }
  const labels = [plain(text), unnumbered(text), unnumbered(text).replace(/\)$/, '')]
  for (const label of labels) {
    const found = BY_LABEL.get(label)
    if (found !== undefined) return { ok: true, outcome: found }
  }
  const matched = [...new Set(ALIASES.filter(([pattern]) => pattern.test(unnumbered(text))).map(([, outcome]) => outcome))]
  const [only, ...others] = matched
  if (only !== undefined && others.length === 0) return { ok: true, outcome: only }
  if (only !== undefined) {
    const choices = matched.map((name) => outcomeRule(name).label).join('、')
    return { ok: false, message: `“${short(text)}”可以有几种理解`, mend: `请写明是哪一种：${choices}` }
  }
  return { ok: false, message: `认不出的处理结果“${short(text)}”`, mend: `请按年度报告的情形填写，如“予以公开”“部分公开”“${ONE_DENIAL}”` }
}

const ONE_DENIAL = '不予公开：4.保护第三方合法权益'
const short = (text: string): string => (text.length > 30 ? `${text.slice(0, 30)}…` : text)
