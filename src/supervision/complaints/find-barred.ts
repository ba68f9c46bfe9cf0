import { findApplicationRow, getApplication, listApplications, plainRegNo } from '../../applications/index.ts'
import { listHolders } from '../../identity/index.ts'
import type { Role } from '../../identity/index.ts'
import { isId } from '../../platform/id.ts'
import type { Tx } from '../../platform/db.ts'

const STAFF: readonly Role[] = ['handler', 'unit-head', 'disclosure-officer', 'disclosure-head', 'secrecy-reviewer', 'leader', 'publisher', 'archivist', 'district-office']
// 收件、登记不算办理：登记的人不作决定
const NOT_HANDLING = new Set(['drafted', 'submitted', 'received', 'dispatched', 'served', 'archived'])

export interface Accusation {
  aboutBodyId: string
  /** 反映人写的姓名、称呼 */
  words: string
  /** 登记时认出的账号 */
  accounts: readonly string[]
  /** 指到科室的：该机关的科室负责人都回避，系统里不分哪一科室 */
  unit: boolean
  /** 争议的申请 */
  caseId: string | null
}

/** 须回避的账号：被反映的人、争议申请的承办与审批的人、所指科室的负责人。 */
export async function findBarred(tx: Tx, { aboutBodyId, words, accounts, unit, caseId }: Accusation): Promise<string[]> {
  const staff = await listHolders(tx, aboutBodyId, STAFF)
  const named = [...staff].flatMap(([account, name]) => (isNamed(words, name) ? [account] : []))
  const heads = unit ? [...(await listHolders(tx, aboutBodyId, ['unit-head'])).keys()] : []
  return [...new Set([...accounts.filter((account) => isId(account)), ...named, ...heads, ...(caseId === null ? [] : await listInvolved(tx, aboutBodyId, caseId))])]
}

// 账号的姓名后常附岗位、注记，如「刘某（演示）」；至少两个字才比，免得一个姓就算
function isNamed(words: string, displayName: string): boolean {
  const name = displayName.replaceAll(/[（(].*?[)）]/g, '').trim()
  return name.length >= 2 && words.includes(name)
}

/** 经手过一件申请的人：承办人、办过其中一步的、其时所代的人。 */
export async function listInvolved(tx: Tx, bodyId: string, caseId: string): Promise<string[]> {
  if ((await findApplicationRow(tx, bodyId, caseId)) === null) return []
  const { state, events } = await getApplication(tx, bodyId, caseId)
  const steps = events.filter(({ event }) => !NOT_HANDLING.has(event.kind))
  const people = steps.flatMap(({ actor, event }) => [actor, 'onBehalfOf' in event && typeof event.onBehalfOf === 'string' ? event.onBehalfOf : null])
  return [...new Set([state.handler, ...people].filter((key): key is string => key !== null && isId(key)))]
}

/** 由登记号找被反映机关的一件申请；没有的为 null。 */
export async function findDisputed(tx: Tx, bodyId: string, regNo: string): Promise<{ caseId: string; regNo: string } | null> {
  const wanted = plainRegNo(regNo)
  if (wanted === '') return null
  const { rows } = await listApplications(tx, { bodyId, number: wanted }, { limit: 20, sort: 'regNo', descending: false })
  return rows.find((row) => plainRegNo(row.regNo) === wanted) ?? null
}
