import { createAccount } from '../src/identity/testing.ts'
import type { Role, SignedInActor } from '../src/identity/index.ts'
import type { Deps } from '../src/platform/deps.ts'
import { loadExampleAssessment } from './example-assessment.ts'
import { loadExampleApplications } from './example-applications.ts'
import { makeExampleBodies } from './example-bodies.ts'
import type { ExampleBody } from './example-bodies.ts'
import { loadExampleCatalogue } from './example-catalogue.ts'
import { loadExampleColumns } from './example-columns.ts'
import { makeGovernment } from './example-government.ts'
import { loadExampleItems } from './example-items.ts'
import { loadExampleJanuary } from './example-january.ts'
import { loadExamplePolicies } from './example-policies.ts'
import { loadExampleReports } from './example-reports.ts'
import { loadExampleReviews } from './example-reviews.ts'
import { loadBeforeReports, loadProblems } from './example-safeguards.ts'
import { loadExampleSuggestions } from './example-suggestions.ts'
import { loadLivingCases } from './living-cases.ts'

/** 虚构的示例区：本级政府与十二个机构，2023 至 2025 年的记录与年度报告，和示例街道眼下在办的申请，样样标明演示。 */
export async function loadExampleDistrict(deps: Deps): Promise<void> {
  const bodies = await makeExampleBodies(deps)
  const office = await makeDistrictAccounts(deps, bodies)
  const government = await makeGovernment(deps)
  const cases = await loadExampleApplications(deps, bodies)
  await loadExampleReviews(deps, cases)
  await loadExampleCatalogue(deps, bodies)
  await loadExampleItems(deps, bodies)
  await loadExamplePolicies(deps, bodies)
  await loadExampleColumns(deps, bodies)
  await loadExampleSuggestions(deps, bodies)
  const street = bodies.find(({ code }) => code === 'sljd')
  if (street !== undefined) await loadBeforeReports(deps, street)
  await loadExampleReports(deps, bodies, cases)
  if (street !== undefined) await loadProblems(deps, street)
  await loadExampleJanuary(deps, { office, government }, bodies, cases)
  await loadExampleAssessment(deps, bodies, office)
  await loadLivingCases(deps, bodies, office)
}

/** 区政务公开办的人的登录名。 */
export const OFFICE = 'zhengwu'

const DISTRICT_ACCOUNTS: readonly { name: string; displayName: string; role: Role }[] = [
  { name: OFFICE, displayName: '苏主任（演示）', role: 'district-office' },
  { name: 'xitong', displayName: '彭系统管理员（演示）', role: 'system-admin' },
  { name: 'anquan', displayName: '郎安全管理员（演示）', role: 'security-admin' },
  { name: 'shenji', displayName: '范审计员（演示）', role: 'auditor' },
]

/** 返回区政务公开办的人。 */
async function makeDistrictAccounts(deps: Deps, bodies: readonly ExampleBody[]): Promise<SignedInActor> {
  const office = bodies.find((one) => one.kind === 'district-office')
  if (office === undefined) throw new Error('没有区政务公开办所在的机构')
  const start = deps.clock.now().getTime() + 50
  const made: SignedInActor[] = []
  for (const [i, { name, displayName, role }] of DISTRICT_ACCOUNTS.entries()) made.push(await createAccount(deps.db, { name, displayName, bodyId: office.bodyId, roles: [role], at: new Date(start + i) }))
  const [first] = made
  if (first === undefined) throw new Error('没有区政务公开办的账号')
  return first
}
