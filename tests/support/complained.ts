import type { Hono } from 'hono'
import { PNG, aCitizen } from '../../src/applications/citizen/testing-citizen.ts'
import type { Citizen } from '../../src/applications/citizen/testing-citizen.ts'
import type { SignedInActor } from '../../src/identity/index.ts'
import type { Deps } from '../../src/platform/deps.ts'
import { newId } from '../../src/platform/id.ts'
import { aNewComplaint, actOnComplaint, submitComplaint } from '../../src/supervision/complaints/testing.ts'
import type { Street } from './street.ts'

export interface Complained {
  /** 待受理、办理中（有文件、查办过）、已作结论、已答复的各一件 */
  fresh: string
  open: string
  fileId: string
  decided: string
  answered: string
  /** 刚提交的，正在查询而可以补充的；正在查询而可以评价的 */
  complainer: Citizen
  rater: Citizen
  /** 评价了不满意的，可以请求再办 */
  grumbler: Citizen
  /** 结论拟好、等审定的一件 */
  drafted: string
}

// 内容够长，看得出取到了
const SHOT = Buffer.concat([PNG, Buffer.alloc(300)])

type Step = Parameters<typeof actOnComplaint>[2]['step']

/** 示例街道的几件投诉、反映，办到各步。 */
export async function complained(app: Hono, deps: Deps, { bodyId, staff }: Street): Promise<Complained> {
  const today = deps.clock.today()
  const person = { name: '韩某', phone: '13800000000', mail: 'han@example.cn', address: '' }
  async function one(content: string, steps: readonly (readonly [Step, Readonly<Record<string, string>>, SignedInActor?])[]) {
    const made = await submitComplaint(deps, aNewComplaint(bodyId, today, { content, person, accused: '办事员', files: [{ fileId: newId(), name: '截图.png', type: 'png', bytes: SHOT }] }), newId().padEnd(43, 'k'))
    for (const [i, [step, given, by = staff.head]] of steps.entries()) {
      const answer = await actOnComplaint(deps, by, { bodyId: made.bodyId, complaintId: made.complaintId, seen: i + 1, step, given: (name) => ({ on: today, ...given })[name] ?? '' })
      if (!answer.ok) throw new Error(`${step}：${Object.values(answer.errors).join('；')}`)
    }
    return { complaintId: made.complaintId, receipt: { regNo: made.regNo, code: made.code } }
  }
  const found = [['accept', { handler: staff.handler.accountId }], ['investigate', { findings: '电话已改号，指南没有随之更新' }]] as const
  const drafted = [...found, ['draft', { outcome: 'founded', grounds: '指南所载的电话有误', measures: '已改正并逐份核对' }]] as const
  const decided = [...drafted, ['decide', { verdict: 'agree' }, staff.leader]] as const
  const answered = [...decided, ['answer', { way: 'letter', text: '经查，成立。指南所载的电话有误，已改正。' }]] as const
  const asked = await one('请问哪里能看到预算', [['accept', {}], ['ask', { question: '请写明是哪一年的', by: '' }]])
  const rated = await one('指南的电话打不通', answered)
  const again = await one('指南的地址也是错的', answered)
  const [complainer, rater, grumbler] = [aCitizen(app), aCitizen(app), aCitizen(app)]
  await complainer.post('/complain', { complaintId: newId(), formKey: newId().padEnd(43, 'k'), basis: 'A47', matter: 'broken-column', about: bodyId, to: 'own', content: '专栏的附件打不开' })
  await complainer.post('/complain/track', asked.receipt)
  await rater.post('/complain/track', rated.receipt)
  await grumbler.post('/complain/track', again.receipt)
  await grumbler.post('/complain/track/rate', { rating: 'dissatisfied', text: '还是错的' })
  const open = await one('办事指南的电话是错的', found)
  const { file_id: fileId } = await deps.db.selectFrom('complaint_file').select('file_id').where('complaint_id', '=', open.complaintId).executeTakeFirstOrThrow()
  return { fresh: (await one('专栏的检索没有结果', [])).complaintId, open: open.complaintId, fileId, decided: (await one('公示晚了一个月', decided)).complaintId, answered: rated.complaintId, complainer, rater, grumbler, drafted: (await one('附件缺页', drafted)).complaintId }
}
