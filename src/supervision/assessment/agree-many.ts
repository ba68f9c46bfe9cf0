import { requirePermission } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { SHEET_REFUSED, actOnSheet, fillLine } from './sheet-acts.ts'
import type { SheetAnswer } from './sheet-acts.ts'
import type { Sheet } from './sheet.ts'
import type { Sources } from './source.ts'
import { emptyLine, listLines, listSheets } from './store.ts'
import type { Line, Scheme } from './store.ts'

/** 一次至多几家。 */
export const MOST_AGREED = 50

/** 等着核查的一家：人评的各项，自评了、还没有核查的。 */
export interface Agreeable {
  sheet: Sheet
  judged: readonly { name: string; line: Line }[]
  /** 没有自评的项，须逐项核查 */
  missing: readonly string[]
}

/** 等着核查的各家，按机关的次序，至多一千；一次查询取各项。 */
export async function listAgreeable(tx: Tx, { schemeId, indicators }: Scheme): Promise<Agreeable[]> {
  const sheets = (await listSheets(tx, schemeId)).filter(({ state }) => state === 'submitted')
  const lines = await listLines(tx, schemeId, sheets.map(({ bodyId }) => bodyId))
  return sheets.map((sheet) => {
    const judged = indicators.filter(({ kind }) => kind === 'judged').map(({ code, name }) => ({ name, line: lines.get(sheet.bodyId)?.get(code) ?? emptyLine(code) }))
    const open = judged.filter(({ line }) => line.checked === null && line.exempted === null)
    return { sheet, judged: open.filter(({ line }) => line.self !== null), missing: open.filter(({ line }) => line.self === null).map(({ name }) => name) }
  })
}

export interface Agreed {
  done: number
  /** 没有办成的各家与缘由 */
  left: readonly { bodyId: string; why: string }[]
}

/**
 * 照自评核定所选各家人评的各项：已经核查过的、定为不适用的不动；`finish` 的连同完成核查。
 * 一家一笔，看过之后又变了的（seen 不符）、没有自评的不办，写明缘由。
 */
export async function agreeMany(deps: Deps, actor: Actor, sources: Sources, scheme: Scheme, { chosen, finish }: { chosen: readonly { bodyId: string; seen: number }[]; finish: boolean }): Promise<Agreed> {
  requirePermission(actor, 'assessment.manage', scheme.bodyId)
  const known = new Map((await listAgreeable(deps.db, scheme)).map((one) => [one.sheet.bodyId, one]))
  const left: { bodyId: string; why: string }[] = []
  for (const { bodyId, seen } of chosen.slice(0, MOST_AGREED)) {
    const found = known.get(bodyId)
    const why = found === undefined || found.sheet.version !== seen ? SHEET_REFUSED['not-now'] : await agree(deps, actor, sources, scheme, found, finish)
    if (why !== null) left.push({ bodyId, why })
  }
  return { done: Math.min(chosen.length, MOST_AGREED) - left.length, left }
}

class Stopped extends Error {
  override name = 'Stopped'
}

// 一家要么都办，要么都不办
async function agree(deps: Deps, actor: Actor, sources: Sources, { year }: Scheme, { sheet: { bodyId, version }, judged, missing }: Agreeable, finish: boolean): Promise<string | null> {
  if (missing.length > 0) return `${missing.join('、')}没有自评，须逐项核查`
  const must = (answer: SheetAnswer): void => {
    if (!answer.ok) throw new Stopped(SHEET_REFUSED[answer.refusal])
  }
  try {
    await transaction(deps.db, async (tx) => {
      const within: Deps = { ...deps, db: tx }
      let seen = version
      for (const { line } of judged) must(await fillLine(within, actor, { part: 'check', code: line.code, points: line.self, note: '', exempt: false, evidence: null, year, bodyId, seen: seen++ }))
      if (finish) must(await actOnSheet(within, actor, sources, { step: 'finish-check', reason: '', year, bodyId, seen }))
    })
    return null
  } catch (error) {
    if (error instanceof Stopped) return error.message
    throw error
  }
}
