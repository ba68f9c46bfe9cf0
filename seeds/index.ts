import { packMissing } from '../src/applications/testing.ts'
import { getBodyByCode } from '../src/bodies/index.ts'
import { DEMO_PASSWORD } from '../src/identity/index.ts'
import { transaction } from '../src/platform/connect.ts'
import type { Deps } from '../src/platform/deps.ts'
import { enqueue } from '../src/platform/jobs.ts'
import { loadExampleDistrict, OFFICE } from './example-district.ts'
import { dropDemoMail } from './living-complaints.ts'
import { firstCode, loadManyBodies } from './many-bodies.ts'
import { loadWuchang } from './wuchang.ts'

export { MOST_BODIES } from './many-bodies.ts'

const PACKED = 5

/** 载入演示的区，返回要告诉使用者的话。只用于空库，要么全部载入，要么一条不留；正式模式拒绝。 */
export async function loadSeeds(deps: Deps): Promise<string[]> {
  if (deps.config.mode === 'production') throw new Error('正式模式不载入演示数据')
  await transaction(deps.db, async (tx) => {
    // 动作自开事务，已在事务里的并入
    const within: Deps = { ...deps, db: tx }
    await loadWuchang(within)
    await loadExampleDistrict(within)
    // 不等明早：演示的人登录即见期限的提醒
    await enqueue(tx, 'applications.remind', {}, { key: 'applications.remind' })
    // 归档了的很多，其余的档案包等夜里做
    for (const code of ['csyxglzx', 'sljd']) await packMissing(within, (await getBodyByCode(tx, code)).bodyId, PACKED)
  })
  await dropDemoMail(deps)
  return [
    '已载入演示数据：武昌区城市运行管理中心（2024年度依其公布的报告）与虚构的示例区（本级政府与十二个机构，2023至2025年度）。',
    `演示账号，口令都是 ${DEMO_PASSWORD}：`,
    '  武昌区城市运行管理中心　xinxi 信息员　fuzeren 公开办负责人　baomi 保密审查员　lingdao 领导　fabu 发布员　dangan 档案员',
    '  示例街道办事处（2025年度报告待改正一处错误）　jd-xinxi　jd-fuzeren　jd-baomi　jd-lingdao　jd-fabu　jd-dangan',
    '  示例区人民政府（全区的报告，2025年度待汇总）　zf-xinxi　zf-fuzeren　zf-baomi　zf-lingdao　zf-fabu',
    '  区政务公开办 zhengwu　系统管理员 xitong　安全管理员 anquan　审计员 shenji',
  ]
}

/** 库里还没有任何机构。 */
export async function isUnseeded({ db }: Deps): Promise<boolean> {
  const found = await db.selectFrom('body').select('body_id').limit(1).executeTakeFirst()
  return found === undefined
}

/** 在演示的区里另造许多机关；造不成的返回缘故。要么全部造成，要么一家不留。 */
export async function loadDistrictOf(deps: Deps, count: number, say: (line: string) => void): Promise<string | null> {
  if (deps.config.mode === 'production') return '正式模式不载入演示数据'
  const office = await deps.db.selectFrom('account').innerJoin('body', 'body.body_id', 'account.home_body_id').select(['account_id', 'display_name', 'home_body_id']).where('account.name', '=', OFFICE).where('account.is_demo', '=', true).executeTakeFirst()
  if (office === undefined) return '这不是演示的区，没有区政务公开办的演示账号，未造'
  if (await deps.db.selectFrom('body').select('body_id').where('code', '=', firstCode).executeTakeFirst()) return '已经造过了，未再造'
  await loadManyBodies(deps, { kind: 'account', accountId: office.account_id, name: office.display_name, bodyId: office.home_body_id, roles: ['district-office'] }, count, say)
  return null
}
