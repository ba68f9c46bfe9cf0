import { FlashNotice } from '../../identity/index.ts'
import type { Flash } from '../../identity/index.ts'
import { DataTable, DeskPage, LinkButton, Notice, Sheet, Tag } from '../../platform/html/index.ts'
import type { ListQuery } from '../../platform/html/index.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { addCalendarDays, daysBetween } from '../../statute/plain-date.ts'
import { CLEAN_UPS, DESK_HOME, VALIDITY_TONES, deskHref, termText } from './document-words.ts'
import { DOCUMENT_KINDS, VALIDITIES, validityOn } from './normative-document.ts'
import type { DocumentKind, Validity } from './normative-document.ts'
import type { DocumentRow } from './normative-queries.ts'
import type { YearSum } from './year-sum.ts'

export interface DocumentListModel {
  rows: readonly DocumentRow[]
  total: number
  query: ListQuery
  years: readonly number[]
  sums: readonly YearSum[]
  /** 六十日之内届满的 */
  lapsing: number
  today: PlainDate
  canHandle: boolean
  canExport: boolean
  flash: Flash | null
}

const NEAR_DAYS = 60

export const ValidityTag = ({ validity }: { validity: Validity }) => <Tag tone={VALIDITY_TONES[validity]}>{VALIDITIES[validity]}</Tag>

/** 本机关的规范性文件：一年的账、列表。 */
export function DocumentListPage(props: DocumentListModel) {
  const { rows, total, query, years, today, canHandle } = props
  return (
    <DeskPage
      title="规范性文件"
      lead="登记制发、修改、延续、废止与清理；效力逐日算出，到期自行失效，年度报告表二由此计数（条例第二十条第一项）。"
      actions={
        <>
          <LinkButton href={CLEAN_UPS} second>
            清理
          </LinkButton>
          {canHandle && <LinkButton href={`${DESK_HOME}/new`}>登记文件</LinkButton>}
        </>
      }
    >
      <FlashNotice flash={props.flash} />
      {props.lapsing > 0 && query.filters['lapsing'] === undefined && (
        <Notice tone="warn" title={`${props.lapsing} 件的有效期在六十日之内届满`}>
          需要继续施行的，在届满之前评估并办理延续。<a href={`${DESK_HOME}?lapsing=60&sort=expiresOn`}>看是哪几件</a>
        </Notice>
      )}
      <div className="stack">
        {props.sums.map((sum) => (
          <SumSheet key={sum.kind} sum={sum} />
        ))}
        <DataTable
          caption="规范性文件"
          columns={[
            { key: 'title', label: '名称', render: (row: DocumentRow) => row.title },
            { key: 'docNo', label: '文号', nowrap: true, sort: true, render: (row) => row.docNo },
            { key: 'validity', label: '效力', nowrap: true, render: (row) => <Validities row={row} today={today} /> },
            { key: 'madeOn', label: '公布', nowrap: true, sort: true, render: (row) => row.madeOn },
            { key: 'expiresOn', label: '有效期', nowrap: true, sort: true, render: (row) => termText(row.expiresOn) },
            { key: 'item', label: '正文', nowrap: true, render: (row) => (row.itemId === null ? (row.listed ? '未连' : <Tag tone="wait">未连，未列入库</Tag>) : '已连') },
          ]}
          rows={rows}
          rowKey={(row) => row.documentId}
          rowHref={(row) => deskHref(row.documentId)}
          list={{
            query,
            total,
            search: '名称、文号、登记号',
            filters: [
              { kind: 'select', name: 'kind', label: '种类', options: options(DOCUMENT_KINDS) },
              { kind: 'select', name: 'validity', label: '今日的效力', options: options(VALIDITIES).filter(({ value }) => value !== 'unmade') },
              { kind: 'select', name: 'year', label: '公布年度', options: yearOptions(years) },
              { kind: 'select', name: 'ended', label: '失效年度', options: yearOptions(endedYears(years, today)) },
              { kind: 'date', name: 'validAt', label: '这一日有效' },
              { kind: 'select', name: 'lapsing', label: '将届满', options: [{ value: '60', label: '六十日之内' }] },
            ],
            ...(props.canExport ? { exports: [{ label: 'CSV' as const, href: `${DESK_HOME}.csv` }] } : {}),
          }}
          empty={{
            title: '还没有登记规范性文件',
            children: '制发了的在此登记；已有清单的，可以导入台账「规范性文件清单」。没有制发过的，表二照零填。',
            ...(canHandle ? { action: { label: '登记文件', href: `${DESK_HOME}/new` } } : {}),
          }}
        />
      </div>
    </DeskPage>
  )
}

const options = (labels: Readonly<Record<string, string>>) => Object.entries(labels).map(([value, label]) => ({ value, label }))
const yearOptions = (years: readonly number[]) => years.map((year) => ({ value: String(year), label: `${year} 年` }))

function endedYears(years: readonly number[], today: PlainDate): number[] {
  const [first, last] = [years.at(-1), Number(today.slice(0, 4))]
  return first === undefined ? [] : Array.from({ length: Math.min(100, last - first + 1) }, (_, i) => last - i)
}

function Validities({ row, today }: { row: DocumentRow; today: PlainDate }) {
  const validity = validityOn(row, today)
  const left = row.expiresOn === null || validity !== 'valid' ? null : daysBetween(today, row.expiresOn)
  return (
    <span>
      <ValidityTag validity={validity} />
      {left !== null && left <= NEAR_DAYS && <span className="quiet"> 余 {left} 日</span>}
    </span>
  )
}

/** 一年的账，每个数点开即所计的各件。 */
function SumSheet({ sum }: { sum: YearSum }) {
  const { kind, year, before, made, repealed, valid, to } = sum
  const link = (search: string, n: number) => <a href={`${DESK_HOME}?kind=${kind}&${search}`}>{n}</a>
  const ended = to === `${year}-12-31` ? '年末' : '今日'
  return (
    <Sheet title={`${year} 年${kindOf(kind)}的账`}>
      <p>
        上年末有效 {link(`validAt=${addCalendarDays(`${year}-01-01`, -1)}`, before)} 件 ＋ 本年制发 {link(`year=${year}`, made)} 件 － 本年废止 {link(`ended=${year}`, repealed)} 件 ＝ {ended}现行有效{' '}
        <strong>{link(`validAt=${to}`, valid)}</strong> 件
      </p>
      <p className="quiet">即年度报告表二第二十条第（一）项的「制发」「废止」「现行有效」。有效期届满的计入「废止」（本区设定）。</p>
    </Sheet>
  )
}

const kindOf = (kind: DocumentKind): string => DOCUMENT_KINDS[kind]
