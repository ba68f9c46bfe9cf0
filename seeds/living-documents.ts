import { addDocument } from '../src/applications/testing.ts'
import { toDocx } from '../src/documents/index.ts'
import type { Document } from '../src/documents/index.ts'
import type { SignedInActor } from '../src/identity/index.ts'
import type { Deps } from '../src/platform/deps.ts'
import { newId } from '../src/platform/id.ts'
import type { PlainDate } from '../src/statute/plain-date.ts'

const ROWS = [
  ['7月18日', '暑期托管班授课补助', '样例甲（电话 13800000001）', '2,400'],
  ['8月6日', '消防器材更换', '样板消防器材经营部', '3,150'],
  ['9月12日', '困难党员慰问', '样例乙（示例一路12号3栋502）', '1,000'],
] as const

const accounts = (on: PlainDate): Document => ({
  title: '示例社区党群服务中心第三季度经费开支明细',
  creator: '示例街道办事处',
  datedOn: on,
  demo: true,
  blocks: [
    { kind: 'paragraph', indent: true, spans: [{ text: '现将第三季度党群服务中心经费的开支逐笔列明如下，合计 6,550 元。' }] },
    { kind: 'table', table: { caption: '开支明细', widths: [2, 4, 5, 2], headRows: 1, rows: [['日期', '事由', '收款人', '金额（元）'], ...ROWS].map((row) => row.map((text) => ({ text }))) } },
    { kind: 'signature', name: '示例社区党群服务中心', on },
  ],
})

/** 一件在办的申请附上一份有姓名、电话的文件，还没有遮盖：让人看得见遮盖怎样做。 */
export async function attachExampleDocument(deps: Deps, handler: SignedInActor, ref: { bodyId: string; caseId: string }, on: PlainDate): Promise<void> {
  const added = await addDocument(deps, handler, { ...ref, documentId: newId(), name: '第三季度经费开支明细.docx', bytes: await toDocx(accounts(on)) })
  if (!added.ok) throw new Error(`演示的答复附件没有附上：${added.message}`)
}
