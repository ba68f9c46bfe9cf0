import './tables.ts'
import { sql } from 'kysely'
import { fieldKeys, SealBroken } from '../platform/crypto.ts'
import type { Deps } from '../platform/deps.ts'
import { NotFound } from '../platform/errors.ts'
import type { Problem } from '../platform/verify.ts'
import { answerHash, getAnswer } from './answer/answer-store.ts'
import { openEvidenceFile } from './evidence/evidence-acts.ts'

const PAGE = 200
const FIRST = '00000000-0000-0000-0000-000000000000'

interface Row {
  bodyId: string
  caseId: string
  id: string
}

/** 签发的答复书、答辩状：解得开、与其摘要相符。按主键分页。 */
export async function* verifyAnswers(deps: Deps): AsyncIterable<Problem> {
  const keys = fieldKeys(deps.config.secretKey)
  yield* eachRow(deps, sql`select body_id as "bodyId", case_id as "caseId", letter_id as id from dispute_letter where status = 'issued'`, async ({ bodyId, caseId, id }) => {
    const { issued } = await getAnswer(deps.db, keys, { bodyId, caseId, letterId: id })
    return issued !== null && answerHash(issued.model) === issued.hash ? null : '签发的文书与所记的摘要不符'
  })
}

/** 上传的证据：文件在、解得开。按主键分页。 */
export async function* verifyEvidence(deps: Deps): AsyncIterable<Problem> {
  yield* eachRow(deps, sql`select body_id as "bodyId", case_id as "caseId", evidence_id as id from dispute_evidence where file_key is not null`, async ({ bodyId, caseId, id }) => {
    await openEvidenceFile(deps.db, deps, { bodyId, caseId, evidenceId: id })
    return null
  })
}

async function* eachRow(deps: Deps, rows: ReturnType<typeof sql>, check: (row: Row) => Promise<string | null>): AsyncIterable<Problem> {
  for (let after = { bodyId: FIRST, id: FIRST }; ; ) {
    const page = (await sql<Row>`select * from (${rows}) found where ("bodyId", id) > (${after.bodyId}::uuid, ${after.id}::uuid) order by "bodyId", id limit ${PAGE}`.execute(deps.db)).rows
    for (const row of page) {
      const message = await attempt(() => check(row))
      if (message !== null) yield { where: `${row.bodyId}/${row.caseId}/${row.id}`, message }
    }
    const last = page.at(-1)
    if (page.length < PAGE || last === undefined) return
    after = last
  }
}

// 核对要把各处不对都说出来，一处打不开不能就此停下
async function attempt(check: () => Promise<string | null>): Promise<string | null> {
  try {
    return await check()
  } catch (error) {
    if (error instanceof SealBroken) return error.message
    return error instanceof NotFound ? '文件不在' : '读不出'
  }
}
