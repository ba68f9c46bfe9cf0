import './tables.ts'
import { setImmediate } from 'node:timers/promises'
import { record } from '../../audit/index.ts'
import { getBody } from '../../bodies/index.ts'
import { actorKey, requirePermission } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import type { ItemContent } from '../item.ts'
import { getItem } from '../store.ts'
import '../tables.ts'
import { readBodyText } from './body-text.ts'
import type { Hit } from './hit.ts'
import { inspectFile } from './inspect-file.ts'
import { toPlain } from './plain.ts'
import { savePrecheck } from './precheck-store.ts'
import { scanText } from './scan-text.ts'
import type { ScanContext } from './scan-text.ts'
import { plainHit, toHits } from './to-hits.ts'
import type { Source } from './to-hits.ts'
import { toWordIndex } from './word-index.ts'
import { loadWords } from './word-store.ts'

/** 存下的文字至多这么长，到此为止的即可能没有读完（item_file 的上限）。 */
const MOST_TEXT = 400_000
/** 查附件里看不见的内容，一次预检至多等多久，毫秒。 */
const WAIT_MS = 20_000
const MOST_HITS = 1000

/** 预检一条信息现在的内容并存下；内容在其间改了的不存，为 `changed`。 */
export async function runPrecheck(deps: Deps, actor: Actor, { bodyId, itemId }: { bodyId: string; itemId: string }): Promise<'done' | 'changed'> {
  requirePermission(actor, 'item.read', bodyId)
  const { state } = await getItem(deps.db, bodyId, itemId)
  const { context, edition } = await openChecking(deps.db, bodyId)
  const hits = await checkContent(deps, bodyId, state.content, await filesOf(deps, { bodyId, itemId }, state.content), context)
  return transaction(deps.db, async (tx) => {
    const now = await getItem(tx, bodyId, itemId)
    if (now.state.contentHash !== state.contentHash) return 'changed'
    await savePrecheck(tx, { bodyId, itemId, contentHash: state.contentHash, rules: edition, hits, by: actorKey(actor), at: deps.clock.now() })
    await record(tx, actor, 'item.prechecked', { bodyId, target: itemId }, { hits: hits.length })
    return 'done'
  })
}

/** 本机关预检所依：词表、自己的代码，连同规则的版次。 */
export async function openChecking(tx: Tx, bodyId: string): Promise<{ context: ScanContext; edition: string }> {
  const { words, edition } = await loadWords(tx, bodyId)
  const { uscc } = await getBody(tx, bodyId)
  return { context: { ownCode: uscc, words: toWordIndex(words) }, edition }
}

const ORDER = { block: 0, warn: 1, note: 2 } as const

/** 预检一份内容，重的在前；正文、附件须已在文件库，`files` 是各个附件与图片读出的文字。 */
export async function checkContent(deps: Deps, bodyId: string, content: ItemContent, files: readonly FileText[], context: ScanContext): Promise<Hit[]> {
  const hits: Hit[] = [...ofFields(content, deps.clock.today(), context)]
  hits.push(...(await ofBody(deps, content, context)))
  for (const file of files) {
    // 文字长的要查几十毫秒，一份一让
    await setImmediate()
    hits.push(...ofFile(file, context))
  }
  hits.push(...(await ofHidden(deps, bodyId, content)))
  const sorted = hits.toSorted((a, b) => ORDER[a.severity] - ORDER[b.severity])
  if (sorted.length <= MOST_HITS) return sorted
  return [plainHit({ key: 'all', place: '全部' }, 'file-cut', `命中有 ${sorted.length} 种，只列出前 ${MOST_HITS} 种`), ...sorted.slice(0, MOST_HITS)]
}

const scanned = (source: Source, text: string, context: ScanContext): Hit[] => {
  const plain = toPlain(text)
  return toHits(source, plain, scanText(plain, context))
}

function ofFields(content: ItemContent, today: string, context: ScanContext): Hit[] {
  const { details } = content
  const fields: readonly (readonly [key: string, place: string, text: string | null | undefined])[] = [
    ['title', '标题', content.title],
    ['docNo', '文号', content.docNo],
    ['summary', '内容概述', content.summary],
    ['keywords', '主题词', details?.keywords.join(' ')],
    ['issuer', '发文机关', details?.issuer],
    ...[...(details?.attachments ?? []), ...(details?.pictures ?? [])].map(({ key, name }) => [`name ${key}`, `文件名：${maskName(name)}`, name] as const),
  ]
  const found = fields.flatMap(([key, place, text]) => (text ? scanned({ key, place }, text, context) : []))
  const whole: Source = { key: 'item', place: '整条信息' }
  const empty = details !== undefined && details.body === null && details.attachments.length === 0
  return [
    ...found,
    ...(empty || details === undefined ? [plainHit(whole, 'no-content')] : []),
    ...(content.summary?.trim() ? [] : [plainHit(whole, 'no-summary')]),
    ...(content.formedOn > today ? [plainHit(whole, 'formed-ahead', `形成之日写的是 ${content.formedOn}`)] : []),
  ]
}

// 文件名里也可能有号码，所在的一栏不照写
const maskName = (name: string): string => name.replaceAll(/[0-9A-Za-z]{7,}/g, (run) => `${run.slice(0, 3)}****`)

async function ofBody(deps: Deps, content: ItemContent, context: ScanContext): Promise<Hit[]> {
  const key = content.details?.body ?? null
  if (key === null) return []
  const source: Source = { key: 'body', place: '正文' }
  if (!(await deps.files.has(key))) return [plainHit(source, 'file-unreadable', '正文的文件不在了')]
  const { text, withoutAlt } = readBodyText((await deps.files.get(key)).toString('utf8'))
  return [...scanned(source, text, context), ...(withoutAlt > 0 ? [plainHit(source, 'picture-alt', `${withoutAlt} 张`)] : [])]
}

/** 一个附件、一张图片读出的文字。 */
export interface FileText {
  key: string
  name: string
  role: 'picture' | 'attachment'
  state: 'read' | 'no-text' | 'unreadable'
  text: string
  note: string | null
}

// 没有登记文字的当作读不出：宁可请人看
async function filesOf(deps: Deps, { bodyId, itemId }: { bodyId: string; itemId: string }, { details }: ItemContent): Promise<FileText[]> {
  const wanted = [...(details?.attachments ?? []).map((each) => ({ ...each, role: 'attachment' as const })), ...(details?.pictures ?? []).map((each) => ({ ...each, role: 'picture' as const }))]
  if (wanted.length === 0) return []
  const rows = await deps.db.selectFrom('item_file').select(['file_key', 'text_state', 'text', 'text_note']).where('body_id', '=', bodyId).where('item_id', '=', itemId).where('file_key', 'in', wanted.map(({ key }) => key)).execute()
  const known = new Map(rows.map((row) => [row.file_key, row]))
  return wanted.map(({ key, name, role }) => {
    const row = known.get(key)
    return { key, name, role, state: row?.text_state ?? 'unreadable', text: row?.text ?? '', note: row === undefined ? '没有读过' : row.text_note }
  })
}

function ofFile({ key, name, role, state, text, note }: FileText, context: ScanContext): Hit[] {
  const source: Source = { key, place: `${role === 'picture' ? '图片' : '附件'}：${maskName(name)}` }
  if (state === 'unreadable') return [plainHit(source, 'file-unreadable', note)]
  if (state === 'no-text') return [plainHit(source, 'picture-unread')]
  return [...scanned(source, text, context), ...(text.length >= MOST_TEXT ? [plainHit(source, 'file-cut', `查了前 ${MOST_TEXT / 10_000} 万字`)] : [])]
}

async function ofHidden(deps: Deps, bodyId: string, { details }: ItemContent): Promise<Hit[]> {
  const until = Date.now() + WAIT_MS
  const files = [...(details?.attachments ?? []).map((file) => ({ ...file, called: '附件' })), ...(details?.pictures ?? []).map((file) => ({ ...file, called: '图片' }))]
  const seen = await Promise.all(files.map(async (file) => ({ file, inspection: await inspectFile(deps, bodyId, file, Math.max(0, until - Date.now())) })))
  return seen.flatMap(({ file, inspection }) => {
    const source: Source = { key: file.key, place: `${file.called}：${maskName(file.name)}` }
    if (inspection === 'waiting') return [plainHit(source, 'file-waiting')]
    if (inspection.failed !== null) return [plainHit(source, 'file-not-inspected', inspection.failed)]
    return inspection.hidden.map((what) => plainHit(source, HARMLESS.test(what) ? 'file-properties' : 'file-hidden', what))
  })
}

// 属性、书签、定义的名称，几乎每份都有，说一声即可
const HARMLESS = /^(?:文件属性|书签|名称定义|公式|自定义数据|图片（不带入)/
