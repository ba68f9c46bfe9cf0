import './tables.ts'
import { sql } from 'kysely'
import { SealBroken, fieldKeys } from '../../platform/crypto.ts'
import type { Deps } from '../../platform/deps.ts'
import type { Problem, Verifier } from '../../platform/verify.ts'
import { checkPackage } from './package/index.ts'
import { openPackage } from './package-file.ts'

const PAGE = 100
const FIRST = '00000000-0000-0000-0000-000000000000'

/** 存着的各个档案包：从头核对，整包摘要与登记的相符。按主键分页。 */
async function* verifyArchives(deps: Deps): AsyncIterable<Problem> {
  for (let after = { body: FIRST, case: FIRST }; ; ) {
    const rows = await deps.db
      .selectFrom('application_archive')
      .select(['body_id', 'case_id', 'file_key', 'hash'])
      .where('file_key', 'is not', null)
      .where(sql<boolean>`(body_id, case_id) > (${after.body}::uuid, ${after.case}::uuid)`)
      .orderBy('body_id')
      .orderBy('case_id')
      .limit(PAGE)
      .execute()
    for (const { body_id: bodyId, case_id: caseId, file_key, hash } of rows) {
      const wrong = await wrongOf(deps, { bodyId, caseId, fileKey: file_key ?? '', hash: hash ?? '' })
      if (wrong !== null) yield { where: `档案包 ${bodyId}/${caseId}`, message: wrong }
    }
    const last = rows.at(-1)
    if (rows.length < PAGE || last === undefined) return
    after = { body: last.body_id, case: last.case_id }
  }
}

/** 一个存着的包哪里不对；好的为 null。 */
export async function wrongOf(deps: Deps, { bodyId, caseId, fileKey, hash }: { bodyId: string; caseId: string; fileKey: string; hash: string }): Promise<string | null> {
  try {
    const checked = await checkPackage(openPackage(deps.files, fieldKeys(deps.config.secretKey), { bodyId, caseId }, fileKey))
    if (!checked.ok) return `${checked.fault.path} ${checked.fault.message}`
    const { packageHash, case: of } = checked.manifest
    return packageHash === hash && of.id === caseId ? null : '整包摘要与登记的不符'
  } catch (error) {
    return error instanceof SealBroken ? error.message : '读不出，或者不完整'
  }
}

export const archiveVerifiers: readonly Verifier[] = [{ name: '档案包', verify: verifyArchives }]
