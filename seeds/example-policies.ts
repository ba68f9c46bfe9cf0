import { linkExampleDocuments } from '../src/catalogue/testing-normative.ts'
import type { Deps } from '../src/platform/deps.ts'
import { enqueue } from '../src/platform/jobs.ts'
import type { ExampleBody } from './example-bodies.ts'

/** 规范性文件连上文号相同的正文；此后的失效与提醒，由每日的任务照今日去办，不等夜里。 */
export async function loadExamplePolicies(deps: Deps, bodies: readonly ExampleBody[]): Promise<void> {
  for (const { bodyId, staff } of bodies) await linkExampleDocuments(deps, bodyId, staff.officer.accountId)
  await enqueue(deps.db, 'catalogue.lapse-documents', {}, { key: 'catalogue.lapse-documents' })
}
