import { DataTable, DeskPage, Form, Moment, SelectField, Sheet, Tag, TextField } from '../platform/html/index.ts'
import type { FormState } from '../platform/html/index.ts'
import type { Body } from './body.ts'
import { bodyHref, CRUMBS } from './body-frame.ts'
import type { SettingBasis, SettingState } from './settings.ts'

/** 依据：条文照写；没有取得原文的标「本区设定」，不称法定。 */
const Basis = ({ basis }: { basis: SettingBasis }) =>
  basis === '待核' ? <Tag tone="wait">本区设定</Tag> : <>{basis.article}</>

function valueText({ spec, value }: SettingState): string {
  switch (spec.type) {
    case 'boolean':
      return value === true ? '是' : '否'
    case 'number':
      return `${String(value)} ${spec.unit}`
    case 'choice':
      return spec.options[String(value)] ?? String(value)
    case 'text':
    case 'url':
      return value === '' ? '待填' : String(value)
  }
}

export interface SettingsSheetProps {
  settings: readonly SettingState[]
  people: ReadonlyMap<string, string>
  canSet: boolean
  here: string
}

/** 一机构的各项设置，在机构的一页里。 */
export function SettingsSheet({ settings, people, canSet, here }: SettingsSheetProps) {
  const doubtful = settings.filter((setting) => setting.basis === '待核').length
  return (
    <Sheet title="设置" id="settings">
      <p className="quiet">
        标「本区设定」的 {doubtful} 项没有取得法规、文件的原文，是本单位的口径，不是法定；上线前请与法制机构逐项确认，确认后写上依据。
      </p>
      <DataTable
        caption="设置"
        columns={[
          {
            key: 'label',
            label: '设置',
            render: (row) => (canSet ? <a href={`${here}/settings/${row.key}`}>{row.spec.label}</a> : row.spec.label),
          },
          { key: 'value', label: '现在', render: (row) => valueText(row) },
          { key: 'basis', label: '依据', render: (row) => <Basis basis={row.basis} /> },
          {
            key: 'changed',
            label: '改动',
            render: (row) =>
              row.isDefault ? (
                '默认'
              ) : (
                <>
                  <Moment at={row.changedAt} /> {people.get(row.changedBy ?? '') ?? ''}
                </>
              ),
          },
        ]}
        rows={settings}
        rowKey={(row) => row.key}
        empty={{ title: '没有设置' }}
      />
    </Sheet>
  )
}

export function SettingPage({ body, setting, state }: { body: Body; setting: SettingState; state: FormState }) {
  const here = bodyHref(body)
  return (
    <DeskPage title={setting.spec.label} crumbs={[...CRUMBS, { label: body.name, href: `${here}#settings` }]} lead={setting.spec.help}>
      <Sheet>
        <Form
          action={`${here}/settings/${setting.key}`}
          state={state}
          submit="保存设置"
          cancel={{ href: `${here}#settings` }}
        >
          <SettingField setting={setting} />
          <TextField
            name="basis"
            label="依据"
            maxLength={200}
            value={setting.basis === '待核' ? '' : setting.basis.article}
            hint="写明文件名称、文号与条款。没有依据的不填，页面上标「本区设定」。"
          />
        </Form>
      </Sheet>
    </DeskPage>
  )
}

function SettingField({ setting: { spec, value } }: { setting: SettingState }) {
  const common = { name: 'value', label: spec.label }
  switch (spec.type) {
    case 'boolean':
      return (
        <SelectField
          {...common}
          required
          blank={null}
          value={String(value)}
          options={[
            { value: 'true', label: '是' },
            { value: 'false', label: '否' },
          ]}
        />
      )
    case 'choice':
      return (
        <SelectField
          {...common}
          required
          blank={null}
          value={String(value)}
          options={Object.entries(spec.options).map(([option, label]) => ({ value: option, label }))}
        />
      )
    case 'number':
      return (
        <TextField
          {...common}
          required
          width="short"
          inputMode="numeric"
          value={String(value)}
          hint={`${spec.min} 至 ${spec.max}，单位：${spec.unit}`}
        />
      )
    case 'text':
    case 'url':
      return <TextField {...common} type={spec.type} maxLength={spec.maxLength} value={String(value)} />
  }
}
