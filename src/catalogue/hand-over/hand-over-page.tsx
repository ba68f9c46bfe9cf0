import { FlashNotice } from '../../identity/index.ts'
import type { Flash } from '../../identity/index.ts'
import { CheckboxGroup, DataTable, DefinitionList, DeskPage, Form, LinkButton, LinkList, Moment, Notice, ProgressBar, Sheet, Tag } from '../../platform/html/index.ts'
import type { Column } from '../../platform/html/index.ts'
import type { ExportRunRow } from './export/export-store.ts'
import { TARGET_STATES } from './export/export-targets.ts'
import type { TargetState } from './export/export-targets.ts'
import { EXPORT_STATUSES } from './tables.ts'

export const HAND_OVER = '/desk/hand-over'

const number = (n: number): string => n.toLocaleString('en-US')
const size = (bytes: number): string => (bytes < 1024 * 1024 ? `${number(Math.ceil(bytes / 1024))} KB` : `${number(Math.ceil(bytes / 1024 / 1024))} MB`)

export interface HandOverModel {
  exports: readonly ExportRunRow[]
  names: ReadonlyMap<string, string>
  running: boolean
  mayExport: boolean
  mayImport: boolean
  dir: string
  /** 导出到的别的目录 */
  targets: readonly TargetState[]
  /** 能不能下载；不能的写明为何 */
  download: { ok: true } | { ok: false; why: string }
  flash: Flash | null
}

/** 交门户：静态网站、嵌入、数据与订阅、旧网站的导入。 */
export const HandOverPage = (model: HandOverModel) => (
  <DeskPage title="交门户" lead="把公开的信息交给区门户网站：导出成静态网站、嵌入到别的网页、供别的系统取用，或者从旧网站导入。">
    <FlashNotice flash={model.flash} />
    <div className="stack">
      <ExportSheet {...model} />
      {model.targets.length > 0 && (
        <Sheet title="导出到的别的目录">
          <p>每夜更新；撤回了信息的，一两分钟内更新。抄到别的服务器上的，撤回之后须自己重新抄。</p>
          <DataTable caption="导出到的别的目录" columns={targetColumns} rows={model.targets} rowKey={(target) => target.dir} empty={{ title: '没有导出到别的目录' }} />
        </Sheet>
      )}
      <Sheet title="别的办法">
        <LinkList
          items={[
            ...(model.mayImport ? [{ label: '从旧网站导入', href: '/desk/hand-over/import', note: '存下来的网页与附件，逐页说明，旧网址自动转到新地址' }] : []),
            { label: '嵌入到别的网站', href: '/embed', note: '一行代码，把一个机关的专栏放进区门户的网页' },
            { label: '订阅', href: '/subscribe', note: 'RSS、Atom，公众也可以订邮件' },
            { label: '公开数据（JSON）', href: '/data/items.json', note: '逐页取全部公开的信息，另有 DCAT-AP 目录 /catalog.jsonld、网站地图 /sitemap.xml' },
          ]}
        />
      </Sheet>
      {model.exports.length > 0 && (
        <Sheet title="最近的导出">
          <DataTable caption="最近的导出" columns={columns(model.names)} rows={model.exports} rowKey={(row) => row.export_id} empty={{ title: '还没有导出过' }} />
        </Sheet>
      )}
    </div>
  </DeskPage>
)

function ExportSheet({ exports, running, mayExport, dir, download }: HandOverModel) {
  const [last] = exports
  if (running && last !== undefined)
    return (
      <Sheet title="静态网站">
        <ProgressBar label="正在导出" done={Math.min(last.done, last.total ?? last.done)} total={last.total} unit="页" note="中途断掉的，接着办，不必从头来。" />
      </Sheet>
    )
  const done = exports.find((row) => row.status === 'done')
  return (
    <Sheet title="静态网站" actions={done !== undefined && download.ok && mayExport ? <LinkButton second href={`${HAND_OVER}/site.zip`}>下载压缩包</LinkButton> : undefined}>
      <p>公众看到的首页、各机关专栏、信息、附件与年度报告，导出成文件，放到任何网站服务器上即可用；检索、申请等要办的事链回本站。已撤回的换成说明，附件随即删去。</p>
      {last?.status === 'failed' && <Notice tone="error" title={last.message ?? '没有导出'} />}
      {done?.counts != null && (
        <DefinitionList
          items={[
            ['上次导出', <Moment key="at" at={done.finished_at} />],
            ['信息', `${number(done.counts.items)} 条，另有撤回的说明 ${number(done.counts.withdrawn)} 条`],
            ['文件', `${number(done.counts.files)} 个，${size(done.counts.bytes)}；写了 ${number(done.counts.written)} 个，删去 ${number(done.counts.removed)} 个`],
            ['所在目录', <code key="dir">{dir}</code>],
          ]}
        />
      )}
      {done !== undefined && !download.ok && <p className="quiet">{download.why}</p>}
      {mayExport ? (
        <Form action={`${HAND_OVER}/export`} submit={done === undefined ? '导出' : '再导出一次'}>
          <CheckboxGroup name="full" label="怎样导出" options={[{ value: 'yes', label: '全部重做', hint: '平时只做变了的；换了网址、怀疑有误的才用' }]} />
        </Form>
      ) : (
        <p className="quiet">您的岗位不能导出；请信息公开工作机构的经办人导出。</p>
      )}
      <p className="quiet">
        要导出到服务器上别的目录，请系统管理员办一次，以后每夜自己更新。下载的压缩包、抄到别处的，信息撤回之后里面还有，须换成新的。
      </p>
    </Sheet>
  )
}

const TARGET_TONES = { fresh: 'ok', stale: 'late', unfinished: 'late', gone: 'wait' } as const

const targetColumns: readonly Column<TargetState>[] = [
  { key: 'dir', label: '目录', render: ({ dir }) => <code className="break">{dir}</code> },
  { key: 'at', label: '上次导出', nowrap: true, render: ({ exportedAt }) => (exportedAt === null ? '没有导出完过' : <Moment at={exportedAt} />) },
  { key: 'state', label: '现在', render: ({ state }) => <Tag tone={TARGET_TONES[state]}>{TARGET_STATES[state]}</Tag> },
]

const TONES = { running: 'act', done: 'ok', failed: 'late' } as const

const columns = (names: ReadonlyMap<string, string>): readonly Column<ExportRunRow>[] => [
  { key: 'at', label: '时间', nowrap: true, render: (row) => <Moment at={row.created_at} /> },
  { key: 'by', label: '经办', render: (row) => names.get(row.requested_by) ?? '系统' },
  { key: 'how', label: '方式', nowrap: true, render: (row) => (row.is_full ? '全部' : '变了的') },
  { key: 'status', label: '结果', nowrap: true, render: (row) => <Tag tone={TONES[row.status]}>{EXPORT_STATUSES[row.status]}</Tag> },
  { key: 'items', label: '信息（条）', align: 'end', render: (row) => (row.counts === null ? '' : number(row.counts.items)) },
  { key: 'files', label: '文件（个）', align: 'end', render: (row) => (row.counts === null ? '' : number(row.counts.files)) },
]
