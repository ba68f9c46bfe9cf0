import { Confirm, DeskPage, FileField, Form, Notice, Sheet, TextArea, type FormState } from '../../platform/html/index.ts'
import type { Finding } from '../../statute/finding.ts'
import { labelOf, type CellCode, type Cells } from '../../statute/report-form.ts'
import { formFrame } from '../../statute/report-table.ts'
import { findingKey } from '../own-check/finding-key.ts'
import { FindingTag, FindingText, RuleCodes } from '../desk/finding-view.tsx'
import type { ReadReport } from '../reading/read-report.ts'
import { CellTable, TABLES } from './cell-table.tsx'
import { RoundView } from './round-view.tsx'

interface Place {
  base: string
  name: string
  year: number
  state?: FormState
}

const crumbs = ({ base, name, year }: Place) => [{ label: `${name} ${year} 年度报告的报送`, href: base }]

/** 上传报告：选文件。 */
export const UploadPage = (props: Place) => (
  <DeskPage title={`上传 ${props.year} 年度报告（${props.name}）`} heading="上传报告" crumbs={crumbs(props)} lead="不在本系统编制的，上传定稿的文件报送。读出之后逐格核对，校核通过再报。">
    <Form action={`${props.base}/upload`} submit="读取" cancel={{ href: props.base }} multipart state={props.state}>
      <FileField name="file" label={`${props.year} 年度报告的文件`} required hint="网页、DOCX、PDF、TXT，或本系统的 XLSX、JSON，不超过 20 MB；扫描件读不出" accept=".html,.htm,.docx,.pdf,.txt,.json,.xlsx" />
    </Form>
  </DeskPage>
)

export interface ReadBackModel extends Place {
  uploadId: string
  fileName: string
  read: ReadReport
  /** 上次填过的 */
  entries: ReadonlyMap<CellCode, string>
  errors: Readonly<Record<CellCode, string>>
}

/** 读回核对：每格的数照原件核对，空着、认不出的填上，读错的改正。 */
export function ReadBackPage(model: ReadBackModel) {
  const { base, uploadId, fileName, read, entries, errors, year } = model
  const empty = Object.values(read.cells).filter((value) => value === null).length
  const wrong = Object.entries(errors)
  return (
    <DeskPage title={`逐格核对《${fileName}》`} heading="逐格核对" crumbs={crumbs(model)} lead={`${fileName}。请与原件逐格对照：读错的改正，空着、认不出的照原件填写；没有的写 0。您填写的格都会标明。`}>
      {wrong.length > 0 && (
        <Notice tone="error" live title={`有 ${wrong.length} 格要填或改正，填过的都在`}>
          <ul>
            {wrong.slice(0, 20).map(([code, message]) => (
              <li key={code}>
                <a href={`#cell-${code}`}>{labelOf(code, read.edition)}</a>：{message}
              </li>
            ))}
          </ul>
          {wrong.length > 20 && <p>另有 {wrong.length - 20} 格。</p>}
        </Notice>
      )}
      {empty > 0 && wrong.length === 0 && <Notice tone="warn" title={`有 ${empty} 格空着或认不出，须照原件填写`} />}
      <form method="post" action={`${base}/uploads/${uploadId}`} className="stack" noValidate>
        {TABLES.map((table) => (
          <Sheet key={table} title={formFrame(read.edition, table).caption}>
            <CellTable
              form={read.edition}
              table={table}
              renderCell={(code) => <EntryField code={code} read={read} value={entries.get(code)} wrong={errors[code] !== undefined} />}
            />
          </Sheet>
        ))}
        <div className="buttons">
          <button className="btn">各格都与原件核对过，下一步校核</button>
          <a href={base}>以后再核对</a>
        </div>
      </form>
      {read.notes.length > 0 && (
        <Sheet title="怎样读出来的">
          <ul>
            {read.notes.slice(0, 40).map((note, index) => (
              <li key={index}>{note.message}</li>
            ))}
          </ul>
        </Sheet>
      )}
      <div className="stack">
      <details className="sheet">
        <summary>读出的全文</summary>
        <RoundView round={{ form: read.edition, cells: read.cells, lines: read.lines, typed: [] }} />
      </details>
      <p>
        <a href={`${base}/uploads/${uploadId}/discard`}>弃去这份，换一个 {year} 年的文件</a>
      </p>
      </div>
    </DeskPage>
  )
}

function EntryField({ code, read, value, wrong }: { code: CellCode; read: ReadReport; value: string | undefined; wrong: boolean }) {
  const was = read.cells[code] ?? null
  const doubtful = was === null || read.places[code]?.deduced === true
  return (
    <input
      id={`cell-${code}`}
      name={`cell.${code}`}
      inputMode="decimal"
      maxLength={20}
      className={wrong ? 'entry bad' : doubtful ? 'entry warn' : 'entry'}
      aria-label={`${labelOf(code, read.edition)}${was === null ? '，原件空着或认不出' : ''}`}
      aria-invalid={wrong ? true : undefined}
      defaultValue={value ?? (was === null ? '' : String(was))}
    />
  )
}

export interface CheckUploadModel extends Place {
  uploadId: string
  fileName: string
  read: ReadReport
  typed: Cells
  findings: readonly Finding[]
  /** 主管部门准许带错报送的理由 */
  allowed: string | null
  /** 退回着的，须答复 */
  returned: boolean
}

/** 校核所得，逐条说明提醒，报送。 */
export function CheckUploadPage(model: CheckUploadModel) {
  const { base, uploadId, fileName, findings, typed, allowed, state } = model
  const of = (severity: Finding['severity']) => findings.filter((one) => one.severity === severity)
  const [errors, warnings, infos] = [of('error'), of('warning'), of('info')]
  const barred = errors.length > 0 && allowed === null
  return (
    <DeskPage title={`校核《${fileName}》`} heading="校核并报送" crumbs={crumbs(model)} lead={`${fileName}。${Object.keys(typed).length === 0 ? '各格与读出的相同。' : `有 ${Object.keys(typed).length} 格由您照原件填写。`}`}>
      {allowed !== null && <Notice tone="info" title="区政务公开办准许带错报送一次">{allowed}</Notice>}
      {errors.length > 0 && (
        <Sheet title={`${errors.length} 处错误`}>
          {errors.map((one) => (
            <FindingLines key={findingKey(one)} finding={one} />
          ))}
          {barred && <Notice tone="warn" title="有错误的不能报送：改好文件重新上传；原件如此、一时改不了的，请区政务公开办准许带错报送" />}
        </Sheet>
      )}
      {!barred && (
        <Sheet title={warnings.length === 0 ? '报送' : `${warnings.length} 处提醒，逐条说明后报送`}>
          <Form action={`${base}/uploads/${uploadId}/file`} submit="报送区政务公开办" cancel={{ href: `${base}/uploads/${uploadId}`, label: '回去核对' }} state={state}>
            {warnings.map((one) => (
              <div key={findingKey(one)}>
                <FindingLines finding={one} />
                <TextArea name={`reason-${findingKey(one)}`} label="说明理由" rows={2} maxLength={500} required hint="将记下您的姓名" />
              </div>
            ))}
            {model.returned && <TextArea name="reply" label="对退回意见的答复" rows={3} maxLength={1000} hint="改了什么；不必改的，写明缘由" />}
          </Form>
        </Sheet>
      )}
      {barred && warnings.length > 0 && (
        <Sheet title={`${warnings.length} 处提醒，报送时须逐条说明`}>
          {warnings.map((one) => (
            <FindingLines key={findingKey(one)} finding={one} />
          ))}
        </Sheet>
      )}
      {infos.length > 0 && (
        <details className="sheet">
          <summary>{infos.length} 条信息，供参考</summary>
          {infos.map((one) => (
            <FindingLines key={findingKey(one)} finding={one} />
          ))}
        </details>
      )}
      {barred && (
        <p>
          <a href={`${base}/uploads/${uploadId}/discard`}>弃去这份，换一个文件</a>
        </p>
      )}
      <RuleCodes findings={model.findings} />
    </DeskPage>
  )
}

const FindingLines = ({ finding }: { finding: Finding }) => (
  <div className="finding-line">
    <FindingTag finding={finding} />
    <FindingText finding={finding} />
  </div>
)

/** 弃去之前先问：填过的数没有了。 */
export const DiscardPage = ({ uploadId, fileName, ...place }: Place & { uploadId: string; fileName: string }) => (
  <DeskPage title={`弃去《${fileName}》`} heading="弃去上传的报告" crumbs={crumbs(place)}>
    <Confirm
      what={`弃去《${fileName}》`}
      consequences={['核对时填写的数一并弃去', '以后可以另传一个文件']}
      form={{ action: `${place.base}/uploads/${uploadId}/discard`, submit: '弃去', cancel: { href: `${place.base}/uploads/${uploadId}` } }}
    />
  </DeskPage>
)
