import {
  FieldGroup,
  FileField,
  Form,
  FormTable,
  LinkButton,
  PortalPage,
  Sheet,
  Tag,
  TextArea,
  type FormState,
} from '../../platform/html/index.ts'
import type { Finding } from '../../statute/finding.ts'
import { formFrame, formTable } from '../../statute/report-table.ts'
import type { TableName } from '../../statute/report-form.ts'
import { FindingGroups } from '../desk/finding-groups.tsx'
import { FindingTag } from '../desk/finding-view.tsx'
import type { ReadReport } from '../reading/read-report.ts'

const WHAT = [
  '全部勾稽关系：新收加结转等于办结加结转下年、各行相加等于总计、复议诉讼分项等于总计',
  '空格、横线未填 0，职权之外的数，与上年报告的衔接',
  '六个标题与序号，五项要素，正文与表格的数字是否一致',
  '文号、名称、用语、截断、括号与空格',
]

/** 核查所：放入一份已公布的年度报告，即查即得。 */
export function CheckPage({ state }: { state?: FormState }) {
  return (
    <PortalPage
      title="核查一份年度报告"
      description="核查政府信息公开工作年度报告的勾稽关系、格式、文表一致，不留存。"
      crumbs={[{ label: '首页', href: '/' }]}
      lead="任何机关的报告，谁都可以拿来查。文件只在核查时读取，查完即弃，不留存。"
    >
      <div className="aside">
        <Form action="/check" submit="核查" multipart state={state}>
          <FieldGroup title="报告" lead="选一个文件，或者把文字（连同表格）粘贴在下面。">
            <FileField
              name="file"
              label="文件"
              hint="网页、DOCX、PDF、TXT，或本系统的 XLSX、JSON，不超过 20 MB；扫描件没有文字层，读不出。"
              accept=".html,.htm,.docx,.pdf,.txt,.json,.xlsx"
            />
            <TextArea name="text" label="粘贴文字" rows={8} maxLength={190_000} />
          </FieldGroup>
          <FieldGroup title="上年报告" lead="给出上一年度的报告，可核对结转是否衔接、内容是否雷同。">
            <FileField name="previous" label="上年报告文件" accept=".html,.htm,.docx,.pdf,.txt,.json,.xlsx" />
          </FieldGroup>
        </Form>
        <aside aria-label="核查什么">
          <Sheet title="核查什么">
            <ul>
              {WHAT.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
            <p className="quiet">适用 2019 年度以后的两种格式。</p>
            <p>
              <a href="/check/difference">比较两份报告</a>
            </p>
          </Sheet>
        </aside>
      </div>
    </PortalPage>
  )
}

export interface CheckResultModel {
  report: ReadReport
  previous: ReadReport | null
  findings: readonly Finding[]
  checkedAt: string
}

const TABLES: readonly [TableName, string][] = [
  ['T2', '二、主动公开政府信息情况'],
  ['T3', '三、收到和处理政府信息公开申请情况'],
  ['T4', '四、政府信息公开行政复议、行政诉讼情况'],
]

/** 核查结果：结论与发现（印出来只此一页）、读出的表格（错处标在格里）、逐行的原文。 */
export function CheckResultPage({ report, previous, findings, checkedAt }: CheckResultModel) {
  const count = (severity: Finding['severity']) => findings.filter((one) => one.severity === severity).length
  const [errors, warnings, infos] = [count('error'), count('warning'), count('info')]
  const name = `${report.body ?? '未能认出的机关'}${report.year ?? '未能认出的'}年度报告`
  return (
    <PortalPage
      title={`核查结果：${name}`}
      heading="核查结果"
      crumbs={[
        { label: '首页', href: '/' },
        { label: '核查一份年度报告', href: '/check' },
      ]}
      lead={`${name}。${previous === null ? '未提供上年报告，未核对衔接。' : `已与 ${previous.year ?? '上'} 年报告核对衔接。`}核查于 ${checkedAt}。`}
      actions={<LinkButton href="/check">再查一份</LinkButton>}
    >
      <p className="verdict">
        <Tag tone={errors > 0 ? 'late' : 'ok'}>{errors > 0 ? `${errors} 处错误` : '没有错误'}</Tag>
        <Tag tone={warnings > 0 ? 'wait' : 'plain'}>{warnings} 处提醒</Tag>
        <Tag>{infos} 条信息</Tag>
        <span className="quiet">
          按 {report.edition} 年版格式核查。<span className="noprint">打印本页即为核查结果单。</span>
        </span>
      </p>
      <FindingGroups findings={findings} />
      <HowRead report={report} />
      <div className="stack noprint">
        <Sheet title="读出的表格">
          <p className="quiet">请先与原件对照：读错的格，结论也不可靠。该填而空着、认不出的格写「空」。</p>
          {TABLES.map(([table, heading]) => (
            <div key={table} className="read-table">
              <h3>{heading}</h3>
              <FormTable
                {...formFrame(report.edition, table)}
                rows={formTable(report.edition, table, (code) => cellOf(report, findings, code))}
              />
            </div>
          ))}
        </Sheet>
      </div>
      <Reading report={report} />
      <Source report={report} findings={findings} />
    </PortalPage>
  )
}

function cellOf(report: ReadReport, findings: readonly Finding[], code: string) {
  const value = report.cells[code]
  const mine = findings.filter((one) => one.cell === code)
  const bad = mine.some((one) => one.severity === 'error')
  const mark = bad ? ('bad' as const) : mine.some((one) => one.severity === 'warning') ? ('warn' as const) : undefined
  const first = findings.findIndex((one) => one.cell === code)
  return {
    text: value === null || value === undefined ? (mark === undefined ? '　' : '空') : String(value),
    ...(mark === undefined ? {} : { mark, href: `#finding-${first}` }),
  }
}

const FORMATS = { html: '网页', docx: 'DOCX', pdf: 'PDF', txt: '文本', json: 'JSON', xlsx: 'XLSX' } as const

/** 印在核查结果单上的一段：由什么读出、读出多少格、有几处读法存疑；屏幕上另有表格与逐条说明。 */
function HowRead({ report }: { report: ReadReport }) {
  const values = Object.values(report.cells)
  const empty = values.filter((value) => value === null).length
  const deduced = Object.values(report.places).filter((place) => place.deduced === true).length
  return (
    <p className="howread printonly">
      怎样读出：{FORMATS[report.format]}文件，{values.length} 格中读出 {values.length - empty} 格
      {deduced > 0 && `（其中 ${deduced} 格原文没有，由勾稽关系推定）`}
      {empty > 0 && `，${empty} 格空着或认不出`}
      {report.notes.length > 0 && `；读法说明 ${report.notes.length} 条，见网页`}
      。结论以读出之数为准，请与原件对照。
    </p>
  )
}

function Reading({ report }: { report: ReadReport }) {
  if (report.notes.length === 0) return null
  return (
    <div className="stack noprint">
      <Sheet title="怎样读出来的">
        <ul>
          {report.notes.map((note) => (
            <li key={`${note.line}-${note.code}-${note.message}`}>
              <span className="quiet">第 {note.line} 行 </span>
              {note.message}
            </li>
          ))}
        </ul>
      </Sheet>
    </div>
  )
}

function Source({ report, findings }: { report: ReadReport; findings: readonly Finding[] }) {
  const byLine = Map.groupBy(
    findings.filter((one) => one.line !== null),
    (one) => one.line,
  )
  return (
    <details className="sheet source noprint">
      <summary>原文逐行，问题标在所在之处</summary>
      <ol>
        {report.lines
          .filter((line) => line.kind !== 'blank')
          .map((line) => (
            <li key={line.number} value={line.number} className={byLine.has(line.number) ? 'hit' : line.kind}>
              <span>{line.text.replaceAll('\t', '　│　')}</span>
              {byLine.get(line.number)?.map((finding, i) => (
                <small key={i}>
                  <FindingTag finding={finding} /> {finding.message}
                </small>
              ))}
            </li>
          ))}
      </ol>
    </details>
  )
}
