import type { ReactNode } from 'react'
import { SetDocument } from '../../documents/index.ts'
import { DefinitionList, LinkList, Notice, PortalPage, Sheet } from '../../platform/html/index.ts'
import type { PublishedArticle } from './published-article.ts'
import { titleOf } from '../editions/report-model.ts'

export interface EditionLine {
  edition: number
  publishedOn: string
  reason: string | null
}

export interface PublicReportModel {
  article: PublishedArticle
  publishedOn: string
  /** 公布过的各版，由新到旧 */
  editions: readonly EditionLine[]
  /** 是否为最新一版 */
  latest: boolean
  faces: string
  otherYears: readonly number[]
  /** 添在下载之后的 */
  children?: ReactNode
}

const FORMATS = [
  ['pdf', 'PDF', '版式文件，供打印存档'],
  ['docx', 'DOCX', '文字处理文件'],
  ['xlsx', 'XLSX', '表格数据'],
  ['json', 'JSON', '机读数据'],
  ['html', '网页文件', '单独的网页，可离线阅读'],
] as const

// 年份不折成两行
const Title = ({ article, latest }: { article: PublishedArticle; latest: boolean }) => {
  const [before, after] = titleOf(article).split(`${article.year}年`)
  return (
    <>
      {before}
      <span className="whole">{article.year}年</span>
      {after}
      {!latest && `（第 ${article.edition} 版）`}
    </>
  )
}

/** 公布的年度报告。 */
export function PublicReportPage({ article, publishedOn, editions, latest, faces, otherYears, children }: PublicReportModel) {
  const column = `/bodies/${article.bodyCode}`
  const here = `${column}/annual-reports/${article.year}`
  const download = latest ? here : `${here}/editions/${article.edition}`
  return (
    <PortalPage
      title={latest ? titleOf(article) : `${titleOf(article)}（第 ${article.edition} 版）`}
      heading={<Title article={article} latest={latest} />}
      description={`${titleOf(article)}：主动公开、依申请公开、行政复议诉讼情况，可查阅、下载。`}
      crumbs={[
        { label: '首页', href: '/' },
        { label: article.bodyName, href: column },
        { label: '年度报告', href: `${column}#annual-reports` },
      ]}
      lead={
        <>
          公布日期 {publishedOn}。
          <a className="noprint" href="#downloads">
            下载 PDF、DOCX、XLSX
          </a>
        </>
      }
    >
      {!latest && (
        <Notice tone="warn" title={`这是第 ${article.edition} 版，已有更正后的新版`}>
          <a href={here}>查看最新一版</a>
        </Notice>
      )}
      <div className="aside">
        <SetDocument html={article.html} />
        <aside className="stack" aria-label="下载与其他版本">
          <Sheet title="下载" id="downloads">
            <LinkList
              items={FORMATS.map(([format, label, note]) => ({ label, note, href: `${download}/download/${format}` }))}
            />
            <p className="quiet">
              JSON 的<a href="/schemas/annual-report.json">格式说明</a>。{faces}
            </p>
          </Sheet>
          <Sheet title="这份报告">
            <DefinitionList
              items={[
                ['公布机关', article.bodyName],
                ['统计期', `${article.year}-01-01 至 ${article.asOf}`],
                ['版次', editions.length > 1 ? `第 ${article.edition} 版` : '原版'],
              ]}
            />
            {editions.length > 1 && (
              <LinkList
                items={editions.map((one) => ({
                  label: `第 ${one.edition} 版`,
                  href: `${here}/editions/${one.edition}`,
                  on: one.publishedOn,
                  note: one.reason ?? undefined,
                }))}
              />
            )}
          </Sheet>
          {children}
          {otherYears.length > 0 && (
            <Sheet title="历年">
              <LinkList
                items={otherYears.map((year) => ({ label: `${year} 年`, href: `${column}/annual-reports/${year}` }))}
              />
            </Sheet>
          )}
        </aside>
      </div>
    </PortalPage>
  )
}
