import { FlashNotice } from '../../identity/index.ts'
import type { Flash } from '../../identity/index.ts'
import { Confirm, DateField, DefinitionList, DeskPage, Form, Notice, RadioGroup, Sheet, TextArea, TextField } from '../../platform/html/index.ts'
import type { FormProps, FormState } from '../../platform/html/index.ts'
import type { Item } from '../item.ts'
import type { Precheck } from '../precheck/precheck-store.ts'
import { articleOf } from '../publication-codes.ts'
import type { ItemAction, ItemField } from './item-action.ts'
import type { ItemStep } from './item-actions.ts'
import type { Reading } from './load-reading.ts'
import { ReadingView } from './reading-view.tsx'

export interface StepPageModel {
  itemId: string
  step: ItemStep
  action: ItemAction
  item: Item
  version: number
  fields: readonly ItemField[]
  consequences: readonly string[] | undefined
  /** 同一步还有几条等此人办，可以接着办 */
  others: number
  state: FormState
  /** 预检了结得怎样，如「确认过 3 条，放行 2 条」；没有预检过的为 null */
  precheck: string | null
  /** 审查的人就在这一页看的文字；别的步骤为 null */
  reading: { texts: Reading; precheck: Precheck | null } | null
  /** 现在不能办的缘故；能办的为 null */
  refused: string | null
  /** 上一条办完的一句话 */
  flash: Flash | null
}

export const itemCrumbs = (itemId: string, item: Item) => [
  { label: '信息', href: '/desk/items' },
  { label: item.indexNo, href: `/desk/items/${itemId}` },
]

/** 办一步的表单，由那一步的数据生成；所审的是什么写在前面。 */
export function StepPage(props: StepPageModel) {
  const { action, item, itemId, refused } = props
  return (
    <DeskPage title={`${action.label} ${item.indexNo}`} heading={action.label} crumbs={itemCrumbs(itemId, item)} lead={`依据：${action.article}`}>
      <div className="stack">
        <FlashNotice flash={props.flash} />
        {refused !== null && (
          <Notice tone="warn" title={refused}>
            <a href={`/desk/items/${itemId}`}>看最新的经过与下一步</a>
            {props.step === 'submit' && (
              <>
                {' · '}
                <a href={`/desk/items/${itemId}/precheck`}>看预检的结果</a>
              </>
            )}
          </Notice>
        )}
        <WhatIsJudged itemId={itemId} item={item} precheck={props.precheck} />
        {action.when(item) && props.reading !== null && <ReadingView itemId={itemId} reading={props.reading.texts} precheck={props.reading.precheck} />}
        {action.when(item) && <StepForm {...props} />}
      </div>
    </DeskPage>
  )
}

function WhatIsJudged({ itemId, precheck, item: { content, classification, indexNo } }: { itemId: string; item: Item; precheck: string | null }) {
  const files = content.details?.attachments ?? []
  return (
    <Sheet title={content.title}>
      <DefinitionList
        items={[
          ['索引号', indexNo],
          ...(content.docNo === null ? [] : [['文号', content.docNo] as const]),
          ['内容概述', content.summary ?? '没有'],
          ['形成之日', content.formedOn],
          ['属于', classification?.codes.map(articleOf).join('、') || '未定'],
          ...(precheck === null ? [] : [['预检', precheck] as const]),
          ['附件', files.length === 0 ? '没有' : files.map(({ name }) => name).join('、')],
        ]}
      />
      <p>
        <a href={`/desk/items/${itemId}`}>看全文与附件</a> · <a href={`/desk/items/${itemId}/precheck`}>看预检的结果</a>
      </p>
    </Sheet>
  )
}

function StepForm({ itemId, step, action, item, version, fields, consequences, others, state }: StepPageModel) {
  const form: FormProps = {
    action: `/desk/items/${itemId}/steps/${step}`,
    submit: action.label,
    cancel: { href: `/desk/items/${itemId}` },
    hidden: { version: String(version) },
    state,
    ...(others > 0 ? { alternatives: [{ name: 'then', value: 'next', label: `${action.label}，看下一条（还有 ${others} 条）` }] } : {}),
    children: fields.map((field) => <StepField key={field.name} field={field} />),
  }
  if (consequences !== undefined) return <Confirm what={`${action.label}「${item.content.title.slice(0, 40)}」`} consequences={consequences} form={{ ...form, danger: step === 'withdraw' || step === 'expire' || step === 'hide-editions' }} />
  return (
    <Sheet>
      <Form {...form} />
    </Sheet>
  )
}

/** 一栏，由数据生成。 */
export function StepField({ field: { kind, options, maxLength, ...shared } }: { field: ItemField }) {
  switch (kind) {
    case 'date':
      return <DateField {...shared} />
    case 'time':
      return <TextField {...shared} width="short" maxLength={5} />
    case 'long':
      return <TextArea {...shared} rows={2} maxLength={maxLength} />
    case 'choice':
      return <RadioGroup {...shared} options={Object.entries(options ?? {}).map(([value, label]) => ({ value, label }))} />
  }
}
