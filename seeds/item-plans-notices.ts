import type { ItemPlan } from './item-plan.ts'
import { PROFILES } from './example-bodies.ts'
import { seeded } from './random.ts'

/** 公告、方案、预案、公示之类，机关与内容均为虚构。 */
const NOTICES: readonly ItemPlan[] = [
  {
    body: 'slqjyj', title: '示例区2025年秋季小学一年级招生入学工作通知', docNo: '示教〔2025〕8号', formedOn: '2025-05-12', codes: ['A20_11'], genre: 'circular', topic: 'science', keywords: ['招生', '学区'],
    text: `各小学、各街道办事处：
      # 一、对象
      2018 年 9 月 1 日至 2019 年 8 月 31 日出生，户籍或者居住证在本区的适龄儿童。
      # 二、办法
      户籍与房屋一致的，在对口学校报名；不一致的，由区教育局统筹安排。随迁子女凭居住证、务工证明登记。
      # 三、时间
      |阶段|日期|
      |网上登记|6 月 10 日至 6 月 20 日|
      |现场核验|6 月 25 日至 6 月 27 日|
      |公布结果|7 月 5 日|
      # 四、咨询
      各校招生办公室；区教育局义务教育科。
      > 示例区教育局`,
    files: [{ as: 'xlsx', name: '2025年小学对口社区一览表', text: '|学校|对口社区|\n|示例一小|示例社区、样板里社区|\n|示例二小|演示巷社区、示例广场社区|\n|样板小学|样板花园社区、样板新村社区|' }],
  },
  {
    body: 'slqjyj', title: '2025年面向社会公开招聘教师公告', formedOn: '2025-06-05', codes: ['A20_14'], genre: 'announcement', topic: 'science', keywords: ['招聘', '教师'],
    text: `# 一、名额
      |岗位|人数|条件|
      |小学语文|12|本科以上，有相应教师资格|
      |小学数学|10|本科以上，有相应教师资格|
      |初中物理|4|本科以上，有相应教师资格|
      # 二、程序
      报名、资格审查、笔试、试讲、体检、考察、公示。
      # 三、监督
      拟聘人员名单公示七个工作日。`,
  },
  {
    body: 'slqcgj', title: '示例二路市场周边夜间占道经营整治公告', formedOn: '2025-07-08', codes: ['A21_01'], genre: 'announcement', topic: 'construction', keywords: ['占道经营', '市容'],
    text: `自 2025 年 7 月 20 日起，对示例二路市场周边占用人行道、盲道经营的行为集中整治。
      # 可以摆在哪里
      市场东侧设临时疏导点 48 个摊位，18 时至 23 时开放，免收摊位费，先到先得。
      # 怎样反映问题
      拨打 12345，或者到街道综合执法中心。`,
  },
  {
    body: 'slqcgj', title: '示例区城市内涝应急预案（2025年修订）', docNo: '示城管〔2025〕14号', formedOn: '2025-05-28', codes: ['A20_12'], genre: 'plan', topic: 'farming', keywords: ['内涝', '应急预案', '防汛'],
    text: `# 1 响应分级
      |级别|启动条件|主要措施|
      |四级|蓝色暴雨预警，或者一小时雨量达到 30 毫米|巡查易渍水点，泵站预降水位|
      |三级|黄色暴雨预警，或者一小时雨量达到 50 毫米|抢险队伍到位，下穿通道专人值守|
      |二级|橙色暴雨预警|封闭渍水超过 27 厘米的下穿通道|
      |一级|红色暴雨预警|停止集会和户外作业，转移低洼处居民|
      # 2 易渍水点
      示例一路下穿通道、样板路 37 号段、示例工业园东门，编织袋、移动泵车就近存放。
      # 3 信息发布
      预警和封路信息由区防汛指挥部通过广播、短信、社区公告栏发布。`,
    files: [{ as: 'pdf', name: '示例区城市内涝应急物资表', text: '编织袋 12000 条，存放于示例一路泵站；\n移动泵车 6 台，存放于区城市管理执法局停车场；\n挡水板 300 米，存放于样板路仓库；\n橡皮艇 8 艘，存放于示例河西岸码头。' }],
  },
  {
    body: 'slqzjj', title: '示例社区三期既有住宅加装电梯项目公示', formedOn: '2025-09-15', codes: ['A21_02'], genre: 'announcement', topic: 'construction', keywords: ['加装电梯'],
    text: `示例社区三期 5 栋 2 单元的业主申请加装电梯一部，业主同意的比例为 86%。公示自 2025 年 9 月 18 日起，为期十日。
      有不同意见的，可以书面向示例街道办事处提出，由社区组织协商。`,
  },
  {
    body: 'slqzjj', title: '2025年老旧小区改造计划', formedOn: '2025-03-05', codes: ['A20_10', 'A21_02'], genre: 'plan', topic: 'construction', keywords: ['老旧小区', '改造计划'],
    text: `今年改造 9 个小区，惠及居民 4126 户。
      |小区|楼栋|户数|主要内容|计划完工|
      |示例小区|18|1032|雨污分流、楼道照明、停车|2025-11|
      |样板花园|12|764|外墙修缮、充电桩、绿化|2025-12|
      |演示家园|21|1210|消防通道、加装电梯预留|2026-03|
      |样板新村等六个小区|29|1120|管网、路面、养老服务点|2026-06|`,
    files: [{ as: 'xlsx', name: '2025年老旧小区改造项目表', text: '|小区|楼栋|户数|总投资（万元）|\n|示例小区|18|1032|2860|\n|样板花园|12|764|1950|\n|演示家园|21|1210|3320|\n|样板新村等六个小区|29|1120|3075|' }],
    revised: {
      on: '2025-08-12',
      text: `今年改造 9 个小区，惠及居民 4126 户。
      |小区|楼栋|户数|主要内容|计划完工|
      |示例小区|18|1032|雨污分流、楼道照明、停车|2025-12|
      |样板花园|12|764|外墙修缮、充电桩、绿化|2025-12|
      |演示家园|21|1210|消防通道、加装电梯预留|2026-04|
      |样板新村等六个小区|29|1120|管网、路面、养老服务点|2026-06|
      因七月连续降雨，示例小区、演示家园的完工时间各推迟一个月。`,
    },
  },
  {
    body: 'slqzjj', title: '示例河西岸片区房屋征收补偿方案（征求意见后）', formedOn: '2024-05-20', codes: ['A21_05'], genre: 'plan', topic: 'construction', keywords: ['房屋征收', '补偿'],
    text: `# 一、范围
      东至示例河，西至样板路，共 126 户，建筑面积约 1.1 万平方米。
      # 二、补偿方式
      可以选择货币补偿或者产权调换。评估机构由被征收人协商选定，协商不成的公开摇号。
      # 三、搬迁期限
      自征收决定公告之日起六十日。
      # 四、采纳意见的情况
      共收到意见 43 条，采纳 28 条，主要是提高临时安置费、增加安置房户型。`,
  },
  {
    body: 'slqmzj', title: '2025年11月城市居民最低生活保障资金发放情况', formedOn: '2025-11-20', codes: ['A21_07'], genre: 'table', topic: 'civil-affairs', keywords: ['低保', '社会救助'],
    text: `本月发放低保金 1,286,400 元，按街道列出户数与金额，不列个人。
      |街道|户数|人数|金额（元）|
      |示例街道|412|618|702,300|
      |样板街道|338|503|584,100|
      |合计|750|1121|1,286,400|`,
  },
  {
    body: 'slqmzj', title: '2025年养老服务设施运营补贴公示', formedOn: '2025-10-10', codes: ['A21_03'], genre: 'announcement', topic: 'civil-affairs', keywords: ['养老', '补贴'],
    text: `经审核，拟给予 6 个社区养老服务设施运营补贴，公示自 2025 年 10 月 14 日至 10 月 20 日。
      |设施|补贴（万元）|
      |示例社区养老服务中心|12.6|
      |样板里社区日间照料中心|9.8|
      |其余四处|31.2|`,
  },
  {
    body: 'slqwjj', title: '2025年第四季度适龄女性免费“两癌”筛查安排', formedOn: '2025-10-08', codes: ['A20_11'], genre: 'circular', topic: 'health', keywords: ['两癌筛查', '公共卫生'],
    text: `凡本区户籍、35 至 64 周岁的女性，每三年可以免费筛查一次。
      # 怎样预约
      带身份证到居住地社区卫生服务中心，或者电话预约。
      # 时间
      10 月 15 日至 12 月 20 日，周一至周六上午。`,
  },
  {
    body: 'sljd', title: '样板里社区自来水管网改造停水公告', formedOn: '2025-08-04', codes: ['A21_02'], genre: 'announcement', topic: 'construction', keywords: ['停水', '管网改造'],
    text: `因样板里社区自来水管网接驳，8 月 9 日 22 时至 8 月 10 日 6 时停水，影响 1 至 14 栋。请提前储水。
      社区设临时取水点两处：东门岗亭、党群服务中心门前。`,
  },
  {
    body: 'sljd', title: '示例街道2025年度冬季消防安全检查情况', formedOn: '2025-12-15', codes: ['A20_13'], genre: 'report', topic: 'justice', keywords: ['消防安全'],
    text: `检查九小场所 214 家，发现隐患 96 处，已整改 89 处，限期整改 7 处。
      # 主要问题
      - 灭火器过期、压力不足；
      - 电动自行车在楼道充电；
      - 疏散通道堆放杂物。`,
  },
  {
    body: 'ybjd', title: '样板街道便民服务中心搬迁公告', formedOn: '2025-04-14', codes: ['A20_02'], genre: 'announcement', topic: 'general', keywords: ['便民服务中心', '办公地址'],
    text: `自 2025 年 4 月 28 日起，样板街道便民服务中心搬到样板路 37 号一楼，办公时间不变：工作日 9:00 至 12:00，13:30 至 17:00；周六上午照常受理。
      公交 1 路、8 路到样板路站。`,
  },
  {
    body: 'slqczj', title: '2025年区级财政专项资金绩效评价结果', formedOn: '2025-09-26', codes: ['A20_07'], genre: 'report', topic: 'finance', keywords: ['绩效评价', '专项资金'],
    text: `对 12 个专项开展评价，优 4 个，良 6 个，中 2 个。
      |专项|金额（万元）|得分|等级|
      |老旧小区改造|11,205|91.5|优|
      |义务教育薄弱环节|3,860|88.0|良|
      |社区养老服务|1,240|79.5|中|
      评为中的两个专项，下一年度预算压减百分之十。`,
    files: [{ as: 'docx', name: '绩效评价报告（摘要）', text: '评价采用目标比较法、问卷调查法，发放问卷 860 份。\n老旧小区改造专项：居民满意度 93.1%。\n社区养老服务专项：两处设施开放时间不足。' }],
  },
  {
    body: 'slqczj', title: '机关事业单位2025年度住房公积金缴存基数调整通知', docNo: '示财〔2025〕16号', formedOn: '2025-06-20', codes: ['A20_11'], genre: 'circular', topic: 'finance', keywords: ['公积金', '缴存基数'],
    text: `区直各单位：
      # 一、基数怎样算
      按职工本人 2024 年度月平均工资核定，自 2025 年 7 月起执行。
      # 二、缴存比例
      单位和个人各不低于百分之五，不高于百分之十二。
      # 三、怎样办
      7 月 31 日前将核定表报区财政局预算科；个人的提取、贷款向住房公积金管理中心申请。
      > 示例区财政局`,
  },
  {
    body: 'slqsjj', title: '校园周边食品经营户名录', formedOn: '2025-09-03', codes: ['A20_13'], genre: 'table', topic: 'market', keywords: ['校园周边', '食品经营'],
    text: '校园周边食品经营户共 186 家，名录见附表。',
    withdrawn: { on: '2025-09-10', reason: '附表误列了经营者的手机号码', notice: '附表中有不应当公开的联系方式，已撤回。更正后的名录将另行公开。' },
  },
]

const GUIDES: readonly (readonly [body: string, matter: string, days: number, papers: readonly string[], topic: ItemPlan['topic']])[] = [
  ['slqsjj', '食品经营许可', 10, ['申请书', '营业执照', '经营场所平面图', '食品安全规章制度'], 'market'],
  ['slqzjj', '商品房预售许可', 10, ['申请表', '建设工程规划许可证、施工许可证', '投入开发资金达到总投资百分之二十五的证明', '预售方案'], 'construction'],
  ['slqcgj', '临时占用城市道路许可', 7, ['申请表', '占用位置图', '交通疏导方案', '恢复承诺书'], 'construction'],
  ['slqwjj', '公共场所卫生许可', 10, ['申请表', '场所平面图', '空气、用品检测报告', '从业人员健康合格证明'], 'health'],
  ['slqmzj', '社会团体成立登记', 30, ['申请书', '章程草案', '场所使用权证明', '负责人基本情况'], 'civil-affairs'],
  ['sljd', '临时救助申请', 10, ['身份证明', '困难情形的证明', '家庭经济状况核对授权书'], 'civil-affairs'],
  ['ybjd', '老年人优待证办理', 5, ['身份证', '近期免冠照片一张'], 'population'],
]

const guide = ([body, matter, days, papers, topic]: (typeof GUIDES)[number], i: number): ItemPlan => ({
  body, title: `${matter}办事指南（2025年版）`, formedOn: `2025-04-${String(7 + i * 2).padStart(2, '0')}`, codes: ['A20_05'], genre: 'other', topic, keywords: ['办事指南', matter], summary: `怎样办理${matter}：条件、材料、时限与地点`,
  text: `# 一、在哪里办
    区政务服务中心综合窗口，或者居住地、经营地的街道便民服务中心。
    # 二、要带什么
    ${papers.map((paper) => `- ${paper}`).join('\n')}
    # 三、多久办好
    材料齐全、符合法定形式的，自受理之日起 ${days} 个工作日内办结。材料不齐的，当场一次告知。
    # 四、收不收费
    不收费。
    # 五、不服怎么办
    可以自收到决定之日起六十日内向示例区人民政府申请行政复议，也可以依法提起行政诉讼。`,
})

const MONTHS = ['8', '9', '10', '11'] as const
const yuan = (n: number): string => (n / 100).toFixed(2)

/** 逐月的统计与抽检：数由种子定，次次相同。 */
function monthly(): ItemPlan[] {
  const random = seeded(20251130)
  return MONTHS.flatMap((month, i): ItemPlan[] => {
    const formedOn = `2025-${String(Number(month) + 1).padStart(2, '0')}-${String(10 + i).padStart(2, '0')}`
    const row = (name: string, unit: string, base: number) => `|${name}|${unit}|${yuan(base * (100 + random.between(-6, 9)))}|${(random.between(-30, 95) / 10).toFixed(1)}|`
    const batches = random.between(96, 160)
    const failed = random.between(1, 5)
    return [
      { body: 'slqfgj', title: `示例区2025年${month}月主要经济指标`, formedOn, codes: ['A20_04'], genre: 'table', topic: 'economy', keywords: ['统计', '经济指标'], text: `|指标|单位|本月|同比（%）|\n${[row('规模以上工业总产值', '亿元', 36), row('固定资产投资', '亿元', 22), row('社会消费品零售总额', '亿元', 51), row('地方一般公共预算收入', '亿元', 9)].join('\n')}\n数据为快报数，以年报为准。`, ...(i === 3 && { files: [{ as: 'xlsx' as const, name: `2025年1至${month}月主要经济指标`, text: `|指标|1至${month}月（亿元）|\n|规模以上工业总产值|412.60|\n|固定资产投资|251.30|\n|社会消费品零售总额|588.10|` }] }) },
      { body: 'slqsjj', title: `2025年${month}月食品安全监督抽检结果`, formedOn, codes: ['A20_13'], genre: 'table', topic: 'market', keywords: ['食品安全', '抽检'], text: `本月抽检 ${batches} 批次，合格 ${batches - failed} 批次，不合格 ${failed} 批次。\n|类别|批次|不合格|\n|食用农产品|${batches - 40}|${failed}|\n|糕点|22|0|\n|调味品|18|0|\n不合格的已经下架、立案，购买到的可以凭票退货。` },
    ]
  })
}

/** 各机构的“三公”经费说明，附表。 */
function threePublic(): ItemPlan[] {
  const random = seeded(20250218)
  return PROFILES.filter(({ code }) => code !== 'slqspj').map(({ code, name }, i) => {
    const [cars, guests] = [random.between(20, 90) * 1000, random.between(5, 30) * 1000]
    const shown = code === 'slqcgj' ? '示例区城市管理执法局' : name
    const table = `|项目|2024年决算（元）|2025年预算（元）|\n|因公出国（境）费|0|0|\n|公务用车运行维护费|${cars + 3000}|${cars}|\n|公务接待费|${guests + 1200}|${guests}|\n|合计|${cars + guests + 4200}|${cars + guests}|`
    return {
      body: code, title: `${shown}2025年“三公”经费预算情况说明`, formedOn: `2025-02-${String(17 + (i % 10)).padStart(2, '0')}`, codes: ['A20_07'] as const, genre: 'table' as const, topic: 'finance' as const, keywords: ['三公经费', '部门预算'],
      text: `2025 年“三公”经费预算 ${cars + guests} 元，比上年决算减少 4200 元，主要是压缩公务用车和接待支出。\n${table}`,
      ...(i < 3 && { files: [{ as: 'xlsx' as const, name: `${shown}2025年三公经费预算表`, text: table }] }),
    }
  })
}

export const NOTICE_PLANS: readonly ItemPlan[] = [...NOTICES, ...GUIDES.map(guide), ...monthly(), ...threePublic()]
