import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { record } from '../../audit/index.ts'
import { transaction } from '../../platform/connect.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import type { FieldKeys } from '../../platform/crypto.ts'
import type { Deps } from '../../platform/deps.ts'
import { isId } from '../../platform/id.ts'
import { root } from '../../platform/paths.ts'
import { findPersonalTraces } from '../follow-up/personal-traces.ts'
import { claimBuild, saveBuilt, saveBuildFailed, saveProgress } from './archive-store.ts'
import type { Archive, CaseRef } from './archive-store.ts'
import { calendarYearsBetween } from './calendar-years.ts'
import { getCaseFile } from './case-file.ts'
import type { CaseFile } from './case-file.ts'
import { listEntries } from './package-entries.ts'
import { keepPackage, openPackage } from './package-file.ts'
import { removeFilesLater } from './remove-files.ts'
import { checkPackage, PackageTooLarge, writePackage } from './package/index.ts'
import type { Manifest } from './package/index.ts'

export const SYSTEM = { kind: 'system', name: 'archive' } as const
const MOST_ATTEMPTS = 3

/** 做包之后、写下之前又交办过；这一次的作罢。 */
class Superseded extends Error {
  override name = 'Superseded'
}

/** 后台任务：做一件的档案包，存下之后从头核对一遍，与登记相符才算做成。可以重办。 */
export async function buildPackage(deps: Deps, ref: CaseRef): Promise<void> {
  const found = await claimBuild(deps.db, ref)
  if (found === null) return
  try {
    await build(deps, ref, found)
  } catch (error) {
    if (error instanceof Superseded) return
    const words = error instanceof PackageTooLarge ? error.message : null
    if (words === null && found.attempt < MOST_ATTEMPTS) throw error
    if (words === null) deps.log.error({ err: error, caseId: ref.caseId }, '档案包没有做成')
    await saveBuildFailed(deps.db, ref, found, words ?? '系统出错，没有做成；请稍后再做一次')
  }
}

async function build(deps: Deps, ref: CaseRef, found: Archive): Promise<void> {
  const keys = fieldKeys(deps.config.secretKey)
  const file = await getCaseFile(deps, ref.bodyId, ref.caseId)
  const entries = listEntries(deps, file)
  let manifest: Manifest | null = null
  const content = writePackage(entries, headOf(file), {
    done: (made) => (manifest = made),
    onFile: (count) => saveProgress(deps.db, ref, found, count, entries.length),
  })
  const { key } = await keepPackage(deps.files, keys, ref, content)
  try {
    const { size, hash, files } = await checkStored(deps, keys, ref, key, manifest)
    const traces = await tracesOf(deps, keys, file)
    await transaction(deps.db, async (tx) => {
      if (!(await saveBuilt(tx, ref, found, { caseVersion: file.version, fileKey: key, size, hash, files, traces }))) throw new Superseded()
      await removeFilesLater(tx, found.file_key === null ? [] : [found.file_key], deps.clock.now())
      await record(tx, SYSTEM, 'archive.built', { bodyId: ref.bodyId, target: ref.caseId }, { hash, files })
    })
  } catch (error) {
    await deps.files.remove(key)
    throw error
  }
}

// 存下的那一份从头读一遍，不凭写的时候以为写了什么
async function checkStored(deps: Deps, keys: FieldKeys, ref: CaseRef, key: string, manifest: Manifest | null): Promise<{ size: number; hash: string; files: number }> {
  let size = 0
  async function* counted(): AsyncIterable<Buffer> {
    for await (const chunk of openPackage(deps.files, keys, ref, key)) {
      size += chunk.length
      yield chunk
    }
  }
  const checked = await checkPackage(counted())
  if (!checked.ok) throw new Error(`存下的档案包不完好：${checked.fault.path} ${checked.fault.message}`)
  const { packageHash: hash, files } = checked.manifest
  if (hash !== (manifest?.packageHash ?? '')) throw new Error('存下的档案包与所写的不是同一个')
  return { size, hash, files: files.length }
}

const headOf = (file: CaseFile): Omit<Manifest, 'files' | 'packageHash'> => ({
  format: 'mingchuang-archive/1',
  preview: file.application.archivedOn === null,
  tool: `mingchuang ${toolVersion()}`,
  body: { id: file.bodyId, name: file.body.name },
  case: { id: file.caseId, regNo: file.application.regNo, archivedOn: file.application.archivedOn },
  calendar: calendarYearsBetween(file),
  timeline: { events: file.events.length, head: file.events.at(-1)?.hash ?? '' },
})

let version: string | null = null
const toolVersion = (): string => (version ??= z.object({ version: z.string() }).parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))).version)

// 时间线改不了，留在其中的文字先查一遍，疑有个人信息的告诉档案员
async function tracesOf({ db }: Deps, keys: FieldKeys, { bodyId, caseId, events }: CaseFile): Promise<string[]> {
  const text = events.flatMap(({ event }) => textsIn(event)).join('\n')
  return [...new Set((await findPersonalTraces(db, keys, bodyId, [caseId], text)).map(({ what }) => what))]
}

const textsIn = (value: unknown): string[] =>
  typeof value === 'string' ? (isId(value) ? [] : [value]) : typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
