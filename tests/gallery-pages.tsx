import type { ReactElement } from 'react'
import {
  BarChart, CheckboxGroup, Confirm, DataTable, DateField, DefinitionList, DeskPage, DayGrid, DueDate, EmptyState, FieldGroup,
  FileField, Form, FormTable, LinkButton, Notice, PasswordField, PortalPage, PostButton, ProgressBar, RadioGroup,
  SelectField, Sheet, Sparkline, Steps, Tabs, Tag, TextArea, TextField, Timeline, parseListQuery,
} from '../src/platform/html/index.ts'
import type { Column, DayCell, FormCell, FormState, RailSection } from '../src/platform/html/index.ts'
import { AccessibilityPage, AnnualReportsPage, BodyPage, HomePage, PrivacyPage } from '../src/portal/index.ts'
import type { HomeModel } from '../src/portal/index.ts'
import { DeskHomePage } from '../src/desk/index.ts'

interface Row {
  id: string
  number: string
  title: string
  applicant: string
  dueOn: string
  days: number
  state: 'open' | 'late' | 'paused'
}

const TITLES = [
  '老旧小区改造第三批施工合同及验收材料',
  '2024 年街道网格员招录方案、成绩公示及体检标准',
  '某地块征收补偿安置方案的批准文件与听证笔录',
  '辖区内电动自行车集中充电设施的分布与安全检查记录',
  '示例路人行道改造工程的招标文件、中标通知书和监理日志，含变更洽商记录及对应的财政评审报告',
]

const row = (index: number): Row => ({
  id: String(index),
  number: `示公开申〔2025〕${37 + index}号`,
  title: TITLES[index % TITLES.length] ?? '',
  applicant: index % 3 === 0 ? '某某科技有限公司' : '张**',
  dueOn: `2025-04-${String(10 + (index % 18)).padStart(2, '0')}`,
  days: (index * 7) % 23,
  state: index % 7 === 3 ? 'late' : index % 5 === 2 ? 'paused' : 'open',
})

const STATE = { open: ['act', '审查中'], late: ['late', '逾期'], paused: ['wait', '征求第三方意见'] } as const

const COLUMNS: readonly Column<Row>[] = [
  { key: 'number', label: '登记号', sort: true, nowrap: true, render: (item) => item.number },
  { key: 'title', label: '所求', render: (item) => item.title },
  { key: 'applicant', label: '申请人', render: (item) => item.applicant },
  { key: 'state', label: '状态', render: (item) => <Tag tone={STATE[item.state][0]}>{STATE[item.state][1]}</Tag> },
  { key: 'days', label: '已用', unit: '工作日', align: 'end', render: (item) => item.days },
  { key: 'dueOn', label: '应当答复于', align: 'end', sort: true, render: (item) => <time dateTime={item.dueOn}>{item.dueOn}</time> },
]

const SPEC = { sorts: ['dueOn', 'number'], defaultSort: 'dueOn', filters: { state: ['open', 'late', 'paused'], from: 'date' as const }, size: 20 }

const STATE_FILTER = {
  kind: 'select' as const,
  name: 'state',
  label: '状态',
  options: [
    { value: 'open', label: '审查中' },
    { value: 'late', label: '逾期' },
    { value: 'paused', label: '征求第三方意见' },
  ],
}

const list = (search: string, total: number | { atLeast: number }) => ({
  query: parseListQuery(`/desk/list${search}`, SPEC),
  total,
  search: '登记号、所求、申请人',
  filters: [STATE_FILTER, { kind: 'date' as const, name: 'from', label: '收到于其后' }],
  exports: [
    { label: 'CSV' as const, href: '/desk/list/export?format=csv' },
    { label: 'XLSX' as const, href: '/desk/list/export?format=xlsx' },
  ],
})

const ListPage = ({ search, rows, total }: { search: string; rows: readonly Row[]; total: number | { atLeast: number } }) => (
  <DeskPage title="在办申请" lead="先到期的在前" actions={<LinkButton href="/desk">登记申请</LinkButton>}>
    <DataTable
      caption="在办的申请"
      columns={COLUMNS}
      rows={rows}
      rowKey={(item) => item.id}
      rowHref={(item) => `/desk/list/${item.id}`}
      list={list(search, total)}
      empty={{ title: '没有在办的申请', children: '收到申请后先登记，期限自登记起逐日计算。', action: { label: '登记申请', href: '/desk' } }}
    />
  </DeskPage>
)

const day = (index: number): DayCell => {
  const on = new Date(Date.UTC(2025, 2, 4 + index)).toISOString().slice(0, 10)
  const weekday = new Date(`${on}T00:00:00Z`).getUTCDay()
  if (weekday === 0 || weekday === 6) return { on, kind: 'off', mark: '休', meaning: '休息日' }
  if (on === '2025-04-04') return { on, kind: 'off', mark: '清明', meaning: '清明节' }
  if (on > '2025-03-09' && on < '2025-03-29') return { on, kind: 'paused', mark: '停', meaning: '征求第三方意见' }
  if (on === '2025-04-21') return { on, kind: 'due', mark: '20', meaning: '第 20 个工作日，应当答复' }
  const number = on < '2025-03-10' ? index + 1 : 6 + Math.floor(((index - 27) * 5) / 7)
  return { on, kind: on <= '2025-04-01' ? 'counted' : 'ahead', mark: String(number), meaning: `第 ${number} 个工作日`, today: on === '2025-04-01' }
}

const CasePage = () => (
  <DeskPage
    title="老旧小区改造第三批施工合同及验收材料"
    crumbs={[{ label: '在办申请', href: '/desk/list' }]}
    status={
      <>
        <Tag tone="act">审查中</Tag>
        <Tag tone="wait">征求第三方意见</Tag>
        <span className="quiet">自然人 · 网络申请 · 承办 刘某（示例）</span>
      </>
    }
    actions={<LinkButton href="/desk" second>打印卷内目录</LinkButton>}
  >
    <Steps
      label="办理进度"
      steps={[
        { label: '收到', state: 'done', href: '/desk', note: '03-03' },
        { label: '登记', state: 'done', note: '03-04' },
        { label: '审查', state: 'current' },
        { label: '拟定答复', state: 'todo' },
        { label: '签发送达', state: 'todo' },
      ]}
    />
    <div className="case">
      <Sheet title="所求">
        <p>申请公开：示例街道 2023 年老旧小区改造第三批项目的施工合同、竣工验收报告、设计变更单。</p>
        <DefinitionList items={[['获取方式', '电子邮件'], ['载体', '电子'], ['申请人', '张** · 身份证 420***********1234'], ['附件', <a key="a" href="/desk">身份证明.jpg</a>]]} />
      </Sheet>
      <div className="stack">
        <Sheet title="经过">
          <Timeline
            entries={[
              { on: '2025-03-03', text: '收到申请', note: '网络，双方确认 · 条例第三十一条' },
              { on: '2025-03-04', text: '登记，转承办科室', tone: 'ok' },
              { on: '2025-03-10', text: <>发出 <a href="/desk">征求第三方意见书</a></>, note: '期限 15 个工作日，答复期限自此暂停', tone: 'wait' },
              { on: '2025-03-28', text: '收到第三方意见：不同意公开报价明细', tone: 'late' },
            ]}
          />
        </Sheet>
        <Sheet title="期限逐日">
          <DayGrid label="自 2025-03-04 起逐日" days={Array.from({ length: 49 }, (_, index) => day(index))} account="20 个工作日，扣除征求意见的 15 个工作日（条例第三十三条）" />
        </Sheet>
      </div>
      <aside className="stack" aria-label="期限与下一步">
        <Sheet>
          <DueDate label="应当答复于" on="2025-04-21" state="ahead" note="还有 13 个工作日 · 今天第 7 天" />
          <h2>下一步</h2>
          <p>第三方不同意且附理由：由本机关决定。可部分公开（第三十七条），遮盖报价明细。</p>
          <div className="buttons">
            <LinkButton href="/desk">拟定答复</LinkButton>
            <PostButton action="/desk/list/1/extend" label="批准延期" kind="second" />
          </div>
        </Sheet>
        <Sheet>
          <DueDate label="补正期限" on="2025-03-20" state="late" note="已逾期 8 日" />
          <DueDate label="答复期限" on={null} state="paused" note="征求第三方意见中" />
        </Sheet>
      </aside>
    </div>
  </DeskPage>
)

const WRONG: FormState = {
  values: { title: ['施工合同'], receivedOn: ['2025-13-01'], via: ['post'], kinds: ['b'], note: ['填过的字还在'] },
  errors: { receivedOn: '收到日期：没有 2025-13-01 这一天，请按年-月-日填写', via: '申请方式：当面申请须有签收人', file: '附件：请重新选择文件', '': '同一申请人今天已登记过同样的申请，请核对' },
}

const FormPage = ({ state, at }: { state?: FormState; at: 'desk' | 'portal' }) => {
  const form = (
    <Form action={`/${at}/form`} state={state} submit="登记申请" cancel={{ href: '/desk' }} multipart hidden={{ version: '3' }} alternatives={[{ name: 'then', value: 'draft', label: '存为草稿' }]}>
      <FieldGroup title="申请" lead="照申请书填写">
        <TextField name="title" label="所求信息" required hint="写明名称、文号或者便于查询的其他特征（条例第二十九条）" maxLength={100} />
        <DateField name="receivedOn" label="收到日期" required hint="邮寄的以签收之日为收到日期（条例第三十一条）" />
        <RadioGroup
          name="via"
          label="申请方式"
          required
          options={[
            { value: 'face', label: '当面' },
            { value: 'post', label: '邮寄', hint: '平常信函的，以与申请人确认之日为收到日期' },
            { value: 'net', label: '网络' },
          ]}
        />
      </FieldGroup>
      <FieldGroup title="其他">
        <SelectField name="unit" label="承办科室" options={[{ value: 'a', label: '综合科' }, { label: '街道', options: [{ value: 'b', label: '示例街道' }] }]} />
        <CheckboxGroup name="kinds" label="涉及" options={[{ value: 'a', label: '商业秘密' }, { value: 'b', label: '个人隐私' }]} />
        <TextArea name="note" label="备注" />
        <FileField name="file" label="附件" hint="PDF 或图片，不超过 20 MB" accept=".pdf,image/*" />
        <PasswordField name="password" label="口令" autoComplete="current-password" hint="重要操作须再次确认身份" />
      </FieldGroup>
    </Form>
  )
  return at === 'desk' ? <DeskPage title="登记申请">{form}</DeskPage> : <PortalPage title="申请公开政府信息">{form}</PortalPage>
}

const head = (text: string, span: Partial<FormCell> = {}): FormCell => ({ text, head: true, ...span })
const zeros = (first: number): FormCell[] => [
  { text: String(first), href: '/desk/list' }, ...['0', '0', '0', '0', '0'].map((text) => ({ text })), { text: String(first), href: '/desk/list' },
]

const TABLE: readonly (readonly FormCell[])[] = [
  [head('（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）', { colspan: 3, rowspan: 3 }), head('申请人情况', { colspan: 7 })],
  [head('自然人', { rowspan: 2 }), head('法人或其他组织', { colspan: 5 }), head('总计', { rowspan: 2 })],
  ['商业企业', '科研机构', '社会公益组织', '法律服务机构', '其他'].map((text) => head(text)),
  [head('一、本年新收政府信息公开申请数量', { colspan: 3, align: 'left' }), ...zeros(12)],
  [head('二、上年结转政府信息公开申请数量', { colspan: 3, align: 'left' }), { text: '1', mark: 'bad', href: '/desk/list', id: 'c2' }, { text: '0', mark: 'warn' }, ...zeros(1).slice(2)],
  [head('三、本年度办理结果', { rowspan: 4 }), head('（一）予以公开', { colspan: 2, align: 'left' }), ...zeros(4)],
  [head('（二）部分公开（区分处理的，只计这一情形，不计其他情形）', { colspan: 2, align: 'left' }), ...zeros(2)],
  [head('（三）不予公开', { rowspan: 2 }), head('1.属于国家秘密', { align: 'left' }), ...zeros(0)],
  [head('2.其他法律行政法规禁止公开', { align: 'left' }), ...zeros(0)],
]

const ReportPage = () => (
  <PortalPage title="示例街道办事处 2025 年政府信息公开工作年度报告" crumbs={[{ label: '首页', href: '/' }, { label: '示例街道办事处', href: '/bodies/sljd' }]} plain>
    <article className="document">
      <h1>示例街道办事处2025年政府信息公开工作年度报告</h1>
      <p>本报告由示例街道办事处根据《中华人民共和国政府信息公开条例》（国务院令第711号）要求编制。全文包括总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议和行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项六个部分。</p>
      <h2>三、收到和处理政府信息公开申请情况</h2>
      <FormTable caption="收到和处理政府信息公开申请情况" rows={TABLE} headRows={3} widths={[1, 2, 3, 1, 1, 1, 1, 1, 1, 1]} />
      <p className="signature">示例街道办事处</p>
    </article>
  </PortalPage>
)

const BitsPage = () => (
  <DeskPage title="收集与核查" status={<Tag tone="wait">起草</Tag>}>
    <Tabs label="2025 年度报告" current="/desk/bits" tabs={[{ label: '核查', href: '/desk/bits', count: 3 }, { label: '正文', href: '/desk/text' }, { label: '表格', href: '/desk/tables' }]} />
    <div className="stack">
      <div>
        <Notice tone="ok" title="已导入 327 行" live />
        <Notice tone="error" title="1 处错误须先改正">
          <ul><li>上年结转（商业企业）为 0，与 2024 年报「结转下年度」的 1 不符。</li></ul>
        </Notice>
        <Notice tone="warn" title="2 处提醒，须写明理由" />
        <Notice tone="info" title="期限">报送与公布都在 2026-01-31 前。</Notice>
      </div>
      <Sheet title="正在导入"><ProgressBar label="导入依申请公开台账" done={41_200} total={100_000} unit="行" note="正在核对登记号。" /></Sheet>
      <Sheet title="正在读取"><ProgressBar label="读取文件" done={3} total={null} unit="个" /></Sheet>
      <Sheet title="各机关本年申请">
        <BarChart title="各机关本年收到的申请" unit="件" bars={[{ label: '示例街道办事处', value: 37 }, { label: '示例区住房和城乡建设局', value: 218, href: '/desk' }, { label: '城市运行管理中心', value: 0 }]} />
        <p>近三年 <Sparkline title="近三年申请数" values={[12, 30, 37]} /> 12、30、37 件</p>
      </Sheet>
      <EmptyState title="还没有上年的报告" action={{ label: '导入上年报告', href: '/desk' }}>有了它才能核对上年结转。</EmptyState>
      <Confirm what="撤销示公开申〔2025〕37号的登记" consequences={['登记号不再使用，也不补给别的申请', '撤销的理由记入卷内，不能删去']} form={{ action: '/desk/list/1/cancel', submit: '撤销登记', cancel: { href: '/desk', label: '不撤销，返回' }, children: <TextArea name="reason" label="理由" required rows={3} /> }} />
    </div>
  </DeskPage>
)

const HOME: HomeModel = {
  district: '武昌区',
  tasks: [
    { label: '核查一份年度报告', href: '/check', note: '勾稽关系、格式、文表一致，即查即得，不留存' },
    { label: '看各机关的年度报告', href: '/annual-reports', note: '按年度排列，缺的也列出' },
  ],
  items: Array.from({ length: 10 }, (_, index) => ({ itemId: String(index), indexNo: `12345678X/2026-0000${index}`, title: index % 2 === 0 ? '示例街道临时救助办法' : '关于开展老旧小区改造项目竣工验收资料整理归档工作有关事项的通知', bodyName: '示例街道办事处', publishedOn: '2026-01-12' })),
  reports: [
    { bodyCode: 'csyxglzx', bodyName: '武昌区城市运行管理中心', year: 2024, publishedOn: '2025-01-14' },
    { bodyCode: 'sljd', bodyName: '示例街道办事处', year: 2024, publishedOn: '2025-01-20' },
  ],
  bodies: [
    { code: 'csyxglzx', name: '武昌区城市运行管理中心' },
    { code: 'sljd', name: '示例街道办事处' },
    { code: 'slj', name: '示例区住房和城乡建设局' },
  ],
  bodyCount: 81,
}

export const RAIL: readonly RailSection[] = [
  { items: [{ label: '待办', href: '/desk', count: 3, late: true }] },
  { title: '依申请公开', items: [{ label: '在办', href: '/desk/list', count: 12 }, { label: '登记', href: '/desk/form' }] },
  { title: '年度报告', items: [{ label: '2025 年', href: '/desk/bits', count: 0 }] },
]

const rows = Array.from({ length: 20 }, (_, index) => row(index))

const EMPTY_COLUMN = { abolishedOn: null, formerNames: [], successors: [], updatedOn: null, guideOn: null, institutionOn: null, channelsOn: null, rules: null, items: { total: 0, headings: 0, latest: [] }, answered: 0, hasPowers: false, contact: [], reports: [] }

/** 每个构件的空与满；测试逐页查无障碍、横向溢出，并截图。 */
export const GALLERY: Readonly<Record<string, ReactElement>> = {
  '/': <HomePage model={HOME} />,
  '/home-empty': <HomePage model={{ ...HOME, items: [], reports: [], bodies: [], bodyCount: 0 }} />,
  '/bodies/sljd': (
    <BodyPage
      body={{
        ...EMPTY_COLUMN,
        code: 'sljd',
        name: '武昌区城市运行管理中心',
        formerNames: [{ name: '武昌区社会管理网格化服务中心', until: '2024-03-20' }],
        guideOn: '2024-03-21',
        institutionOn: '2024-03-21',
        channelsOn: '2024-03-21',
        rules: { count: 3, latest: '2024-05-06' },
        items: { total: 128, headings: 9, latest: [{ label: '2024年部门预算', href: '/items/x', on: '2024-02-08' }] },
        answered: 2,
        hasPowers: true,
        contact: [['机构', '综合科'], ['地址', '示例路 1 号'], ['时间', '工作日 8:30–12:00，14:00–17:30']],
        reports: [{ year: 2024, publishedOn: '2025-01-14', corrected: true }, { year: 2023, publishedOn: '2024-01-20', corrected: false }],
      }}
    />
  ),
  '/bodies/empty': <BodyPage body={{ ...EMPTY_COLUMN, code: 'x', name: '示例区医疗保障局' }} />,
  '/annual-reports': <AnnualReportsPage model={{ year: 2024, years: [2025, 2024, 2023], reports: HOME.reports, missing: [{ code: 'slj', name: '示例区住房和城乡建设局' }], district: null, districtDueOn: null, ended: [], dueOn: null }} />,
  '/accessibility': <AccessibilityPage />,
  '/privacy': <PrivacyPage />,
  '/report': <ReportPage />,
  '/form': <FormPage at="portal" state={WRONG} />,
  '/desk': (
    <DeskHomePage
      model={{
        greeting: '刘某（示例），示例街道办事处',
        today: '2025-04-01',
        shortcuts: [{ label: '导入台账', href: '/desk' }],
        toDos: [
          { title: '2025 年度报告：还有 1 处错误', href: '/desk/bits', dueOn: '2026-01-31', note: '改正后提交校核', kind: '年度报告' },
          { title: '示公开申〔2025〕12号 补正逾期', href: '/desk/list/1', dueOn: '2025-03-20', note: '决定是否视为放弃申请', kind: '申请' },
          { title: '上年报告尚未导入', href: '/desk/x', dueOn: null, note: '导入后才能核对上年结转', kind: '年度报告' },
        ],
      }}
    />
  ),
  '/desk/empty': <DeskHomePage model={{ greeting: '刘某（示例）', today: '2025-04-01', toDos: [], shortcuts: [] }} />,
  '/desk/list': <ListPage search="" rows={rows} total={{ atLeast: 1000 }} />,
  '/desk/list-filtered': <ListPage search="?q=合同&state=late&sort=-number&page=3" rows={rows.slice(0, 3)} total={43} />,
  '/desk/list-none-found': <ListPage search="?q=没有" rows={[]} total={0} />,
  '/desk/list-empty': <ListPage search="" rows={[]} total={0} />,
  '/desk/list/1': <CasePage />,
  '/desk/form': <FormPage at="desk" />,
  '/desk/bits': <BitsPage />,
}
