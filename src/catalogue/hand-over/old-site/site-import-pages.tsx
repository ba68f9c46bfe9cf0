import { FlashNotice } from '../../../identity/index.ts'
import type { Flash } from '../../../identity/index.ts'
import { CheckboxGroup, DataTable, DefinitionList, DeskPage, FieldGroup, FileField, Form, Moment, Notice, ProgressBar, SelectField, Sheet, Steps, Tag, TextField } from '../../../platform/html/index.ts'
import type { Column, FormState, ListQuery, Step } from '../../../platform/html/index.ts'
import { dutyTitle } from '../../duties/duty-pages.tsx'
import { PUBLICATION_CODES } from '../../publication-codes.ts'
import type { PublicationCode } from '../../publication-codes.ts'
import { HAND_OVER } from '../hand-over-page.tsx'
import { PAGE_RESULTS, SITE_IMPORT_STATUSES } from '../tables.ts'
import type { PageResult } from '../tables.ts'
import type { SiteImportPageRow, SiteImportRow } from './site-import-store.ts'
import { SITE_LIMITS } from './site-source.ts'

export const SITE_IMPORTS = `${HAND_OVER}/import`
export const siteImportHref = (importId: string): string => `${SITE_IMPORTS}/${importId}`

const number = (n: number): string => n.toLocaleString('en-US')
const CRUMBS = [{ label: '交门户', href: HAND_OVER }]
const TONES = { reading: 'act', read: 'wait', running: 'act', done: 'ok', failed: 'late' } as const
const RESULT_TONES = { ok: 'ok', doubtful: 'wait', refused: 'late', skipped: 'plain' } as const

/** 旧网站的导入：上传，与此前的各次。 */
export const SiteImportsPage = ({ imports, total, names, query, state, flash }: { imports: readonly SiteImportRow[]; total: number; names: ReadonlyMap<string, string>; query: ListQuery; state: FormState; flash: Flash | null }) => (
  <DeskPage title="从旧网站导入" crumbs={CRUMBS} lead="把旧网站存下来的网页与附件导入：先逐页说明能不能导入，看过再确认；旧网址以后自动转到新地址。">
    <FlashNotice flash={flash} />
    <div className="stack">
      <Sheet title="上传">
        <p>
          把旧网站存成一个压缩包（ZIP）：网页、图片与附件照原来的目录。每页都照要公开的信息预检，有个人信息、密级标志的不导入。只有目录表格（标题、网址、日期）的，到<a href="/desk/ledgers/new/old-site">台账导入</a>里导入；超过 {SITE_LIMITS.uploadBytes / 1024 / 1024} MB 的，分成几个压缩包，或者请系统管理员在服务器上导入。
        </p>
        <Form action={SITE_IMPORTS} state={state} submit="上传并读一遍" multipart>
          <FileField name="file" label="压缩包" required accept=".zip" />
          <TextField name="origin" label="旧网站的网址" type="url" width="middle" required placeholder="http://www.example.gov.cn" hint="网页的网址由它与压缩包里的路径合成，旧网址凭此转到新地址。" />
          <SelectField name="code" label="归哪一项法定内容" required options={(Object.keys(PUBLICATION_CODES) as PublicationCode[]).map((code) => ({ value: code, label: dutyTitle(code) }))} />
          <FieldGroup title="标题、日期、正文在页面的哪里" lead="不填的由程序认；认得不对，再照网页的源码写 CSS 选择器，如 .article h1。">
            <TextField name="title" label="标题" width="middle" maxLength={200} />
            <TextField name="date" label="发布日期" width="middle" maxLength={200} />
            <TextField name="body" label="正文" width="middle" maxLength={200} />
            <TextField name="docNo" label="文号" width="middle" maxLength={200} />
          </FieldGroup>
        </Form>
      </Sheet>
      <Sheet title="此前的导入">
        <DataTable
          caption="此前的导入"
          columns={importColumns(names)}
          rows={imports}
          rowKey={(row) => row.import_id}
          rowHref={(row) => siteImportHref(row.import_id)}
          empty={{ title: '还没有导入过' }}
          list={{ query, total }}
        />
      </Sheet>
    </div>
  </DeskPage>
)

const importColumns = (names: ReadonlyMap<string, string>): readonly Column<SiteImportRow>[] => [
  { key: 'file', label: '文件', render: (row) => row.file_name },
  { key: 'at', label: '时间', nowrap: true, render: (row) => <Moment at={row.created_at} /> },
  { key: 'by', label: '经办', render: (row) => names.get(row.requested_by) ?? '命令行' },
  { key: 'status', label: '进展', nowrap: true, render: (row) => <Tag tone={TONES[row.status]}>{SITE_IMPORT_STATUSES[row.status]}</Tag> },
  { key: 'created', label: '新增（条）', align: 'end', render: (row) => (row.status === 'done' ? number(row.created) : '') },
]

/** 一次导入：逐页账、确认、进度、结果。 */
export const SiteImportPage = ({ row, by, pages, query, mayConfirm, flash }: { row: SiteImportRow; by: string; pages: readonly SiteImportPageRow[]; query: ListQuery; mayConfirm: boolean; flash: Flash | null }) => (
  <DeskPage
    title={`从旧网站导入：${row.file_name}`}
    heading={row.file_name}
    crumbs={[...CRUMBS, { label: '从旧网站导入', href: SITE_IMPORTS }]}
    status={<Tag tone={TONES[row.status]}>{SITE_IMPORT_STATUSES[row.status]}</Tag>}
    lead={
      <>
        {by}，<Moment at={row.created_at} />，{row.profile.origin}
      </>
    }
  >
    <FlashNotice flash={flash} />
    <Steps label="导入的步骤" steps={stepsOf(row)} />
    <div className="stack">
      <Standing row={row} mayConfirm={mayConfirm} />
      {row.status !== 'reading' && row.status !== 'running' && <Account row={row} pages={pages} query={query} />}
    </div>
  </DeskPage>
)

function stepsOf({ status }: SiteImportRow): Step[] {
  const at = { reading: 1, read: 2, running: 3, done: 5, failed: 1 }[status]
  return ['上传', '读', '核对', '写入', '完成'].map((label, index) => ({ label, state: index < at ? 'done' : index === at ? 'current' : 'todo' }))
}

function Standing({ row, mayConfirm }: { row: SiteImportRow; mayConfirm: boolean }) {
  const counts = (result: PageResult): number => row.counts[result] ?? 0
  if (row.status === 'reading') return <Sheet title="正在读"><ProgressBar label="读网页" done={row.done} total={row.total} unit="页" note="读完之后逐页说明能不能导入。" /></Sheet>
  if (row.status === 'running') return <Sheet title="正在写入"><ProgressBar label="写入" done={row.done} total={row.total} unit="条" note="全部写好才算数，中途断掉则一条不留。" /></Sheet>
  if (row.status === 'failed')
    return (
      <Notice tone="error" title={row.message ?? '没有导入'}>
        <p>
          改好之后<a href={SITE_IMPORTS}>重新上传</a>。
        </p>
      </Notice>
    )
  if (row.status === 'done')
    return (
      <Sheet title="已导入">
        <DefinitionList items={[['结果', `新增 ${number(row.created)} 条，更新 ${number(row.changed)} 条，未变 ${number(row.unchanged)} 条`], ['写完于', <Moment key="at" at={row.finished_at} />], ['旧网址', '没有这个页面时自动转到新地址；请把旧域名指到本站'], ['下一步', <a key="next" href="/desk/items">看主动公开的信息</a>]]} />
      </Sheet>
    )
  if (counts('ok') + counts('doubtful') === 0)
    return (
      <Notice tone="error" title="没有一页可以导入">
        <p>
          看下面各页的缘由；多半是标题、日期、正文没有认出，写明选择器后<a href={SITE_IMPORTS}>重新上传</a>。
        </p>
      </Notice>
    )
  return (
    <Sheet title="确认导入">
      <p>
        可以导入 {number(counts('ok'))} 页，可疑 {number(counts('doubtful'))} 页，不能导入 {number(counts('refused'))} 页，不是文章 {number(counts('skipped'))} 页。导入的记为已经公开的既成事实，公开日期照旧网站，随即在门户上看得到；已有的照网址认出，没有变化的不动。
      </p>
      {!mayConfirm && <Notice tone="info" title="由另一人确认">导入即公开，请公开工作机构负责人或者机关领导（不是上传的人）逐页看过，在本页确认。已经告诉他们。</Notice>}
      {mayConfirm && <Form action={`${siteImportHref(row.import_id)}/confirm`} submit="导入" cancel={{ href: SITE_IMPORTS, label: '不导入，重新上传' }}>
        {counts('doubtful') > 0 && <CheckboxGroup name="doubtful" label="可疑的" options={[{ value: 'yes', label: `连同可疑的 ${number(counts('doubtful'))} 页`, hint: '请先看过下面的缘由' }]} />}
      </Form>}
    </Sheet>
  )
}

const pageColumns: readonly Column<SiteImportPageRow>[] = [
  { key: 'page', label: '序号', align: 'end', render: (page) => number(page.page) },
  { key: 'result', label: '结果', nowrap: true, render: (page) => <Tag tone={RESULT_TONES[page.result]}>{PAGE_RESULTS[page.result]}</Tag> },
  { key: 'title', label: '标题', render: (page) => page.title || '—' },
  { key: 'on', label: '日期', nowrap: true, render: (page) => page.on_day ?? '—' },
  { key: 'notes', label: '缘由', render: (page) => page.notes.join('；') },
  { key: 'path', label: '文件', render: (page) => <span className="quiet break">{page.path}</span> },
]

function Account({ row, pages, query }: { row: SiteImportRow; pages: readonly SiteImportPageRow[]; query: ListQuery }) {
  const result = query.filters['result']
  const total = Object.entries(row.counts).reduce((sum, [name, n]) => (result === undefined || result === name ? sum + n : sum), 0)
  return (
    <Sheet title="逐页账" actions={<a href={`${siteImportHref(row.import_id)}/account.csv`}>下载逐页账（CSV）</a>}>
      <DataTable
        caption="逐页账"
        columns={pageColumns}
        rows={pages}
        rowKey={(page) => String(page.page)}
        empty={{ title: '没有读到网页' }}
        list={{ query, total, filters: [{ kind: 'select', name: 'result', label: '结果', options: Object.entries(PAGE_RESULTS).map(([value, label]) => ({ value, label: `${label}（${number(row.counts[value as PageResult] ?? 0)}）` })) }] }}
      />
    </Sheet>
  )
}
