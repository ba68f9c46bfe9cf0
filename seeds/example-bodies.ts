import { mergeBodies, renameBody, setSetting } from '../src/bodies/index.ts'
import type { Body, BodyKind, Powers } from '../src/bodies/index.ts'
import { aBody } from '../src/bodies/testing.ts'
import type { Actor } from '../src/identity/index.ts'
import type { Deps } from '../src/platform/deps.ts'
import { atDay } from './clock.ts'
import { makeStaff } from './staff.ts'
import type { Staff } from './staff.ts'

export const SEED: Actor = { kind: 'system', name: 'seed' }

/** 一个虚构的机构：名称都带「示例」「样板」，一看便知。 */
export interface Profile {
  code: string
  name: string
  kind: BodyKind
  codeWord: string
  powers: Powers
  /** 一年收到的申请，件 */
  applications: number
  /** 业务领域，写进正文与标题 */
  field: string
  /** 申请人常要的信息 */
  topics: readonly string[]
  /** 登录名的前缀；供人登录的才列在登录页上 */
  prefix: string
  signIn: boolean
}

const powers = (...held: (keyof Powers)[]): Powers => ({
  license: held.includes('license'),
  penalty: held.includes('penalty'),
  coercion: held.includes('coercion'),
  fee: held.includes('fee'),
})

const organ = (code: string, name: string, rest: Pick<Profile, 'codeWord' | 'powers' | 'applications' | 'field' | 'topics'>): Profile => ({
  code,
  name,
  kind: 'organ',
  prefix: `${code}-`,
  signIn: false,
  ...rest,
})

export const PROFILES: readonly Profile[] = [
  {
    ...organ('slqzfb', '示例区人民政府办公室', {
      codeWord: '示政办',
      powers: powers('license'),
      applications: 18,
      field: '政务服务与政策文件',
      topics: ['政府常务会议议定事项', '便民服务中心建设批复', '政府工作报告任务分解表', '政策文件解读材料', '政务公开工作要点'],
    }),
    kind: 'district-office',
    prefix: 'qu-',
    signIn: true,
  },
  {
    ...organ('sljd', '示例街道办事处', {
      codeWord: '示街',
      powers: powers('penalty'),
      applications: 16,
      field: '社区治理与基层执法',
      topics: ['社区民主协商会议公告', '物业管理区域划分文件', '综合执法决定书', '征收补偿安置公示', '临时救助公示'],
    }),
    kind: 'street',
    prefix: 'jd-',
    signIn: true,
  },
  organ('slqfgj', '示例区发展和改革局', {
    codeWord: '示发改',
    powers: powers('license'),
    applications: 9,
    field: '项目审批与价格管理',
    topics: ['立项批复文件', '可行性研究报告批复', '节能审查意见', '政府定价目录', '项目核准文件'],
  }),
  organ('slqjyj', '示例区教育局', {
    codeWord: '示教',
    powers: powers('license'),
    applications: 13,
    field: '义务教育招生与校园安全',
    topics: ['学区划分方案', '校园食堂招标文件', '民办培训机构审批文件', '校舍安全鉴定报告', '教师招聘录用结果'],
  }),
  organ('slqcgj', '示例区城市管理委员会', {
    codeWord: '示城管',
    powers: powers('license', 'penalty', 'coercion', 'fee'),
    applications: 20,
    field: '市容环境与城市管理执法',
    topics: ['占道经营审批文件', '户外广告设置许可', '建筑垃圾处置许可', '违法建设拆除公告', '环卫作业服务合同'],
  }),
  organ('slqzjj', '示例区住房和城乡建设局', {
    codeWord: '示住建',
    powers: powers('license', 'penalty', 'fee'),
    applications: 32,
    field: '住房保障与房屋征收',
    topics: ['老旧小区改造方案', '加装电梯批复', '房屋征收补偿方案', '竣工验收备案表', '维修资金使用备案', '商品房预售许可'],
  }),
  organ('slqsjj', '示例区市场监督管理局', {
    codeWord: '示市监',
    powers: powers('license', 'penalty', 'coercion'),
    applications: 17,
    field: '食品药品与消费维权',
    topics: ['食品抽检结果', '特种设备检验报告', '价格检查结果', '食品经营许可档案', '产品质量监督抽查结果'],
  }),
  organ('slqmzj', '示例区民政局', {
    codeWord: '示民',
    powers: powers('license'),
    applications: 9,
    field: '养老服务与社会救助',
    topics: ['养老设施建设补贴文件', '社会组织登记文件', '低保审批公示', '社区划分调整批复'],
  }),
  organ('slqczj', '示例区财政局', {
    codeWord: '示财',
    powers: powers(),
    applications: 6,
    field: '预算绩效与政府采购',
    topics: ['政府采购合同', '专项资金分配结果', '部门预算批复', '绩效评价报告'],
  }),
  organ('slqwjj', '示例区卫生健康局', {
    codeWord: '示卫',
    powers: powers('license', 'penalty'),
    applications: 10,
    field: '医疗卫生与疾病预防',
    topics: ['医疗机构设置批准书', '公共场所卫生监督结果', '职业病防治检查结果', '社区卫生服务中心建设方案'],
  }),
  {
    ...organ('ybjd', '样板街道办事处', {
      codeWord: '样街',
      powers: powers(),
      applications: 7,
      field: '便民服务与社区建设',
      topics: ['社区工作者招聘结果', '改造居民意见征求结果', '便民服务中心选址方案', '居家养老服务合同'],
    }),
    kind: 'street',
  },
  organ('slqspj', '示例区行政审批局', {
    codeWord: '示审批',
    powers: powers('license'),
    applications: 6,
    field: '行政许可与办事指南',
    topics: ['许可事项办事指南', '许可决定书', '中介服务事项清单', '审批时限公示'],
  }),
]

/** 更名与合并：2024 年一个更名，2025 年一个并入另一个。 */
export const RENAMED = { code: 'slqcgj', name: '示例区城市管理执法局', from: '2024-04-01' } as const
export const MERGED = { code: 'slqspj', into: 'slqzfb', on: '2025-07-01' } as const

export interface ExampleBody extends Profile {
  bodyId: string
  index: number
  staff: Staff
  abolishedOn: string | null
}

/** 建虚构的十二个机构与其人员，并使更名、合并发生在它发生的日子。 */
export async function makeExampleBodies(deps: Deps): Promise<ExampleBody[]> {
  const made: ExampleBody[] = []
  for (const [index, profile] of PROFILES.entries()) {
    const body = await makeBody(atDay(deps, '2022-12-30'), profile, index)
    const staff = await makeStaff(deps, {
      bodyId: body.bodyId,
      prefix: profile.prefix,
      surname: 8 + index * 3,
      signIn: profile.signIn,
      order: 1 + index,
    })
    made.push({ ...profile, bodyId: body.bodyId, index, staff, abolishedOn: profile.code === MERGED.code ? MERGED.on : null })
  }
  const idOf = (code: string): string => made.find((one) => one.code === code)?.bodyId ?? ''
  await must(renameBody(atDay(deps, RENAMED.from), SEED, { bodyId: idOf(RENAMED.code), name: RENAMED.name, from: RENAMED.from, note: '机构改革（演示）' }))
  await must(
    mergeBodies(atDay(deps, MERGED.on), SEED, {
      from: [idOf(MERGED.code)],
      into: idOf(MERGED.into),
      on: MERGED.on,
      basis: '示例区机构改革方案（演示）',
    }),
  )
  return made
}

async function makeBody(deps: Deps, profile: Profile, index: number): Promise<Body> {
  const { code, name, kind, codeWord } = profile
  const body = await aBody(deps, {
    code,
    name,
    kind,
    codeWord,
    powers: profile.powers,
    uscc: exampleUscc(index + 1),
    establishedOn: '2019-03-01',
    namedFrom: '2019-03-01',
    sort: 10 + index,
    demo: true,
  })
  const settings = { reviewAuthority: '示例区人民政府', court: '示例区人民法院', reviewOnlineUrl: REVIEW_URL, letterPhone: '027-00000000' } as const
  for (const key of ['reviewAuthority', 'court', 'reviewOnlineUrl', 'letterPhone'] as const)
    await must(setSetting(deps, SEED, { bodyId: body.bodyId, key, value: settings[key] }))
  return body
}

export const REVIEW_URL = 'https://example.gov.cn/xzfy'

async function must(done: Promise<{ ok: boolean }>): Promise<void> {
  const result = await done
  if (!result.ok) throw new Error(`演示机构建不成：${JSON.stringify(result)}`)
}

const USCC = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const ORG_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]

/** 校验位有效而不属于任何机关的统一社会信用代码：行政区划写作不存在的 000000。 */
export function exampleUscc(n: number): string {
  const org8 = `MC00${String(n).padStart(4, '0')}`
  const orgSum = Array.from(org8).reduce((sum, c, i) => sum + Number.parseInt(c, 36) * (ORG_WEIGHTS[i] ?? 0), 0)
  const orgCheck = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'X'][(11 - (orgSum % 11)) % 11] ?? '0'
  const first17 = `11000000${org8}${orgCheck}`
  let weight = 1
  const sum = Array.from(first17).reduce((so, c) => {
    const next = so + USCC.indexOf(c) * weight
    weight = (weight * 3) % 31
    return next
  }, 0)
  return first17 + (USCC[(31 - (sum % 31)) % 31] ?? '0')
}
