import { actOnCorrection, registerCorrection } from '../src/applications/testing.ts'
import type { SignedInActor } from '../src/identity/index.ts'
import type { Deps } from '../src/platform/deps.ts'
import { newId } from '../src/platform/id.ts'
import type { PlainDate } from '../src/statute/plain-date.ts'
import { atDay } from './clock.ts'
import { after, before } from './days.ts'
import type { ExampleBody } from './example-bodies.ts'

type Act = Parameters<typeof actOnCorrection>[2]['step']
/** 收到之后第几个工作日，由谁，办什么，填什么。 */
type Step = readonly [day: number, by: 'handler' | 'head', step: Act, given: Readonly<Record<string, string>>]

/** 示例街道的更正申请：待核实、待批准、已告知各一件（条例第四十一条）。 */
const CORRECTIONS: readonly { ago: number; name: string; record: string; claim: string; steps: readonly Step[] }[] = [
  { ago: 3, name: '沈样例', record: '示例社区网格化服务登记表所载的家庭人口数为5人', claim: '户口簿记载为3人，附户口簿复印件。', steps: [] },
  {
    ago: 9,
    name: '韩演示',
    record: '示例二路沿街门店台账所载的经营者姓名',
    claim: '门店已于2024年转让，附营业执照与转让协议复印件。',
    steps: [[5, 'handler', 'verify', { result: 'CORRECTED', verified: '营业执照记载的经营者已变更，台账没有随之更新', corrected: '经营者改为申请人本人' }]],
  },
  {
    ago: 21,
    name: '杨样板',
    record: '不动产登记簿所载的房屋建筑面积',
    claim: '与购房合同所载不符，附购房合同复印件。',
    steps: [
      [4, 'handler', 'verify', { result: 'ADVISED', verified: '该记录由不动产登记机构制作、保存', competentBody: '示例区不动产登记中心，电话 027-00000000' }],
      [6, 'head', 'decide', {}],
      [8, 'handler', 'tell', {}],
    ],
  },
]

/** 载入更正申请，一步步照平常的办法办。 */
export async function loadLivingCorrections(deps: Deps, { bodyId, staff }: ExampleBody, today: PlainDate): Promise<void> {
  for (const { ago, name, record, claim, steps } of CORRECTIONS) {
    const receivedOn = before(after(today, 0), ago)
    const correctionId = newId()
    const intake = { channel: 'IN_PERSON', receivedOn, kind: 'N', applicant: { name, idNo: null, contact: '13800000000', details: {} }, request: { record, claim } } as const
    await registerCorrection(atDay(deps, receivedOn, '09:30'), staff.officer, { bodyId, correctionId, intake })
    for (const [i, [day, by, step, given]] of steps.entries()) {
      const on = after(receivedOn, day)
      const fields: Readonly<Record<string, string>> = { on, ...given }
      await act(atDay(deps, on), staff[by], { bodyId, correctionId, seen: i + 1, step, given: (field) => fields[field] ?? '' })
    }
  }
}

async function act(deps: Deps, actor: SignedInActor, input: Parameters<typeof actOnCorrection>[2]): Promise<void> {
  const answer = await actOnCorrection(deps, actor, input)
  if (!answer.ok) throw new Error(`演示的更正申请走不通：${answer.problems.map(({ message }) => message).join('；')}`)
}
