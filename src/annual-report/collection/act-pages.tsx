import { Confirm, DateField, DeskPage, Form, Sheet, TextArea, TextField, type FormState } from '../../platform/html/index.ts'

/** 写一段话就办的几件事：页面上怎么说。 */
export const WORDED_ACTS = {
  accept: {
    title: '受理',
    submit: '受理',
    consequences: ['计入全区的汇总', '机关收到通知；以后发现有误，仍可退回'],
    label: '附言',
    required: false,
    danger: false,
  },
  allow: {
    title: '准许带错报送',
    submit: '准许一次',
    consequences: ['下一次报送时有错误也收下，错误照样列出', '只管一次'],
    label: '理由',
    required: true,
    danger: false,
  },
  unlock: { title: '解锁', submit: '解锁', consequences: ['机关可以报更正版；报来之后须重新审核、受理', '理由记入经过'], label: '理由', required: true, danger: true },
  exempt: { title: '免报', submit: '定为免报', consequences: ['不算应报，不再提醒', '公开的登记簿上写明理由'], label: '理由', required: true, danger: true },
  add: { title: '加报', submit: '定为加报', consequences: ['列入应报名单，到期提醒', '公开的登记簿上写明理由'], label: '理由', required: true, danger: false },
  restore: { title: '撤销免报、加报', submit: '撤销', consequences: ['应报与否，恢复依条例第四十九条'], label: '理由', required: true, danger: true },
} as const

export type WordedAct = keyof typeof WORDED_ACTS

export const isWordedAct = (text: string): text is WordedAct => Object.hasOwn(WORDED_ACTS, text)

interface ActProps {
  base: string
  name: string
  year: number
  version: number
  state?: FormState
}

const crumbs = ({ base, name, year }: ActProps) => [{ label: `${name} ${year} 年度报告的报送`, href: base }]

export function WordedActPage({ act, round, ...props }: ActProps & { act: WordedAct; round: number }) {
  const { title, submit, consequences, label, required, danger } = WORDED_ACTS[act]
  return (
    <DeskPage title={`${title}：${props.name} ${props.year} 年度报告`} heading={title} crumbs={crumbs(props)}>
      <Confirm
        what={`${title}：${props.name} ${props.year} 年度报告${act === 'accept' ? `（第 ${round} 次报送）` : ''}`}
        consequences={consequences}
        form={{
          action: `${props.base}/${act}`,
          submit,
          danger,
          cancel: { href: props.base },
          state: props.state,
          hidden: { version: String(props.version), round: String(round) },
          children: <TextArea name="words" label={label} rows={3} maxLength={500} required={required} />,
        }}
      />
    </DeskPage>
  )
}

/** 机关补记在别处公布的网址。 */
export const PublicationPage = (props: ActProps & { publishedOn: string | null; url: string | null }) => (
  <DeskPage title={`补记公布的网址：${props.name} ${props.year} 年度报告`} heading="补记公布的网址" crumbs={crumbs(props)} lead="报告在别处公布的，补记之后列在公开的登记簿上（条例第四十九条：向社会公布）。">
    <Sheet title="公布在哪里">
      <Form action={`${props.base}/publication`} submit="记下" cancel={{ href: props.base }} state={props.state} hidden={{ version: String(props.version) }}>
        <DateField name="publishedOn" label="公布之日" required value={props.publishedOn ?? undefined} />
        <TextField name="url" label="网址" type="url" required maxLength={500} value={props.url ?? undefined} hint="公众能打开的，以 http:// 或 https:// 开头" />
      </Form>
    </Sheet>
  </DeskPage>
)
