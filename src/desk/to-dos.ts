import type { Context } from 'hono'
import { reportToDos } from '../annual-report/index.ts'
import { answerDocumentToDos, archiveToDos, applicationToDos, recordCorrectionToDos } from '../applications/index.ts'
import { columnToDos, depositToDos, exemptionToDos, itemToDos, normativeToDos } from '../catalogue/index.ts'
import type { SignedInActor } from '../identity/index.ts'
import { importToDos } from '../ledger-import/index.ts'
import { caseToDos } from '../reviews/index.ts'
import { accountabilityToDos, assessmentToDos, complaintToDos, measureToDos, taskToDos } from '../supervision/index.ts'
import type { ToDo } from './home-page.tsx'

/** 此人在各模块的待办；左栏每页都要其件数，数据没有变的不重算。 */
export function toDosOf(c: Context, actor: SignedInActor): Promise<ToDo[]> {
  const deps = c.get('deps')
  const key = `to-dos ${actor.accountId} ${actor.bodyId} ${actor.roles.join(',')} ${(actor.acting ?? []).map(({ from }) => from).join(',')} ${deps.clock.today()}`
  return c.get('whileUnchanged')(key, async () => [
    ...(await reportToDos(deps, actor)).map((toDo) => ({ ...toDo, kind: '年度报告' })),
    ...(await applicationToDos(deps, actor)).map((toDo) => ({ ...toDo, kind: '申请' })),
    ...(await answerDocumentToDos(deps, actor)).map((toDo) => ({ ...toDo, kind: '附件' })),
    ...(await archiveToDos(deps, actor)).map((toDo) => ({ ...toDo, kind: '档案' })),
    ...(await recordCorrectionToDos(deps, actor)).map((toDo) => ({ ...toDo, kind: '更正' })),
    ...(await caseToDos(deps, actor)).map((toDo) => ({ ...toDo, kind: '复议诉讼' })),
    ...(await itemToDos(deps, actor)).map((toDo) => ({ ...toDo, kind: '信息' })),
    ...(await importToDos(deps, actor)).map((toDo) => ({ ...toDo, kind: '台账' })),
    ...(await columnToDos(deps, actor)).map((toDo) => ({ ...toDo, kind: '专栏' })),
    ...(await normativeToDos(deps, actor)).map((toDo) => ({ ...toDo, kind: '规范性文件' })),
    ...(await depositToDos(deps, actor)).map((toDo) => ({ ...toDo, kind: '移送' })),
    ...(await assessmentToDos(deps, actor)).map((toDo) => ({ ...toDo, kind: '考核' })),
    ...(await accountabilityToDos(deps, actor)).map((toDo) => ({ ...toDo, kind: '追究' })),
    ...(await complaintToDos(deps, actor)).map((toDo) => ({ ...toDo, kind: '投诉' })),
    ...(await taskToDos(deps, actor)).map((toDo) => ({ ...toDo, kind: '议定事项' })),
    ...(await measureToDos(deps, actor)).map((toDo) => ({ ...toDo, kind: '措施' })),
    ...(await exemptionToDos(deps, actor)).map((toDo) => ({ ...toDo, kind: '评估' })),
  ])
}
