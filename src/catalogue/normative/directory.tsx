import type { Document } from '../../documents/index.ts'
import { DataTable, LinkButton, Notice, PortalPage } from '../../platform/html/index.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { LIBRARY, libraryHref } from './document-words.ts'
import type { LibraryEntry } from './library-queries.ts'

/** 目录至多列多少件；多了的请按机关看。 */
export const MOST_LISTED = 1000
export const DIRECTORY = `${LIBRARY}/directory`
export const DIRECTORY_FORMATS = {
  pdf: { type: 'application/pdf', label: 'PDF' },
  xlsx: { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', label: 'XLSX' },
  docx: { type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', label: 'DOCX' },
} as const
export type DirectoryFormat = keyof typeof DIRECTORY_FORMATS

export interface DirectoryModel {
  /** 一个机关的；全区的为 null */
  body: { code: string; name: string } | null
  /** 全区的写区名 */
  district: string
  /** 这一日现行有效的 */
  on: PlainDate
  today: PlainDate
  entries: readonly LibraryEntry[]
  total: number
  bodies: ReadonlyMap<string, { code: string; name: string }>
}

export const directoryTitle = ({ body, district }: Pick<DirectoryModel, 'body' | 'district'>): string => `${body?.name ?? district}现行有效规范性文件目录`

export const directoryHref = ({ body, on }: Pick<DirectoryModel, 'body' | 'on'>, format?: DirectoryFormat): string => {
  const params = new URLSearchParams({ ...(body === null ? {} : { body: body.code }), on })
  return `${DIRECTORY}${format === undefined ? '' : `.${format}`}?${params.toString()}`
}

/** 目录的页面，可打印。 */
export function DirectoryPage(model: DirectoryModel) {
  const { body, on, today, entries, total, bodies } = model
  return (
    <PortalPage
      title={directoryTitle(model)}
      crumbs={[{ label: '首页', href: '/' }, { label: '政策文件库', href: LIBRARY }]}
      lead={`截至 ${on}，现行有效的 ${total} 件，按公布先后。`}
      actions={
        entries.length === 0 ? undefined : (
          <>
            {(Object.keys(DIRECTORY_FORMATS) as DirectoryFormat[]).map((format) => (
              <LinkButton key={format} href={directoryHref(model, format)} second>
                下载 {DIRECTORY_FORMATS[format].label}
              </LinkButton>
            ))}
          </>
        )
      }
    >
      <search aria-label="选机关与日子" className="controls">
        <form action={DIRECTORY}>
          <label className="control">
            <span>制定机关</span>
            <select name="body" defaultValue={body?.code ?? ''}>
              <option value="">全区</option>
              {[...bodies.values()].map((each) => (
                <option key={each.code} value={each.code}>
                  {each.name}
                </option>
              ))}
            </select>
          </label>
          <label className="control">
            <span>截至哪一日</span>
            <input type="date" name="on" defaultValue={on} max={today} />
          </label>
          <button className="btn second">看目录</button>
        </form>
      </search>
      {total > entries.length && <Notice tone="info" title={`只列出前 ${entries.length} 件`}>请选一个机关看全部。</Notice>}
      <DataTable
        caption={directoryTitle(model)}
        columns={[
          { key: 'title', label: '名称', render: (entry: LibraryEntry) => entry.title },
          { key: 'docNo', label: '文号', render: (entry) => entry.docNo },
          ...(body === null ? [{ key: 'body', label: '制定机关', render: (entry: LibraryEntry) => bodies.get(entry.bodyId)?.name ?? '' }] : []),
          { key: 'madeOn', label: '公布日期', nowrap: true, render: (entry) => entry.madeOn },
          { key: 'effectiveOn', label: '施行日期', nowrap: true, render: (entry) => entry.effectiveOn ?? '' },
          { key: 'expiresOn', label: '有效期至', nowrap: true, render: (entry) => entry.expiresOn ?? '没有有效期' },
        ]}
        rows={entries}
        rowKey={(entry) => entry.documentId}
        rowHref={(entry) => libraryHref(entry.documentId)}
        empty={{ title: '这一日没有现行有效的规范性文件', children: '换一个机关或者日子看；已经失效的在政策文件库里查得到。', action: { label: '到政策文件库', href: LIBRARY } }}
      />
    </PortalPage>
  )
}

/** 目录写成中立的文书，由此得 PDF、XLSX、DOCX。 */
export function toDirectoryDocument(model: DirectoryModel, demo: boolean): Document {
  const { body, on, entries, total, bodies, district } = model
  const heads = ['序号', '名称', '文号', ...(body === null ? ['制定机关'] : []), '公布日期', '施行日期', '有效期至']
  return {
    title: directoryTitle(model),
    creator: body?.name ?? district,
    datedOn: on,
    demo,
    blocks: [
      { kind: 'paragraph', spans: [`截至 ${on}，现行有效的共 ${total} 件${total > entries.length ? `，以下为前 ${entries.length} 件` : ''}。`] },
      {
        kind: 'table',
        table: {
          caption: '现行有效规范性文件',
          widths: body === null ? [6, 25, 16, 17, 12, 12, 12] : [7, 32, 22, 13, 13, 13],
          headRows: 1,
          rows: [
            heads.map((text) => ({ text, head: true, align: 'center' as const })),
            ...entries.map((entry, i) =>
              [String(i + 1), entry.title, entry.docNo, ...(body === null ? [bodies.get(entry.bodyId)?.name ?? ''] : []), entry.madeOn, entry.effectiveOn ?? '', entry.expiresOn ?? '没有有效期'].map((text) => ({ text, align: 'left' as const })),
            ),
          ],
        },
      },
    ],
  }
}
