/** 设置的依据：条文，或者没有取得原文而由单位确定的「待核」。 */
export type SettingBasis = { article: string } | '待核'

interface Choice {
  type: 'choice'
  label: string
  options: Readonly<Record<string, string>>
  default: string
  basis: SettingBasis
  help: string
}
interface Quantity {
  type: 'number'
  label: string
  unit: string
  min: number
  max: number
  default: number
  basis: SettingBasis
  help: string
}
interface Words {
  type: 'text' | 'url'
  label: string
  default: string
  maxLength: number
  basis: SettingBasis
  help: string
}
interface Switch {
  type: 'boolean'
  label: string
  default: boolean
  basis: SettingBasis
  help: string
}

export type SettingSpec = Choice | Quantity | Words | Switch

/**
 * 机构的设置，一处写全。依据为「待核」的，页面标「本区设定」，不得称为法定；
 * 上线前由业务方与法制机构逐项确认。
 */
export const SETTINGS = {
  regNoTemplate: {
    type: 'text',
    label: '申请登记号的格式',
    maxLength: 40,
    default: '{word}公开申〔{yyyy}〕{n}号',
    basis: '待核',
    help: '{word} 机关代字，{yyyy} 年，{n} 本年顺序号，自 1 起不断号；须写明 {yyyy} 与 {n}，否则用默认的格式。',
  },
  signOffChain: {
    type: 'choice',
    label: '处理决定的审批',
    options: {
      HEAD: '公开工作机构负责人批准',
      UNIT_HEAD: '科室负责人审核，公开工作机构负责人批准',
      LEADER: '公开工作机构负责人审核，机关领导批准',
      FULL: '科室负责人、公开工作机构负责人逐级审核，机关领导批准',
    },
    default: 'HEAD',
    basis: '待核',
    help: '拟定的人不能审批自己的；公开工作机构负责人不在的，机关领导可以代为审批。',
  },
  correctionDays: {
    type: 'number',
    label: '补正期限',
    unit: '个工作日',
    min: 1,
    max: 60,
    default: 15,
    basis: '待核',
    help: '条例第三十条只规定「合理的补正期限」，没有规定天数；15 个工作日是实践口径。',
  },
  recordCorrectionDays: {
    type: 'number',
    label: '更正与自身相关的记录的办理期限',
    unit: '个工作日',
    min: 1,
    max: 60,
    default: 20,
    basis: '待核',
    help: '条例第四十一条没有规定期限；默认与申请的答复期限相同。',
  },
  accountabilityReplyDays: {
    type: 'number',
    label: '责任追究的陈述申辩期限',
    unit: '个工作日',
    min: 1,
    max: 30,
    default: 5,
    basis: '待核',
    help: '条例没有规定责任追究的程序；自告知的次日起计算，告知时可以定得更长，不得更短。',
  },
  complaintDays: {
    type: 'number',
    label: '投诉、反映的办理期限',
    unit: '个工作日',
    min: 1,
    max: 60,
    default: 15,
    basis: '待核',
    help: '条例第四十七条、第五十一条没有规定期限；自收到的次日起计算，到答复反映人为止。改了只管此后登记的。',
  },
  complaintKeepYears: {
    type: 'number',
    label: '投诉、反映办结之后，反映人的资料保存',
    unit: '年',
    min: 1,
    max: 30,
    default: 3,
    basis: '待核',
    help: '自办结当年的年底起算；期满之后一人提出、另一人批准，从系统里删去反映人、所写的话与文件（个人信息保护法第十九条：保存期限为实现处理目的所必要的最短时间），经过与结论照留。',
  },
  complaintExtension: {
    type: 'number',
    label: '投诉、反映至多延长',
    unit: '个工作日',
    min: 1,
    max: 60,
    default: 15,
    basis: '待核',
    help: '条例没有规定；一件只延长一次，须写明理由。',
  },
  pauseFrom: {
    type: 'choice',
    label: '征求意见期间从何时起不计入答复期限',
    options: { SENT: '征求意见书发出次日', DELIVERED: '征求意见书送达次日' },
    default: 'SENT',
    basis: '待核',
    help: '条例第三十三条第三款规定征求意见所需时间不计算在内，没有规定起点。',
  },
  feeRestart: {
    type: 'choice',
    label: '缴纳信息处理费后的答复期限',
    options: { FULL_20_AFTER_PAYMENT: '自缴费次日起重新计算 20 个工作日', RESUME_AFTER_PAYMENT: '自缴费次日起接续计算' },
    default: 'FULL_20_AFTER_PAYMENT',
    basis: '待核',
    help: '国办函〔2020〕109号的原句未取得。',
  },
  feePayment: {
    type: 'text',
    label: '信息处理费的缴费方式',
    maxLength: 300,
    default: '',
    basis: '待核',
    help: '写给申请人看，如「凭收费通知书上的缴款码，通过政府非税收入平台缴纳」；不填的，请申请人看收费通知书。',
  },
  reviewAuthority: {
    type: 'text',
    label: '行政复议机关',
    maxLength: 60,
    default: '',
    basis: { article: '行政复议法第二十四条' },
    help: '告知救济途径时写明。不填的，为本区人民政府。',
  },
  court: {
    type: 'text',
    label: '管辖法院',
    maxLength: 60,
    default: '',
    basis: '待核',
    help: '行政诉讼法第十八条：原则上为机关所在地基层人民法院，可以跨行政区域集中管辖；本地是否集中管辖未核。',
  },
  reviewOnlineUrl: {
    type: 'url',
    label: '提交行政复议申请的互联网渠道',
    maxLength: 300,
    default: '',
    basis: { article: '行政复议法第二十二条' },
    help: '通过互联网渠道送达决定的，应当同时提供；不填则不能电子送达决定书。',
  },
  letterContact: {
    type: 'text',
    label: '文书上的联系人',
    maxLength: 60,
    default: '',
    basis: '待核',
    help: '可以是机构名；不填的，为本机关的政府信息公开工作机构。不宜写个人姓名。',
  },
  letterPhone: {
    type: 'text',
    label: '文书上的联系电话',
    maxLength: 40,
    default: '',
    basis: '待核',
    help: '写在文书的附注里；不填则不能出文书。应为办公电话。',
  },
  adminQueryRemedy: {
    type: 'choice',
    label: '行政查询事项的救济途径',
    options: { EITHER: '可以复议，也可以诉讼', PRE_REVIEW: '复议前置' },
    default: 'EITHER',
    basis: '待核',
    help: '年度报告把行政查询列在「不予公开」之下，而依据不是条例第十四条至第十六条。',
  },
  overdueRoute: {
    type: 'choice',
    label: '逾期不答复的救济途径',
    options: { BOTH: '可以复议，也可以诉讼', PRE_REVIEW: '复议前置' },
    default: 'BOTH',
    basis: '待核',
    help: '是否属于复议前置的「未履行法定职责」有争议。',
  },
  caseResultMap: {
    type: 'choice',
    label: '复议、诉讼结果的归类',
    options: {
      MEDIATION_OTHER: '调解、撤回、终止计入「其他结果」',
      SUBSTANCE: '调解书责令履行或者变更的计入「结果纠正」',
    },
    default: 'MEDIATION_OTHER',
    basis: '待核',
    help: '年度报告表四各列的归类没有取得官方说明。',
  },
  redoCounting: {
    type: 'choice',
    label: '照复议决定、裁判重新答复的计入',
    options: {
      NOT_COUNTED: '不计：申请已在收到、初次答复之年计过一次',
      COUNTED: '计入：作为新收的一件，另计一次处理结果',
    },
    default: 'NOT_COUNTED',
    basis: '待核',
    help: '格式的说明没有写重新答复怎样计件；每件申请只计一次新收、一个处理结果，故默认不计。改了只管以后立的。',
  },
  withdrawRow: {
    type: 'choice',
    label: '申请人撤回申请的计入',
    options: {
      'R3.6.3': '（六）其他处理 3.其他',
      'R3.6.1': '（六）其他处理 1.逾期不补正',
    },
    default: 'R3.6.3',
    basis: '待核',
    help: '年度报告表三没有「撤回」一行。',
  },
  feeInT2: {
    type: 'choice',
    label: '信息处理费计入表二第（八）项时的核查',
    options: { WARN: '提示', ERROR: '错误', OFF: '不核查' },
    default: 'WARN',
    basis: '待核',
    help: '信息处理费是否计入第二十条第（八）项行政事业性收费，没有取得官方说明。',
  },
  filingLeadDays: {
    type: 'number',
    label: '年度报告比法定期限提前几天报送',
    unit: '天',
    min: 0,
    max: 30,
    default: 10,
    basis: '待核',
    help: '由区政务公开办设在主管部门名下，管全区：便于审核、退回修改。法定期限是次年 1 月 31 日（条例第四十九条），逾期与否只按法定期限。',
  },
  reportSetDays: {
    type: 'number',
    label: '全套年度报告的压缩包存几天',
    unit: '天',
    min: 1,
    max: 365,
    default: 30,
    basis: '待核',
    help: '由区政务公开办设在主管部门名下，管全区：打好的包过了这些天即删，随时可以再打；各份报告本身不在其内。',
  },
  annualDeadlineRoll: {
    type: 'boolean',
    label: '年度报告期限遇节假日顺延',
    default: false,
    basis: '待核',
    help: '条例第四十九条规定每年 1 月 31 日前，没有规定顺延；默认不顺延。',
  },
  normValidityYears: {
    type: 'number',
    label: '行政规范性文件有效期',
    unit: '年',
    min: 1,
    max: 10,
    default: 5,
    basis: '待核',
    help: '湖北省、武汉市办法的条文未取得。',
  },
  normTrialYears: {
    type: 'number',
    label: '暂行、试行的规范性文件有效期',
    unit: '年',
    min: 1,
    max: 5,
    default: 2,
    basis: '待核',
    help: '湖北省、武汉市办法的条文未取得。',
  },
  indexNoTemplate: {
    type: 'text',
    label: '索引号的格式',
    maxLength: 60,
    default: '{org9}/{yyyy}-{00000}',
    basis: '待核',
    help: '{org9} 组织机构代码，{uscc} 统一社会信用代码，{yyyy} 年，{00000} 流水号；区门户的实际规则未核。',
  },
  securityLevel: {
    type: 'choice',
    label: '网络安全等级保护级别',
    options: { '2': '第二级', '3': '第三级' },
    default: '3',
    basis: '待核',
    help: '由单位定级；本系统按第三级设计。',
  },
  caseRetention: {
    type: 'choice',
    label: '依申请公开案卷的保管期限',
    options: { Y30: '30 年', Y10: '10 年', PERMANENT: '永久' },
    default: 'Y30',
    basis: '待核',
    help: '以单位审定的归档范围和保管期限表为准；改动只及于以后归档的，已归档的在鉴定时延长。',
  },
  archiveAfterDays: {
    type: 'number',
    label: '送达之后多久归档',
    unit: '天',
    min: 0,
    max: 730,
    default: 180,
    basis: '待核',
    help: '自送达（没有送达的自作出决定）之日起；默认等申请人复议、起诉的期限过去。不到日子也可以归档，只是不提示。',
  },
  deidentifyAfterDays: {
    type: 'number',
    label: '归档之后多久去标识化',
    unit: '天',
    min: 30,
    max: 3650,
    default: 180,
    basis: '待核',
    help: '届时从工作库删去申请人的姓名、证件、联系方式与材料、文书的内容，只留在档案包里（个人信息保护法第十九条：保存期限为实现处理目的所必要的最短时间）。',
  },
  logRetentionMonths: {
    type: 'number',
    label: '日志留存期限',
    unit: '个月',
    min: 6,
    max: 240,
    default: 36,
    basis: { article: '网络安全法关于网络日志留存不少于六个月的规定' },
    help: '不得少于 6 个月；建议 3 年。',
  },
  adminSecondFactor: {
    type: 'boolean',
    label: '管理员登录须用动态口令',
    default: false,
    basis: { article: 'GB/T 22239—2019 第 8.1.4.1 条（第三级：两种以上鉴别技术）' },
    help: '系统管理员、安全管理员、审计员没有启用的，登录后须先启用才能办理其他事。',
  },
  noticeMail: {
    type: 'boolean',
    label: '站内通知同时发邮件',
    default: true,
    basis: '待核',
    help: '发到各人在「我的账号」里留的工作邮箱；只写登记号、日期与网址。选「否」的，只在站内通知。',
  },
  reminderDays: {
    type: 'choice',
    label: '答复期限的提醒',
    options: {
      '5,3,1': '到期前 5、3、1 个工作日',
      '10,5,3,1': '到期前 10、5、3、1 个工作日',
      '3,1': '到期前 3、1 个工作日',
      '1': '到期前 1 个工作日',
    },
    default: '5,3,1',
    basis: '待核',
    help: '到期当日、逾期后的每个工作日一律提醒，不能关闭。',
  },
  overdueToLeader: {
    type: 'number',
    label: '逾期几个工作日报机关领导',
    unit: '个工作日',
    min: 1,
    max: 20,
    default: 3,
    basis: '待核',
    help: '到期当日与逾期即报信息公开工作机构负责人；逾期满此数仍未答复的，再报机关领导，以后每五个工作日一次。',
  },
  receiptDays: {
    type: 'number',
    label: '寄出之后几日没有签收列入待办',
    unit: '日',
    min: 3,
    max: 90,
    default: 15,
    basis: '待核',
    help: '政府信息公开的答复、行政复议答复书、答辩状邮寄之后，过了这些自然日还没有记签收的，列入待办：查回执，记签收，或者另行送达。',
  },
  cutoff: {
    type: 'choice',
    label: '网上申请的当日截止',
    options: { MIDNIGHT: '自然日 24:00', OFFICE_HOURS: '下班时间，之后提交的次日确认' },
    default: 'MIDNIGHT',
    basis: '待核',
    help: '互联网渠道以双方确认之日为收到之日（条例第三十一条第三项）。',
  },
  itemReviewChain: {
    type: 'choice',
    label: '信息公开前的审查',
    options: {
      CHECK: '科室负责人审核，保密审查，公开工作机构负责人批准',
      HEAD: '保密审查，公开工作机构负责人批准',
      LEADER: '科室负责人审核，保密审查，机关领导批准',
    },
    default: 'CHECK',
    basis: '待核',
    help: '条例第十七条要求程序与责任明确，没有规定分几级。送审时定下走哪几步，改动不影响已经送审的。',
  },
  dutyStaleMonths: {
    type: 'number',
    label: '法定主动公开事项多久没有更新即提示',
    unit: '个月',
    min: 1,
    max: 36,
    default: 12,
    basis: '待核',
    help: '政策文件按国办秘函〔2019〕19号的 6 个月，不受此限；其余各项没有统一规定。',
  },
  exemptionMonths: {
    type: 'number',
    label: '不予公开的信息多久评估一次',
    unit: '个月',
    min: 1,
    max: 60,
    default: 12,
    basis: '待核',
    help: '条例第十八条规定定期评估，没有规定周期；默认每年一次，自定属性或上次评估之日起。',
  },
  linkCheck: {
    type: 'choice',
    label: '每周检查外站的链接',
    options: { AUTO: '正式环境检查，演示环境不查', ON: '检查', OFF: '不检查' },
    default: 'AUTO',
    basis: '待核',
    help: '只访问公开着的信息与渠道里写的网址，每个网站隔一秒一次；内网的网址不查，确要查的由运行维护的人写进配置 WEBHOOK_ALLOW。',
  },
  embedSites: {
    type: 'text',
    label: '可以嵌入专栏的网站',
    maxLength: 600,
    default: '',
    basis: '待核',
    help: '区门户等可以把本机关的专栏嵌入其网页的网站，如 https://www.example.gov.cn，几个以空格隔开；不填的不许嵌入。怎样嵌入见 /embed。',
  },
  separateDuties: {
    type: 'choice',
    label: '公开审查的分工',
    options: { THREE: '承办、审查、发布由三人分别担任', TWO: '承办与审查分开，审查人可以兼发布' },
    default: 'THREE',
    basis: { article: '保密法实施条例第四十二条（明确审查机构，先审查后公开）' },
    help: '承办人任何时候不得审查自己承办的信息；人手少的机构可以两人分担。',
  },
  channelCheckDays: {
    type: 'number',
    label: '办事渠道多久核实一次',
    unit: '天',
    min: 7,
    max: 730,
    default: 180,
    basis: '待核',
    help: '专栏里的电话、网址、二维码，超过这些天没有核实的，工作台提醒逐条核实。',
  },
} as const satisfies Record<string, SettingSpec>

export type SettingKey = keyof typeof SETTINGS
export const SETTING_KEYS = Object.keys(SETTINGS) as SettingKey[]

type ValueOf<S> = S extends { type: 'choice'; options: infer O }
  ? keyof O & string
  : S extends { type: 'number' }
    ? number
    : S extends { type: 'boolean' }
      ? boolean
      : string

/** 某项设置的值的类型，如 `SettingValue<'pauseFrom'>` 为 `'SENT' | 'DELIVERED'`。 */
export type SettingValue<K extends SettingKey> = ValueOf<(typeof SETTINGS)[K]>

/** 页面上一项设置的现状。 */
export interface SettingState {
  key: SettingKey
  spec: SettingSpec
  value: string | number | boolean
  isDefault: boolean
  basis: SettingBasis
  changedAt: Date | null
  changedBy: string | null
}

export const basisText = (basis: SettingBasis): string => (basis === '待核' ? '待核' : basis.article)
export const toBasis = (text: string): SettingBasis => (text === '待核' ? '待核' : { article: text })
