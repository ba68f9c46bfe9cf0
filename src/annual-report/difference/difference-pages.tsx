import { DeskPage, FieldGroup, FileField, Form, LinkButton, Notice, PortalPage, SelectField, Sheet, type FormState } from '../../platform/html/index.ts'
import type { Compared } from './compare-reports.ts'
import { ReportDifference } from './report-difference.tsx'
import type { Version } from './versions.ts'

/** 选定的一边：哪个机关哪一年，其中哪一份。 */
export interface Side {
  code: string
  name: string
  year: number
  versions: readonly Version[]
  version: Version | null
  report: Compared | null
}

export interface DifferencePageModel {
  bodies: readonly { code: string; name: string }[]
  years: readonly number[]
  a: Side | null
  b: Side | null
  wholeDistrict: boolean
}

const DIFFERENCES = '/desk/differences'

const sideName = ({ name, year, version }: Side): string => `${name} ${year} 年度${version === null ? '' : `，${version.label}`}`

/** 工作台：两份报告的不同。选机关与年度，再换其中的哪一份。 */
export function DifferencePage({ bodies, years, a, b, wholeDistrict }: DifferencePageModel) {
  const options = bodies.map(({ code, name }) => ({ value: code, label: name }))
  const yearOptions = years.map((year) => ({ value: String(year), label: `${year} 年度` }))
  const side = (name: 'a' | 'b', title: string, chosen: Side | null) => (
    <FieldGroup title={title}>
      <SelectField name={name} label="机关" required options={options} value={chosen?.code} />
      <SelectField name={`${name}Year`} label="年度" required blank={null} options={yearOptions} value={String(chosen?.year ?? years[name === 'a' ? 1 : 0] ?? years[0] ?? '')} />
    </FieldGroup>
  )
  const ready = a?.report != null && b?.report != null && a.version !== null && b.version !== null
  return (
    <DeskPage
      title="两份报告的不同"
      crumbs={[{ label: '年度报告', href: '/desk/reports' }]}
      lead={`同一机关的两年、两次报送，或者两个机关。${wholeDistrict ? '' : '别的机关只能比公布了的。'}`}
      actions={
        <LinkButton href="/check/difference" second>
          比较两个文件
        </LinkButton>
      }
    >
      {a !== null && b !== null && (
        <>
          <Choices a={a} b={b} side="a" />
          <Choices a={a} b={b} side="b" />
        </>
      )}
      {ready && a.report !== null && b.report !== null ? <ReportDifference before={a.report} after={b.report} names={['前一份', '后一份']} /> : null}
      <Sheet title={ready ? '换两份再比' : '选两份'}>
        <Form action={DIFFERENCES} method="get" submit={ready ? '再比较' : '比较'}>
          <div className="two">
            {side('a', '前一份', a)}
            {side('b', '后一份', b)}
          </div>
        </Form>
      </Sheet>
    </DeskPage>
  )
}

const query = (a: Side, b: Side): string =>
  `?${new URLSearchParams({ a: a.code, aYear: String(a.year), aVersion: a.version?.key ?? '', b: b.code, bYear: String(b.year), bVersion: b.version?.key ?? '' }).toString()}`

/** 这一边还有别的几份，换一份。 */
function Choices({ a, b, side }: { a: Side; b: Side; side: 'a' | 'b' }) {
  const own = side === 'a' ? a : b
  const label = side === 'a' ? '前一份' : '后一份'
  if (own.version === null) return <Notice tone="warn" title={`${label}：${own.name} ${own.year} 年度没有可以比的报告，请换一个年度或机关`} />
  const others = own.versions.filter(({ key }) => key !== own.version?.key)
  return (
    <p>
      {label}：<strong>{sideName(own)}</strong>
      {others.length > 0 && '　换成：'}
      {others.map((version, i) => (
        <span key={version.key}>
          {i > 0 && '、'}
          <a href={`${DIFFERENCES}${side === 'a' ? query({ ...a, version }, b) : query(a, { ...b, version })}`}>{version.label}</a>
        </span>
      ))}
    </p>
  )
}

const ACCEPT = '.html,.htm,.docx,.pdf,.txt,.json,.xlsx'
const CRUMBS = [
  { label: '首页', href: '/' },
  { label: '核查一份年度报告', href: '/check' },
]

export interface FilesPageModel {
  /** 在本站公布过报告的机关与年度 */
  bodies: readonly { code: string; name: string }[]
  years: readonly number[]
  state?: FormState
}

/** 公众：比两份报告，各选一个文件或者一份公布了的；文件不留存。 */
export const FilesPage = ({ bodies, years, state }: FilesPageModel) => {
  const side = (name: 'before' | 'after', title: string) => (
    <FieldGroup title={title}>
      <FileField name={name} label="文件" accept={ACCEPT} />
      {bodies.length > 0 && (
        <>
          <SelectField name={`${name}Body`} label="或者在本站公布的：哪个机关" blank="不选" options={bodies.map(({ code, name: label }) => ({ value: code, label }))} />
          <SelectField name={`${name}Year`} label="哪一年度" blank={null} options={years.map((year) => ({ value: String(year), label: `${year} 年度` }))} value={String(years[name === 'before' ? 1 : 0] ?? years[0] ?? '')} />
        </>
      )}
    </FieldGroup>
  )
  return (
    <PortalPage title="比较两份年度报告" description="比较两份政府信息公开工作年度报告：各格的增减，增删移动的句子，各段有多像。不留存。" crumbs={CRUMBS} lead="两年的、两个机关的、同一份的前后两稿都可以。文件只在比较时读取，比完即弃，不留存。">
      <Form action="/check/difference" submit="比较" multipart state={state}>
        <p className="quiet">文件可以是网页、DOCX、PDF、TXT，或本系统的 XLSX、JSON，各不超过 20 MB；扫描件没有文字层，读不出。</p>
        <div className="two">
          {side('before', '前一份')}
          {side('after', '后一份')}
        </div>
      </Form>
    </PortalPage>
  )
}

export const FilesResultPage = ({ before, after, names }: { before: Compared; after: Compared; names: readonly [string, string] }) => (
  <PortalPage title="两份报告的不同" crumbs={[...CRUMBS, { label: '比较两份年度报告', href: '/check/difference' }]} lead={`前一份：${names[0]}；后一份：${names[1]}。`} actions={<LinkButton href="/check/difference">再比两份</LinkButton>}>
    <ReportDifference before={before} after={after} names={['前一份', '后一份']} />
  </PortalPage>
)
