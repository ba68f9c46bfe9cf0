import type { Indicator } from './indicator.ts'

const OWN = '本区自定'
const computed = (code: string, name: string, group: string, weight: number, source: Extract<Indicator, { kind: 'computed' }>['source'], [zero, full]: readonly [number, number], basis: string, how: string): Indicator => ({ code, name, group, weight: weight * 100, kind: 'computed', source, scale: { kind: 'linear', zero, full }, basis, how })
const judged = (code: string, name: string, group: string, weight: number, basis: string, how: string): Indicator => ({ code, name, group, weight: weight * 100, kind: 'judged', basis, how })

/** 没有上年方案时的起草底稿：权重、尺度没有统一规定，都由区政务公开办改定。 */
export const DEFAULT_INDICATORS: readonly Indicator[] = [
  computed('01', '主动公开按期', '及时', 12, 'items-in-time', [80, 100], '条例第二十六条', '自形成、变更之日起二十个工作日内公开'),
  computed('02', '申请按期答复', '及时', 15, 'replies-in-time', [90, 100], '条例第三十三条', '在答复期限之内答复；依法延期的照延期之后算'),
  computed('03', '年度报告按期', '及时', 8, 'reports-in-time', [0, 100], '条例第四十九条', '1 月 31 日之前报送并公布'),
  computed('04', '法定事项有内容', '完整', 10, 'duties-filled', [70, 100], '条例第二十条、第二十一条', '适用的事项没有空白'),
  computed('05', '法定事项按时更新', '完整', 6, 'duties-current', [70, 100], '国办秘函〔2019〕19号', '政策文件六个月内、其余照本机关的设置更新'),
  computed('06', '指南与渠道', '完整', 6, 'guide-kept', [70, 100], '条例第十二条', '九项要素齐全，机构有变及时更新，渠道按时核实'),
  computed('07', '公开的信息没有差错', '准确', 6, 'items-without-fault', [90, 100], '条例第六条', '没有错敏词、打不开的附件、失效的链接'),
  computed('08', '年度报告一次通过', '准确', 5, 'reports-right', [0, 100], '条例第四十九条、第五十条', '没有被退回，公布之后没有更正'),
  computed('09', '复议诉讼没有被纠正', '复议诉讼', 8, 'outcomes-kept', [50, 100], '条例第五十一条', '没有被撤销、变更、确认违法、责令履行'),
  computed('10', '查实的投诉举报', '监督', 4, 'complaints-founded', [4, 0], '条例第四十七条、第五十一条', '没有查实的投诉举报'),
  computed('11', '投诉举报按期答复', '监督', 4, 'complaints-in-time', [50, 100], '条例第四十七条', '在期限之内答复'),
  computed('12', '培训', '工作', 4, 'training-hours', [0, 16], '条例第四十八条', '全年举办十六学时得满分'),
  computed('13', '问题整改', '工作', 4, 'problems-solved', [0, 100], '条例第五十条', '上一年度报告所列的问题得到解决'),
  judged('14', '组织领导与制度', '工作', 4, '条例第四条、第四十五条', '工作机构、人员、经费落实，登记、审核、办理、答复、归档的制度健全'),
  judged('15', '政策解读与回应', '工作', 4, OWN, '解读形式多样，对公众关心的事项及时回应'),
]
