import './tables.ts'
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'

const DEFAULT_TEMPLATE = '{word}公开申〔{yyyy}〕{n}号'
const LONGEST = 60

export interface RegNoForm {
  template: string
  /** 机关代字，没有的为空 */
  codeWord: string
  year: number
}

const partsOf = ({ template, codeWord, year }: RegNoForm): [head: string, tail: string] => {
  const whole = template.includes('{n}') && template.includes('{yyyy}') ? template : DEFAULT_TEMPLATE
  const [head = '', ...tail] = whole.replaceAll('{word}', codeWord).replaceAll('{yyyy}', String(year)).split('{n}')
  return [head, tail.join('')]
}

/** 写成登记号；格式里没有 `{yyyy}` 或 `{n}` 的用默认的格式。 */
export const formatRegNo = (form: RegNoForm, serial: number): string => {
  const [head, tail] = partsOf(form)
  return `${head}${serial}${tail}`.slice(0, LONGEST)
}

/** 取一机构某年的下一个登记号，须在登记的同一事务里：登记不成则号退回，故不跳号。台账里已用到某号的，自其后编起。 */
export async function nextRegNo(tx: Tx, bodyId: string, form: RegNoForm): Promise<string> {
  const { last } = await tx
    .insertInto('application_number')
    .values({ body_id: bodyId, year: form.year, last: 1 })
    .onConflict((conflict) => conflict.columns(['body_id', 'year']).doUpdateSet({ last: sql`application_number.last + 1` }))
    .returning('last')
    .executeTakeFirstOrThrow()
  const regNo = formatRegNo(form, last)
  const taken = await tx.selectFrom('application').select('case_id').where('body_id', '=', bodyId).where('reg_no', '=', regNo).executeTakeFirst()
  if (taken === undefined) return regNo
  const serial = Math.max(last, await highestSerial(tx, bodyId, partsOf(form)[0])) + 1
  await tx.updateTable('application_number').set({ last: serial }).where('body_id', '=', bodyId).where('year', '=', form.year).execute()
  return formatRegNo(form, serial)
}

async function highestSerial(tx: Tx, bodyId: string, head: string): Promise<number> {
  const like = `${head.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  const { rows } = await sql<{ highest: number | null }>`
    select max((regexp_match(substr(reg_no, ${head.length + 1}::int), '^[0-9]{1,8}'))[1]::int) as highest
    from application where body_id = ${bodyId} and reg_no like ${like}`.execute(tx)
  return rows[0]?.highest ?? 0
}
