import '../collection/tables.ts'
import '../tables.ts'
import type { Tx } from '../../platform/db.ts'
import { NotFound } from '../../platform/errors.ts'
import { findPrevious } from '../own-check/previous.ts'
import { getEditionModel } from '../queries.ts'
import { toReadReport } from '../own-check/to-read-report.ts'
import type { Compared } from './compare-reports.ts'

/** 一个机关一个年度的几份报告里的一份：第几次报送、第几版、载入的旧报告。 */
export interface Version {
  key: string
  label: string
}

/** 能比的各份，最值得比的在前：最近一次报送，公布的最新一版。publicOnly 只列公布的。 */
export async function listVersions(tx: Tx, bodyId: string, year: number, publicOnly: boolean): Promise<Version[]> {
  const editions = await tx
    .selectFrom('annual_report_edition')
    .select(['edition', 'published_on'])
    .where('body_id', '=', bodyId)
    .where('year', '=', year)
    .orderBy('edition', 'desc')
    .limit(50)
    .execute()
  const signed = editions
    .filter(({ published_on }) => !publicOnly || published_on !== null)
    .map(({ edition, published_on }) => ({ key: `edition-${edition}`, label: `第 ${edition} 版（${published_on === null ? '签发' : `${published_on} 公布`}）` }))
  if (publicOnly) return signed
  const rounds = await tx
    .selectFrom('filing_round')
    .select(['round', 'filed_on'])
    .where('body_id', '=', bodyId)
    .where('year', '=', year)
    .orderBy('round', 'desc')
    .limit(50)
    .execute()
  const imported = await tx.selectFrom('previous_report').select('file_name').where('body_id', '=', bodyId).where('year', '=', year).executeTakeFirst()
  return [
    ...rounds.map(({ round, filed_on }) => ({ key: `round-${round}`, label: `第 ${round} 次报送（${filed_on}）` })),
    ...signed,
    ...(imported === undefined ? [] : [{ key: 'imported', label: '载入的旧报告' }]),
  ]
}

/** 取出其中一份；没有的抛 NotFound。 */
export async function loadVersion(tx: Tx, { bodyId, year, key }: { bodyId: string; year: number; key: string }): Promise<Compared> {
  const [kind, number = ''] = key.split('-')
  const found = kind === 'round' ? await findRoundOf(tx, bodyId, year, Number(number)) : kind === 'edition' ? await findEdition(tx, bodyId, year, Number(number)) : await findImported(tx, bodyId, year)
  if (found === null) throw new NotFound('要比的这一份报告')
  return found
}

async function findRoundOf(tx: Tx, bodyId: string, year: number, round: number): Promise<Compared | null> {
  const row = await tx
    .selectFrom('filing_round')
    .select(['body_name', 'form', 'cells', 'lines'])
    .where('body_id', '=', bodyId)
    .where('year', '=', year)
    .where('round', '=', round)
    .executeTakeFirst()
  return row === undefined ? null : { body: row.body_name, year, edition: row.form, cells: row.cells, lines: row.lines }
}

async function findEdition(tx: Tx, bodyId: string, year: number, edition: number): Promise<Compared | null> {
  const row = await tx.selectFrom('annual_report_edition').select('report_id').where('body_id', '=', bodyId).where('year', '=', year).where('edition', '=', edition).executeTakeFirst()
  return row === undefined ? null : toReadReport(await getEditionModel(tx, { bodyId, reportId: row.report_id, edition }))
}

async function findImported(tx: Tx, bodyId: string, year: number): Promise<Compared | null> {
  const previous = await findPrevious(tx, bodyId, year)
  return previous?.source === 'imported' ? previous.read : null
}
