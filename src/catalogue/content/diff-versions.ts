import { A19_REASONS, COLUMN_BLOCKS, GENRES, RELATIONS, TOPICS } from '../item-details.ts'
import type { Attachment, ItemDetails } from '../item-details.ts'
import { ATTRIBUTES, ORIGINS } from '../item.ts'
import type { Classification, ItemContent } from '../item.ts'
import { articleOf } from '../publication-codes.ts'
import { diffLine, diffTexts } from './diff-texts.ts'
import type { DiffLine, DiffPart } from './diff-texts.ts'

/** 一条信息的一版；`text` 为正文的文字。 */
export interface VersionText {
  content: ItemContent
  classification: Classification | null
  text: string
}

export interface FieldDifference {
  label: string
  parts: readonly DiffPart[]
}

export interface AttachmentDifference {
  kind: 'added' | 'removed' | 'replaced' | 'renamed'
  name: string
  /** 改名之前的名称 */
  before: string | null
}

export interface VersionDifference {
  fields: readonly FieldDifference[]
  text: readonly DiffLine[]
  attachments: readonly AttachmentDifference[]
}

/** 两版的不同：元数据逐项，正文逐段，附件增删；没有不同的各项都为空。 */
export function diffVersions(before: VersionText, after: VersionText): VersionDifference {
  const [old, now] = [fieldsOf(before), fieldsOf(after)]
  return {
    fields: old.flatMap(([label, was], i) => {
      const is = now[i]?.[1] ?? ''
      return was === is ? [] : [{ label, parts: diffField(was, is) }]
    }),
    text: diffTexts(before.text, after.text),
    attachments: diffAttachments(before.content.details?.attachments ?? [], after.content.details?.attachments ?? []),
  }
}

export const isSame = ({ fields, text, attachments }: VersionDifference): boolean => fields.length + text.length + attachments.length === 0

const diffField = (was: string, is: string): DiffPart[] => {
  if (was === '') return [{ kind: 'added', text: is }]
  return is === '' ? [{ kind: 'removed', text: was }] : diffLine(was, is)
}

function fieldsOf({ content, classification }: VersionText): [label: string, value: string][] {
  const { details } = content
  return [
    ['标题', content.title],
    ['发文字号', content.docNo ?? ''],
    ['内容概述', content.summary ?? ''],
    ['来源', ORIGINS[content.origin]],
    ['成文日期', content.formedOn],
    ...detailFields(details),
    ['公开属性', classification === null ? '' : ATTRIBUTES[classification.attribute]],
    ['公开事项', classification?.codes.map(articleOf).join('、') ?? ''],
  ]
}

const detailFields = (details: ItemDetails | undefined): [string, string][] => [
  ['发文机关', details?.issuer ?? ''],
  ['主题分类', details?.topic == null ? '' : TOPICS[details.topic]],
  ['体裁', details?.genre == null ? '' : GENRES[details.genre]],
  ['主题词', details?.keywords.join('、') ?? ''],
  ['生效日期', details?.effectiveOn ?? ''],
  ['专栏板块', details === undefined ? '' : COLUMN_BLOCKS[details.block]],
  ['主动公开的缘由', details?.a19.map((reason) => A19_REASONS[reason]).join('、') ?? ''],
  ['相关信息', details?.relations.map(({ kind, indexNo }) => `${RELATIONS[kind].label} ${indexNo}`).join('；') ?? ''],
]

function diffAttachments(before: readonly Attachment[], after: readonly Attachment[]): AttachmentDifference[] {
  const gone = before.filter((old) => !after.some((now) => now.key === old.key && now.name === old.name))
  const come = after.filter((now) => !before.some((old) => now.key === old.key && now.name === old.name))
  const differences: AttachmentDifference[] = []
  const settled = new Set<Attachment>()
  for (const now of come) {
    const renamed = gone.find((old) => old.key === now.key && !settled.has(old))
    const replaced = gone.find((old) => old.name === now.name && !settled.has(old))
    const old = renamed ?? replaced
    if (old !== undefined) settled.add(old)
    differences.push({ kind: renamed !== undefined ? 'renamed' : replaced !== undefined ? 'replaced' : 'added', name: now.name, before: renamed?.name ?? null })
  }
  return [...differences, ...gone.filter((old) => !settled.has(old)).map(({ name }) => ({ kind: 'removed' as const, name, before: null }))]
}
