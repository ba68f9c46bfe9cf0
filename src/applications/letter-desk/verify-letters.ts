import '../tables.ts'
import { sql } from 'kysely'
import { SealBroken } from '../../platform/crypto.ts'
import type { Deps } from '../../platform/deps.ts'
import { NotFound } from '../../platform/errors.ts'
import type { Problem } from '../../platform/verify.ts'
import { issuedHashOf } from './compose-draft.ts'
import { LETTER_FORMAT_NAMES, openLetterFile } from './letter-files.ts'
import { keysOf } from './letter-source.ts'
import { getLetter } from './letter-store.ts'

const PAGE = 200
const FIRST = '00000000-0000-0000-0000-000000000000'

/** 发出的各件：内容与其摘要相符，两种文件都在、解得开、与其摘要相符。按主键分页。 */
export async function* verifyLetters(deps: Deps): AsyncIterable<Problem> {
  for (let after = { body: FIRST, letter: FIRST }; ; ) {
    const rows = await deps.db
      .selectFrom('application_letter')
      .select(['body_id', 'case_id', 'letter_id'])
      .where('status', '=', 'issued')
      .where('stripped', '=', false)
      .where(sql<boolean>`(body_id, letter_id) > (${after.body}::uuid, ${after.letter}::uuid)`)
      .orderBy('body_id')
      .orderBy('letter_id')
      .limit(PAGE)
      .execute()
    for (const row of rows) yield* verifyOne(deps, { bodyId: row.body_id, caseId: row.case_id, letterId: row.letter_id })
    const last = rows.at(-1)
    if (rows.length < PAGE || last === undefined) return
    after = { body: last.body_id, letter: last.letter_id }
  }
}

async function* verifyOne(deps: Deps, { bodyId, caseId, letterId }: { bodyId: string; caseId: string; letterId: string }): AsyncIterable<Problem> {
  const where = `文书 ${bodyId}/${letterId}`
  const keys = keysOf(deps)
  const content = await attempt(async () => {
    const { issued, docNo } = await getLetter(deps.db, keys, bodyId, caseId, letterId)
    const fits = issued !== null && issuedHashOf(issued.model) === issued.hash && issued.model.letter.docNo === docNo
    return fits ? null : '内容或者文号与发出时的摘要不符'
  })
  if (content !== null) yield { where, message: content }
  for (const format of LETTER_FORMAT_NAMES) {
    const wrong = await attempt(async () => {
      await openLetterFile(deps.db, deps.files, keys, { bodyId, letterId, format })
      return null
    })
    if (wrong !== null) yield { where: `${where}（${format}）`, message: wrong }
  }
}

// 核对要把各处不对都说出来，一处打不开不能就此停下
async function attempt(check: () => Promise<string | null>): Promise<string | null> {
  try {
    return await check()
  } catch (error) {
    if (error instanceof SealBroken) return error.message
    if (error instanceof NotFound) return '文件不在'
    return '读不出，或者与发出时的摘要不符'
  }
}
