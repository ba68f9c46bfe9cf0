import { actorKey, requirePermission } from '../../identity/index.ts'
import type { SignedInActor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Deps } from '../../platform/deps.ts'
import type { ParsedForm, UploadedFile } from '../../platform/http/index.ts'
import { readBody, textToHtml } from '../content/clean-html.ts'
import { writeBody } from '../content/body-blocks.ts'
import type { Block, List, Run } from '../content/body-blocks.ts'
import { findDraft, saveDraft } from '../content/draft-store.ts'
import { FILE_LIMITS } from '../content/file-limits.ts'
import { findElsewhere, keepAttachment, keepPictures, listItemFiles, readAttachment } from '../content/item-files.ts'
import type { ItemFile } from '../content/item-files.ts'
import { cleanAlt } from '../content/pictures-in-body.ts'
import { cleanBody, readWordBody } from '../content/read-file.ts'
import { cleanName, extensionOf, FILE_TYPES } from '../content/sniff-file.ts'
import type { FileType } from '../content/sniff-file.ts'
import type { Attachment } from '../item-details.ts'
import { readRelations, relationValue } from './item-form.ts'
import type { Fields } from './item-form.ts'

/** 收下的表单：已存为草稿，什么也没有丢；`errors` 为正文、附件各处的不合，`notes` 为洗正文时去掉的，`fileNotes` 为收下的附件要说的，都不碍登记。 */
export interface TakenForm {
  fields: Fields
  body: string
  /** 正文没有收成（太长、太繁），照交来的样子；收成了为 null */
  refusedBody: string | null
  attachments: readonly Attachment[]
  seen: number
  errors: Record<string, string>
  notes: readonly string[]
  fileNotes: readonly string[]
  /** 草稿存下了没有；只在自动保存时可能没有 */
  stored: boolean
  savedAt: Date
  /** 按的是哪个按钮 */
  pressed: { name: string; value: string }
}

/** 表单里照原样带回的各栏；正文、附件另存。 */
const KEPT = ['title', 'docNo', 'summary', 'origin', 'formedOn', 'effectiveOn', 'issuer', 'topic', 'genre', 'keywords', 'block', 'a19', 'relation', 'attribute', 'codes', 'summaryKind', 'exemptionCode', 'exemptionReason', 'term', 'termFrom', 'relationKind', 'relationSearch'] as const
// 各栏自己的上限小得多；草稿里只防过分的
const MOST_VALUES = 100
const MOST_LETTERS = 10_000

/**
 * 收一次表单：正文洗净、随文的图片与交来的附件存好、按了哪个小按钮就办哪件，全都记进草稿。
 * 文件先存下再记行，一个不成不影响别的。
 * @param only 自动保存的：只在草稿仍是上一次存下的那一份时存，见 `saveDraft`
 */
export async function takeForm(deps: Deps, actor: SignedInActor, { bodyId, itemId }: { bodyId: string; itemId: string }, form: ParsedForm, only?: Date | null): Promise<TakenForm> {
  requirePermission(actor, 'item.handle', bodyId)
  const place = { bodyId, itemId, by: actorKey(actor), at: deps.clock.now() }
  const [name = '', ...rest] = form.text('do').split(':')
  const pressed = { name, value: rest.join(':') }
  const errors: Record<string, string> = {}
  const text = await takeBody(deps, place, form, errors)
  const { attachments, notes: fileNotes } = await takeAttachments(deps, place, form, pressed, errors)
  const fields = settleRelations(Object.fromEntries(KEPT.map((key) => [key, (form.fields[key] ?? []).slice(0, MOST_VALUES).map((value) => value.slice(0, MOST_LETTERS).toWellFormed())])), pressed)
  const seen = Math.max(0, Math.trunc(Number(form.text('seen')) || 0))
  const taken = { fields, attachments, seen, body: text.body ?? (await findDraft(deps.db, { bodyId, itemId, accountId: actor.accountId }))?.body ?? '' }
  const stored = await transaction(deps.db, (tx) => saveDraft(tx, { bodyId, itemId, accountId: actor.accountId }, { ...taken, savedAt: place.at }, only))
  return { ...taken, stored, savedAt: place.at, refusedBody: text.body === null ? form.text('body') : null, errors, notes: text.notes, fileNotes, pressed }
}

type Place = Parameters<typeof keepPictures>[2]

async function takeBody(deps: Deps, place: Place, form: ParsedForm, errors: Record<string, string>): Promise<{ body: string | null; notes: readonly string[] }> {
  const typed = await cleanBody(textToHtml(form.text('body')))
  if (!typed.ok) {
    errors['body'] = typed.message
    return { body: null, notes: [] }
  }
  const word = form.files.find(({ field }) => field === 'word')
  const read = word === undefined ? null : await readWord(word)
  if (read?.ok === false) errors['word'] = read.message
  const pictures = [...typed.pictures, ...(read?.ok === true ? read.pictures : [])]
  if (pictures.length > FILE_LIMITS.files) errors['body'] = `图片超过 ${FILE_LIMITS.files} 张，请把一部分作为附件`
  else await transaction(deps.db, (tx) => keepPictures(tx, deps.files, place, pictures))
  const body = [typed.html, read?.ok === true ? read.html : ''].filter((part) => part !== '').join('\n')
  const fromWord = read?.ok === true ? [`已从「${word?.name.slice(0, 60) ?? ''}」读入正文，请核对`, ...(read.html.includes('<ol') ? ['Word 的自动编号读入之后成了 1、2、3，原来是「一、」「（一）」的请改回'] : []), ...read.notes] : []
  return { body: withAlts(body, form.fields), notes: [...typed.notes, ...fromWord] }
}

async function readWord({ name, bytes }: UploadedFile) {
  const read = await readWordBody(bytes, name)
  if (!read.ok) return read
  const cleaned = await cleanBody(read.html)
  return cleaned.ok ? { ...cleaned, notes: [...read.notes, ...cleaned.notes] } : cleaned
}

/** 另填的图片说明写进正文。 */
export function withAlts(body: string, fields: Fields): string {
  const alts = new Map(Object.entries(fields).flatMap(([name, values]) => (name.startsWith('alt:') ? [[name.slice(4), cleanAlt(values[0] ?? '')] as const] : [])))
  if (alts.size === 0) return body
  const named = <T extends { key: string; alt: string }>(picture: T): T => (picture.alt === '' ? { ...picture, alt: alts.get(picture.key) ?? '' } : picture)
  const runs = (all: readonly Run[]): Run[] => all.map((run) => (run.kind === 'picture' ? named(run) : run))
  const list = (one: List): List => ({ ...one, items: one.items.map((item) => ({ content: runs(item.content), lists: item.lists.map(list) })) })
  const block = (one: Block): Block => {
    if (one.kind === 'figure') return named(one)
    if (one.kind === 'list') return list(one)
    if (one.kind === 'table') return { ...one, rows: one.rows.map((row) => row.map((cell) => ({ ...cell, content: runs(cell.content) }))) }
    return one.kind === 'quote' ? { ...one, blocks: one.blocks.map(block) } : one
  }
  return writeBody(readBody(body).map(block))
}

async function takeAttachments(deps: Deps, place: Place, form: ParsedForm, pressed: TakenForm['pressed'], errors: Record<string, string>): Promise<{ attachments: Attachment[]; notes: string[] }> {
  const known = new Map((await listItemFiles(deps.db, place)).map((file) => [file.key, file]))
  const listed = (form.fields['attachment'] ?? []).flatMap((key) => toAttachment(known.get(key), form.text(`name:${key}`)))
  const attachments = rearrange(listed, pressed)
  const [told, notes]: [string[], string[]] = [[], []]
  for (const { name, bytes } of form.files.filter(({ field }) => field === 'files')) {
    const said = `「${name.slice(0, 60)}」`
    if (attachments.length >= FILE_LIMITS.files) {
      told.push(`${said}没有收：至多 ${FILE_LIMITS.files} 个附件`)
      continue
    }
    const read = await readAttachment(deps.files, { name, bytes, strict: true })
    if (!read.ok) told.push(`${said}没有收：${read.message}`)
    else if (attachments.some(({ key }) => key === read.file.key)) told.push(`${said}与已有的「${attachments.find(({ key }) => key === read.file.key)?.name ?? ''}」内容一样，没有重复收`)
    else {
      const file = { ...read.file, name: distinct(read.file.name, attachments) }
      await transaction(deps.db, (tx) => keepAttachment(tx, place, { file, text: read.text }))
      attachments.push(file)
      if (!extensionsAgree(name, file.name)) notes.push(`${said}收下了；照里面的内容，名称改为「${file.name}」`)
    }
  }
  const elsewhere = await findElsewhere(deps.db, place, attachments.filter(({ key }) => !listed.some((old) => old.key === key)).map(({ key }) => key))
  for (const file of attachments) if (elsewhere.has(file.key)) notes.push(`「${file.name}」收下了；同样的文件已附在《${elsewhere.get(file.key) ?? ''}》里，请看看是不是重复公开`)
  if (told.length > 0) errors['files'] = told.join('；')
  return { attachments, notes }
}

const extensionsAgree = (given: string, kept: string): boolean => extensionOf(given) === extensionOf(kept)

function toAttachment(file: ItemFile | undefined, renamed: string): Attachment[] {
  if (file === undefined || file.role === 'body') return []
  const type = Object.entries(FILE_TYPES).find(([, { mediaType }]) => mediaType === file.mediaType)?.[0] as FileType | undefined
  const name = renamed === '' || type === undefined ? file.name : cleanName(extensionOf(renamed) === '' ? `${renamed}.${extensionOf(file.name)}` : renamed, type)
  return [{ key: file.key, name, mediaType: file.mediaType, bytes: file.bytes }]
}

function rearrange(listed: readonly Attachment[], { name, value }: TakenForm['pressed']): Attachment[] {
  const at = listed.findIndex(({ key }) => key === value)
  if (name === 'remove') return listed.filter(({ key }) => key !== value)
  if (name !== 'up' || at < 1) return [...listed]
  return listed.with(at - 1, listed[at] as Attachment).with(at, listed[at - 1] as Attachment)
}

// 名称相同而内容不同的：后来的加号，先来的不改
function distinct(name: string, others: readonly Attachment[]): string {
  const extension = extensionOf(name)
  const stem = extension === '' ? name : name.slice(0, -extension.length - 1)
  let named = name
  for (let n = 2; others.some((other) => other.name === named); n++) named = `${stem}（${n}）${extension === '' ? '' : `.${extension}`}`
  return named
}

function settleRelations(fields: Fields, { name, value }: TakenForm['pressed']): Fields {
  const relations = readRelations(fields)
  if (name === 'relate') {
    const kind = fields['relationKind']?.[0] ?? 'related'
    return { ...fields, relation: readRelations({ relation: [...relations.map(relationValue), `${kind} ${value}`] }).map(relationValue), relationSearch: [] }
  }
  if (name === 'unrelate') return { ...fields, relation: relations.map(relationValue).filter((each) => each !== value) }
  return { ...fields, relation: relations.map(relationValue) }
}
