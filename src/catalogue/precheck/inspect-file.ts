import './tables.ts'
import type { Deps } from '../../platform/deps.ts'
import { NotFound } from '../../platform/errors.ts'
import { findCovered, openSource, Unredactable } from '../../redaction/index.ts'
import type { SourceType } from '../../redaction/index.ts'
import { decodeText } from '../content/decode-file-text.ts'
import { RefusedFile } from '../content/file-text.ts'
import { hiddenInPage } from './hidden-in-page.ts'

/** 看一份文件所得：看得见的之外还带着什么；看不了的缘故。 */
export interface Inspection {
  hidden: readonly string[]
  failed: string | null
}

const TYPES: Readonly<Record<string, SourceType>> = { pdf: 'pdf', docx: 'docx', xlsx: 'xlsx', png: 'png', jpg: 'jpeg', jpeg: 'jpeg' }
/** 只有文字、没有别处可藏的。 */
const PLAIN = new Set(['txt', 'csv', 'json', 'xml', 'md'])
const PAGES = new Set(['html', 'htm'])
const MOST_PAGE_BYTES = 4 * 1024 * 1024
const extensionOf = (name: string): string => name.split('.').at(-1)?.toLowerCase() ?? ''

// 同一份同时只看一次；页面等不及的，看完照样存下，下次就有
const looking = new Map<string, Promise<Inspection>>()

/** 看过的取存下的；没有看过的现在看。至多等 `waitMs` 毫秒，没有看完的为 `waiting`。 */
export async function inspectFile(deps: Deps, bodyId: string, file: { key: string; name: string }, waitMs: number): Promise<Inspection | 'waiting'> {
  const extension = extensionOf(file.name)
  if (PLAIN.has(extension)) return { hidden: [], failed: null }
  if (PAGES.has(extension)) return inspectPage(deps, file.key)
  const type = TYPES[extension]
  if (type === undefined) return { hidden: [], failed: `${extension === '' ? '这种' : extension.toUpperCase().slice(0, 10)}文件查不了` }
  const known = await deps.db.selectFrom('file_inspection').select(['hidden', 'failed']).where('body_id', '=', bodyId).where('file_key', '=', file.key).where('media_type', '=', type).executeTakeFirst()
  if (known !== undefined) return known
  const job = `${bodyId}/${file.key}/${type}`
  const started = looking.get(job) ?? look(deps, bodyId, file.key, type).finally(() => looking.delete(job))
  looking.set(job, started)
  started.catch((error: unknown) => deps.log.warn({ err: error }, '附件没有查成'))
  let timer: NodeJS.Timeout | undefined
  const waiting = new Promise<'waiting'>((resolve) => {
    timer = setTimeout(() => resolve('waiting'), waitMs)
  })
  return Promise.race([started, waiting]).finally(() => clearTimeout(timer))
}

async function inspectPage({ files }: Pick<Deps, 'files'>, key: string): Promise<Inspection> {
  if (!(await files.has(key))) return { hidden: [], failed: '文件不在了' }
  const bytes = await files.get(key)
  if (bytes.byteLength > MOST_PAGE_BYTES) return { hidden: [], failed: '网页太大' }
  try {
    return { hidden: hiddenInPage(decodeText(bytes)), failed: null }
  } catch (error) {
    if (!(error instanceof RefusedFile)) throw error
    return { hidden: [], failed: error.message }
  }
}

async function look(deps: Deps, bodyId: string, key: string, type: SourceType): Promise<Inspection> {
  const seen = await open(deps, key, type)
  // 一时忙、超时的不存，下次再看
  if (seen.again) return seen.inspection
  const { hidden, failed } = seen.inspection
  await deps.db
    .insertInto('file_inspection')
    .values({ body_id: bodyId, file_key: key, media_type: type, hidden: [...hidden], failed, inspected_at: deps.clock.now() })
    .onConflict((oc) => oc.doNothing())
    .execute()
  return seen.inspection
}

async function open(deps: Deps, key: string, type: SourceType): Promise<{ inspection: Inspection; again: boolean }> {
  try {
    const bytes = await deps.files.get(key)
    const { hidden } = await openSource(bytes, type)
    const covered = type === 'pdf' ? await findCovered(bytes, type) : null
    return { inspection: { hidden: [...hidden, ...(covered === null ? [] : [covered])], failed: null }, again: false }
  } catch (error) {
    if (error instanceof NotFound) return { inspection: { hidden: [], failed: '文件不在了' }, again: true }
    if (!(error instanceof Unredactable)) throw error
    return { inspection: { hidden: [], failed: error.message.slice(0, 300) }, again: error.code === 'busy' || error.code === 'too-slow' }
  }
}
