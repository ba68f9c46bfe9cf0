import { FlashNotice } from '../../identity/index.ts'
import type { Flash } from '../../identity/index.ts'
import { DataTable, DeskPage, FieldGroup, Form, LinkButton, Notice, PostButton, Sheet, Tag, TextArea, TextField } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import type { DeskChannel, DeskColumn, DeskPart } from './column-desk.ts'
import { rowField } from './column-content.ts'
import type { FactChange } from './column-facts.ts'
import { PARTS, listOf } from './column-parts.ts'
import type { PartContent, PartField, PartList, PartName, PartSpec } from './column-parts.ts'

export const COLUMN = '/desk/column'
export const COLUMN_CRUMB = { label: '政府信息公开专栏', href: COLUMN }

export interface ColumnModel {
  column: DeskColumn
  bodyCode: string
  canHandle: boolean
  flash: Flash | null
}

/** 专栏在工作台的首页：各部分办到哪里，渠道何时核实过。 */
export const ColumnPage = ({ column, bodyCode, canHandle, flash }: ColumnModel) => (
  <DeskPage
    title="政府信息公开专栏"
    lead="指南、机构信息、办事渠道与各项的说明。改好送批，由另一位负责人批准才公布；公众看到的在此之前不变。"
    actions={<LinkButton second href={`/bodies/${bodyCode}`}>看公众看到的专栏</LinkButton>}
  >
    <FlashNotice flash={flash} />
    <div className="stack">
      <ChangedFacts changed={column.changed} />
      <Sheet title="各部分">
        <DataTable
          caption="专栏的各部分"
          columns={[
            { key: 'title', label: '部分', render: ({ part }: DeskPart) => PARTS[part].title },
            { key: 'status', label: '办到', render: (row) => <PartStatus {...row} /> },
            { key: 'shown', label: '公布着的', nowrap: true, render: ({ shown }) => (shown === null ? '还没有' : `第 ${shown.number} 版，${shown.publishedOn}`) },
            {
              key: 'versions',
              label: '历次',
              render: ({ part, shown }) =>
                shown === null ? '' : (
                  <a href={`${COLUMN}/${part}/versions`} aria-label={`看历次版本：${PARTS[part].title}`}>
                    看历次版本
                  </a>
                ),
            },
          ]}
          rows={column.parts}
          rowKey={({ part }) => part}
          rowHref={(row) => hrefOf(row, canHandle)}
          empty={{ title: '没有' }}
        />
      </Sheet>
      <Channels {...{ column, canHandle }} />
    </div>
  </DeskPage>
)

// 不办理的人看的是送批的、公布过的，没有的看表单也无从改
const hrefOf = ({ part, open, shown }: DeskPart, canHandle: boolean): string =>
  open?.status === 'submitted' ? `${COLUMN}/${part}/review` : canHandle ? `${COLUMN}/${part}` : shown === null ? COLUMN : `${COLUMN}/${part}/versions`

function PartStatus({ open, shown }: DeskPart) {
  if (open?.status === 'submitted') return <Tag tone="wait">等批准公布</Tag>
  if (open?.returnedReason != null) return <Tag tone="late">退回修改</Tag>
  if (open !== null) return <Tag tone="act">草稿</Tag>
  return shown === null ? <Tag>还没有编</Tag> : <Tag tone="ok">已公布</Tag>
}

/** 公布指南之后变了的机构情况。 */
export const ChangedFacts = ({ changed, here = false }: { changed: readonly FactChange[]; here?: boolean }) =>
  changed.length === 0 ? null : (
    <Notice tone="warn" title="机构的情况变了，公开指南须及时更新（条例第十二条）">
      <ul>
        {changed.map(({ label, from, to }) => (
          <li key={label}>
            {label}：公布指南时为「{from}」，现在{to === '' ? '没有了' : `为「${to}」`}
          </li>
        ))}
      </ul>
      <p>
        看过指南，改好送批；看过不用改的，也照原样送批一次。{!here && <a href={`${COLUMN}/guide`}>更新公开指南</a>}
      </p>
    </Notice>
  )

const Channels = ({ column: { channels, checkDays }, canHandle }: Pick<ColumnModel, 'column' | 'canHandle'>) => (
  <Sheet title="办事渠道的核实" id="channels">
    <p className="quiet">电话拨得通、网址打得开、二维码扫得出的，记下核实之日，公众看得到。每 {checkDays} 天核实一次；不对的，先改再公布。</p>
    <DataTable
      caption="办事渠道的核实"
      columns={[
        { key: 'name', label: '渠道', render: ({ row }: DeskChannel) => row['name'] ?? '' },
        { key: 'how', label: '怎样找到', render: ({ row }) => [row['phone'], row['url'], row['qr'], row['address']].filter(Boolean).join('　') },
        { key: 'on', label: '最近核实', nowrap: true, render: ({ checkedOn, stale }) => <CheckedOn {...{ checkedOn, stale }} /> },
        ...(canHandle
          ? [{ key: 'act', label: '核实', render: ({ row, hash }: DeskChannel) => <PostButton action={`${COLUMN}/channels/check`} label="今日核实无误" fields={{ hash }} kind="second" spoken={`${row['name'] ?? ''}，今日核实无误`} /> }]
          : []),
      ]}
      rows={channels}
      rowKey={({ hash }) => hash}
      empty={{ title: '还没有公布的渠道', children: '编好「办事和互动渠道」、公布之后，在这里逐条核实。', ...(canHandle ? { action: { label: '编渠道', href: `${COLUMN}/channels` } } : {}) }}
    />
  </Sheet>
)

const CheckedOn = ({ checkedOn, stale }: Pick<DeskChannel, 'checkedOn' | 'stale'>) =>
  checkedOn === null ? <Tag tone="late">没有核实过</Tag> : stale ? <Tag tone="wait">{checkedOn}，该核实了</Tag> : <>{checkedOn}</>

export interface EditModel {
  part: PartName
  content: PartContent
  /** 所见草稿的版本，没有草稿的为 0 */
  seen: number
  returnedReason: string | null
  /** 表单里的是系统拟的初稿 */
  skeleton: boolean
  changed: readonly FactChange[]
  state: FormState
}

/** 一部分的表单；填错的连同填过的都在。 */
export function EditPartPage({ part, content, seen, returnedReason, skeleton, changed, state }: EditModel) {
  const spec: PartSpec = PARTS[part]
  return (
    <DeskPage title={spec.title} crumbs={[COLUMN_CRUMB]} lead={spec.lead}>
      {returnedReason !== null && <Notice tone="warn" title={`退回修改：${returnedReason}`} />}
      {part === 'guide' && <ChangedFacts changed={changed} here />}
      {skeleton && <Notice tone="info" title="先有的文字是照条例和机构资料拟的初稿，请逐项看过、改合本机关的情况" />}
      <Sheet>
        <Form
          action={`${COLUMN}/${part}`}
          submit="送批公布"
          alternatives={[{ name: 'act', value: 'draft', label: '存为草稿' }]}
          cancel={{ href: COLUMN }}
          hidden={{ version: String(seen) }}
          state={state}
        >
          {spec.fields.map((field) => (
            <Field key={field.key} name={field.key} field={field} value={content.fields[field.key]} />
          ))}
          {spec.lists.map((list) => (
            <Rows key={list.key} list={list} content={content} />
          ))}
        </Form>
      </Sheet>
    </DeskPage>
  )
}

const SPARE = 2

// 已有的各行，另留两行空的；还要加的，先存为草稿
function Rows({ list, content }: { list: PartList; content: PartContent }) {
  const rows = listOf(content, list.key)
  const shown = Math.min(rows.length + (rows.length === 0 ? Math.min(SPARE, list.most) : SPARE), list.most)
  return Array.from({ length: shown }, (_, index) => (
    <FieldGroup
      key={index}
      title={`${list.one} ${index + 1}`}
      lead={index === rows.length ? `不用的留空；不止这几条的，先存为草稿，再打开就又有空行。至多 ${list.most} 条。` : rows[index] === undefined ? undefined : '各栏都清空，即删去这一条。'}
    >
      <div className="pair">
        {list.fields.map((field) => (
          <Field key={field.key} name={rowField(list.key, index, field.key)} field={asked(field, index < Math.max(rows.length, list.least))} value={rows[index]?.[field.key]} within={`${list.one} ${index + 1}`} />
        ))}
      </div>
    </FieldGroup>
  ))
}

// 备用的空行不用填，不写必填
const asked = (field: PartField, needed: boolean): PartField => (needed ? field : { ...field, required: false })

function Field({ name, field, value, within }: { name: string; field: PartField; value: string | undefined; within?: string }) {
  const { label, kind, required, most, hint } = field
  const common = { name, label, within, required, hint, value, maxLength: most }
  return kind === 'lines' ? <TextArea {...common} rows={most > 300 && within === undefined ? 5 : 2} /> : <TextField {...common} type={kind === 'url' ? 'url' : 'text'} />
}
