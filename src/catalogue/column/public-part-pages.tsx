import type { ReactNode } from 'react'
import type { Body } from '../../bodies/index.ts'
import { DataTable, DefinitionList, EmptyState, QrCode, Sheet } from '../../platform/html/index.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { PARTS, fieldOf, linesOf, listOf } from './column-parts.ts'
import type { PartContent, PartName, PartRow } from './column-parts.ts'
import type { ColumnVersion } from './column-store.ts'
import { ColumnFrame, UpdatedOn } from './column-tabs.tsx'
import type { ColumnBody } from './column-tabs.tsx'

export interface PartModel {
  body: ColumnBody
  shown: ColumnVersion | null
  /** 本区政府信息公开工作主管部门 */
  supervisor: string
}

const Lines = ({ text }: { text: string }) => linesOf(text).map((each, index) => <p key={index}>{each}</p>)

/** 还没有公布的：说清现状，与此刻可以怎么办。 */
const NotYet = ({ body, part, supervisor }: { body: ColumnBody; part: PartName; supervisor: string }) => (
  <EmptyState title={`${body.name}还没有在本站公布${PARTS[part].title}`}>
    可以看<a href={`/bodies/${body.code}/items`}>它主动公开的信息</a>
    {body.abolishedOn === null ? (
      <>
        ，也可以<a href={`/apply/${body.code}`}>向它申请</a>；应当公开而没有公开的，可以向{supervisor}反映（条例第四十七条）。
      </>
    ) : (
      '；它已经撤销，现在由谁办理见专栏首页。'
    )}
  </EmptyState>
)

/** 公开指南：`/bodies/:code/guide`；条例第十二条的九项要素与怎样申请。 */
export function GuidePage({ body, shown, supervisor }: PartModel) {
  return (
    <ColumnFrame body={body} title="政府信息公开指南" path="guide" lead={shown === null ? undefined : <UpdatedOn shown={shown} />}>
      {shown === null ? <NotYet body={body} part="guide" supervisor={supervisor} /> : <Guide body={body} content={shown.content} />}
    </ColumnFrame>
  )
}

const OFFICE = ['office', 'address', 'hours', 'phone', 'fax', 'online'] as const
const labelOf = (key: string): string => PARTS.guide.fields.find((field) => field.key === key)?.label ?? ''

function Guide({ body, content }: { body: ColumnBody; content: PartContent }) {
  const section = (key: string, title = labelOf(key)) =>
    fieldOf(content, key) === '' ? null : (
      <section id={key}>
        <h2>{title}</h2>
        <Lines text={fieldOf(content, key)} />
      </section>
    )
  return (
    <div className="aside guide">
      <div className="sheet prose">
        {section('classes')}
        {section('arrangement')}
        {section('access')}
        {section('intake')}
        {fieldOf(content, 'steps') !== '' && (
          <section id="steps">
            <h2>办理流程</h2>
            <Flow text={fieldOf(content, 'steps')} />
          </section>
        )}
        {section('fees')}
        {section('remedies')}
      </div>
      <div className="stack">
        <Sheet title="信息公开工作机构" id="office">
          <DefinitionList items={OFFICE.map((key) => [labelOf(key), contactValue(key, fieldOf(content, key))] as const)} />
        </Sheet>
        {body.abolishedOn === null && (
          <Sheet title="申请公开" id="apply">
            <p>
              <a className="btn" href={`/apply/${body.code}`}>
                在线申请
              </a>
            </p>
            <p>
              <a href={`/bodies/${body.code}/guide/application-form.docx`}>下载申请表（DOCX）</a>
            </p>
            <p className="quiet">打印填写，当面提交或者邮寄到办公地址。</p>
          </Sheet>
        )}
      </div>
    </div>
  )
}

/** 流程图：一步一格，自上而下；「步骤：说明」的步骤加重。 */
const Flow = ({ text }: { text: string }) => (
  <ol className="flowchart">
    {linesOf(text).map((each, index) => {
      const [, step, note] = /^([^：:]{1,12})[：:](.+)$/.exec(each) ?? []
      return (
        <li key={index}>
          {step === undefined ? (
            each
          ) : (
            <>
              <strong>{step}</strong>
              {note}
            </>
          )}
        </li>
      )
    })}
  </ol>
)

// 电话、邮箱、网址在手机上点得开；写了几个的不猜
function contactValue(key: string, text: string): ReactNode {
  if (key === 'phone' && /^[\d()（）\-— ]{3,30}$/.test(text)) return <a href={`tel:${text.replaceAll(/\D/g, '')}`}>{text}</a>
  if (/^[\w.+-]+@[\w-]+(\.[\w-]+)+$/.test(text)) return <a href={`mailto:${text}`}>{text}</a>
  return /^https?:\/\/\S+$/.test(text) ? <a href={text}>{text}</a> : text
}

/** 机构信息：`/bodies/:code/institution`；职能、领导及分工、内设机构、地址、时间、联系方式。 */
export const InstitutionPage = ({ body, shown, supervisor }: PartModel) => (
  <ColumnFrame body={body} title="机构信息" path="institution" lead={shown === null ? undefined : <UpdatedOn shown={shown} />}>
    {shown === null ? <NotYet body={body} part="institution" supervisor={supervisor} /> : <Institution content={shown.content} />}
  </ColumnFrame>
)

const CONTACT = ['address', 'postcode', 'hours', 'phone', 'fax', 'online'] as const

function Institution({ content }: { content: PartContent }) {
  const contact = CONTACT.filter((key) => fieldOf(content, key) !== '').map((key) => [PARTS.institution.fields.find((field) => field.key === key)?.label ?? '', contactValue(key, fieldOf(content, key))] as const)
  const departments = listOf(content, 'departments')
  return (
    <div className="aside">
      <div className="stack">
        <Sheet title="主要职能" id="duties">
          <ol>
            {linesOf(fieldOf(content, 'duties')).map((each, index) => (
              <li key={index}>{each.replace(/^[（(]?[一二三四五六七八九十\d]{1,3}[)）.．、]\s*/, '')}</li>
            ))}
          </ol>
        </Sheet>
        <Sheet title="领导及分工" id="leaders">
          <DataTable
            caption="领导及分工"
            columns={[
              { key: 'name', label: '姓名', nowrap: true, render: (row: PartRow) => row['name'] ?? '' },
              { key: 'post', label: '职务', render: (row) => row['post'] ?? '' },
              { key: 'charge', label: '分工', render: (row) => row['charge'] ?? '' },
            ]}
            rows={listOf(content, 'leaders')}
            rowKey={(row) => `${row['name'] ?? ''}${row['post'] ?? ''}`}
            empty={{ title: '没有' }}
          />
        </Sheet>
        <Sheet title="内设机构" id="departments">
          <DataTable
            caption="内设机构"
            columns={[
              { key: 'name', label: '名称', render: (row: PartRow) => row['name'] ?? '' },
              { key: 'duties', label: '职责', render: (row) => row['duties'] ?? '' },
              ...(departments.some((row) => row['phone']) ? [{ key: 'phone', label: '联系电话', nowrap: true, render: (row: PartRow) => row['phone'] ?? '' }] : []),
            ]}
            rows={departments}
            rowKey={(row) => row['name'] ?? ''}
            empty={{ title: '没有' }}
          />
        </Sheet>
      </div>
      <Sheet title="地址和联系方式" id="contact">
        <DefinitionList items={contact} />
      </Sheet>
    </div>
  )
}

export interface ChannelsModel extends PartModel {
  channels: readonly { row: PartRow; checkedOn: PlainDate | null }[]
}

const QR_SIZE = 168

/** 办事和互动渠道：`/bodies/:code/channels`；二维码旁写明网址，最近何日核实过。 */
export const ChannelsPage = ({ body, shown, supervisor, channels }: ChannelsModel) => (
  <ColumnFrame body={body} title="办事和互动渠道" path="channels" lead={shown === null ? undefined : <UpdatedOn shown={shown} />}>
    {shown === null ? (
      <NotYet body={body} part="channels" supervisor={supervisor} />
    ) : (
      <div className="two">
        {channels.map(({ row, checkedOn }) => (
          <Sheet key={row['name']} title={row['name']}>
            <Channel row={row} checkedOn={checkedOn} />
          </Sheet>
        ))}
      </div>
    )}
  </ColumnFrame>
)

function Channel({ row, checkedOn }: ChannelsModel['channels'][number]) {
  const items = [
    ['电话', row['phone'] ? contactValue('phone', row['phone']) : ''],
    ['网址', row['url'] ? contactValue('url', row['url']) : ''],
    ['地址', row['address'] ?? ''],
    ['服务时间', row['hours'] ?? ''],
    ['最近核实', checkedOn === null ? '还没有核实' : checkedOn],
  ] as const
  return (
    <>
      <Lines text={row['use'] ?? ''} />
      <DefinitionList items={items.filter(([, value]) => value !== '')} />
      {row['qr'] && (
        <figure className="qr-beside">
          <QrCode text={row['qr']} size={QR_SIZE} label={`${row['name'] ?? ''}的二维码，内容为旁边的网址`} />
          <figcaption>
            扫码打开，或者点<a href={row['qr']}>{row['qr']}</a>
          </figcaption>
        </figure>
      )}
    </>
  )
}

/** 页面所说的机关；写作这几项即可。 */
export const toColumnBody = ({ code, name, abolishedOn }: Body): ColumnBody => ({ code, name, abolishedOn })
