import { getBody } from '../../bodies/index.ts'
import { actorKey, type Actor } from '../../identity/index.ts'
import { notify } from '../../notices/index.ts'
import type { Tx } from '../../platform/db.ts'
import { FILERS } from '../collection/tell.ts'
import type { LoadedReport } from '../store.ts'

/** 退回起草了：告诉编报告的人。理由在报告的页面上看，不随通知、邮件走。 */
export async function tellSentBack(tx: Tx, { bodyId, reportId, year, version }: LoadedReport, { actor, at }: { actor: Actor; at: Date }): Promise<void> {
  const body = await getBody(tx, bodyId)
  await notify(tx, {
    bodyId,
    at,
    roles: FILERS,
    except: actorKey(actor),
    key: `report-sent-back/${reportId}/${version}`,
    title: `${year} 年度报告退回修改`,
    note: '退回的理由在报告的页面上',
    href: `/desk/reports/${body.code}/${year}`,
  })
}
