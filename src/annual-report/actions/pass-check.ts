import type { Actor } from '../../identity/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { changeReport, type Changed, type ReportKey } from './change-report.ts'
import { checkOwnReport, warningKeys } from '../own-check/own-checks.ts'
import { passCheck as decide } from '../report.ts'

/** 提交校核：在服务器上重查一遍，没有错误、提醒都有说明，才进入保密审查。 */
export const passCheck = (deps: Deps, actor: Actor, key: ReportKey): Promise<Changed> =>
  changeReport(deps, actor, 'report.check', key, async (tx, found) => {
    const { findings, contentHash } = await checkOwnReport(tx, found, deps)
    return decide(found.state, {
      on: deps.clock.today(),
      errors: findings.filter((one) => one.severity === 'error').length,
      warnings: warningKeys(findings),
      contentHash,
    })
  })
