import { place, type Place, type Subject } from './rule.ts'

const CITATION = /(国办[\u4e00-\u9fa5]{0,6})[[〔［（(【](20\d\d)[〕\]］）)】](\d{1,3})号/g

/** 报告常引的文件，按年份与序号认出，文号须逐字相同。 */
const KNOWN = [
  { code: '国办公开办函', year: '2021', no: '30', about: /公开/ },
  { code: '国办公开办函', year: '2019', no: '60', about: /公开/ },
  { code: '国办公开办函', year: '2019', no: '61', about: /公开/ },
  { code: '国办函', year: '2020', no: '109', about: /^国办/ },
] as const

/** AR-D01：引用文号错误。 */
export const wrongCitations = (subject: Subject): Place[] =>
  onText(subject, /国办/, CITATION, (line, [written, code, year, no]) => {
    const known = KNOWN.find((each) => each.year === year && each.no === no && each.about.test(code!))
    if (!known || known.code === code) return null
    const expected = `${known.code}〔${known.year}〕${known.no}号`
    return place(line, `引用的文号「${written}」有误`, { expected, mend: `改为「${expected}」` })
  })

const REGULATION = /《([^《》]{0,30}公开条[例列])》/g
const isWrongName = (name: string): boolean =>
  name.endsWith('条列') ||
  /政务(?:信息)?公开条例$/.test(name) ||
  (name.startsWith('中华人民共和国') && name !== '中华人民共和国政府信息公开条例')

/** AR-D02：条例名称写错。简称与各地自己的条例（名称带省、市）不在此列。 */
export const wrongRegulationNames = (subject: Subject): Place[] =>
  onText(subject, /公开条[例列]》/, REGULATION, (line, [written, name]) => {
    if (!isWrongName(name!) || /[省市]|自治区/.test(name!)) return null
    return place(line, `条例名称「${written}」有误`, {
      expected: '《中华人民共和国政府信息公开条例》',
      mend: '改为条例全称',
    })
  })

const WRONG_YEAR_BRACKETS = /[\u4e00-\u9fa5]{1,8}[[［（(【]20\d\d[\]］）)】]\d{1,4}号/g

/** AR-D03：文号的年份应用六角括号〔〕。 */
export const wrongYearBrackets = (subject: Subject): Place[] =>
  onText(subject, /20\d\d[\]］）)】]\d/, WRONG_YEAR_BRACKETS, (line, [written]) =>
    place(line, `文号「${written}」的年份没有用六角括号`, {
      expected: written.replace(/[[［（(【](20\d\d)[\]］）)】]/, '〔$1〕'),
      mend: '年份用〔〕',
    }),
  )

// hint 先问全文、再问一行有没有，没有的不细找
function onText({ texts, whole }: Subject, hint: RegExp, pattern: RegExp, judge: (line: number, found: RegExpMatchArray) => Place | null): Place[] {
  if (!hint.test(whole)) return []
  return texts
    .filter(({ text }) => hint.test(text))
    .flatMap(({ line, text }) => [...text.matchAll(pattern)].flatMap((found) => judge(line, found) ?? []))
}

const PERIOD = /统计(?:期|时|数据|的时|区间)|1月1日(?:起)?(?:至|到|—|-|－)/
const BASIS = /(?:根据|依据|按照|依照)[^。；]{0,20}条例/
const CONTACT = /(?:\d{3,4}[-—－―]\d{7,8})|(?:电话|地址|邮编|邮箱|联系方式)[:：]|@/
const DATED = /(?:^|[^\d])20\d\d年\d{1,2}月\d{1,2}日$|(?:发布|成文|公开|发文)(?:日期|时间)[:：]/

/** AR-M01：缺统计期、依据、联系方式、成文或发布日期。前三者都有而只缺日期的，不提。 */
export function missingParticulars({ texts, whole: lines }: Subject): Place[] {
  const whole = lines.replaceAll('\n', '')
  const missing = [
    ...(PERIOD.test(whole) ? [] : ['统计期']),
    ...(BASIS.test(whole) ? [] : ['依据']),
    ...(CONTACT.test(whole) ? [] : ['联系方式']),
  ]
  if (missing.length === 0) return []
  const dated = texts.some(({ text }) => DATED.test(text))
  const words = missing.join('、')
  return [
    place(null, `没有写明${words}${dated ? '' : '、成文或发布日期'}`, {
      expected: '引言写明编制依据、统计期与联系方式，文末写明日期',
      mend: `在引言里写明${words}${dated ? '' : '，文末写明日期'}`,
    }),
  ]
}

const DATE = /(20\d\d)(?:年|[-./])(\d{1,2})(?:月|[-./])(\d{1,2})日?/
const SIGNED = /^(20\d\d)年(\d{1,2})月(\d{1,2})日$/
const DATE_LABEL = /(?:发布|成文|公开|发文)(?:日期|时间)[:：]/

/** AR-L01：发布日期晚于次年 1 月 31 日（条例第四十九条；固定日期，不因节假日顺延）。 */
export function lateRelease({ report, texts, whole }: Subject): Place[] {
  if (report.year === null) return []
  const due = `${report.year + 1}-01-31`
  const labelled = DATE_LABEL.test(whole)
  for (const { line, text } of texts) {
    const found = SIGNED.exec(text) ?? (labelled && DATE_LABEL.test(text) ? DATE.exec(text) : null)
    if (!found) continue
    const on = `${found[1]}-${found[2]!.padStart(2, '0')}-${found[3]!.padStart(2, '0')}`
    if (on <= due || on > `${report.year + 2}-12-31`) continue
    return [
      place(line, `日期为 ${on}，晚于 ${due}`, {
        expected: `不晚于 ${due}`,
        mend: '按条例第四十九条，每年 1 月 31 日前向主管部门提交并向社会公布',
      }),
    ]
  }
  return []
}
