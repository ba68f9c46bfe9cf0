import { CheckboxGroup, Confirm, DeskPage, EmptyState, Form, Notice, RadioGroup, SelectField, Sheet, type FormState } from '../../platform/html/index.ts'
import type { Acceptable } from './accept-many.ts'
import type { FilingDue } from './due-days.ts'
import type { Filer } from './filings.ts'
import type { Reviewer } from './office.ts'
import { FILER_KINDS } from './standing.ts'

const crumbs = (year: number) => [{ label: `${year} 年度报告的收集`, href: `/desk/filings/${year}` }]
const MAX_NAMES = 60
const namesOf = (filers: readonly Filer[]): string => `${filers.slice(0, MAX_NAMES).map(({ name }) => name).join('、')}${filers.length > MAX_NAMES ? `等 ${filers.length} 家` : ''}`

/** 开始收集之前先问：告诉哪些机关、告诉什么；年度没有完的，写明。 */
export const OpenPage = ({ year, unlisted, first, due, endedOn }: { year: number; unlisted: readonly Filer[]; first: boolean; due: FilingDue; endedOn: string | null }) => (
  <DeskPage title={first ? `开始收集 ${year} 年度报告` : `补列 ${year} 年度应报的机关`} heading={first ? '开始收集' : '补列'} crumbs={crumbs(year)}>
    {endedOn !== null && (
      <Notice tone="warn" title={`${year} 年度还没有完`}>
        统计期到 {endedOn} 为止，各机关现在报不出全年的数。一般到次年 1 月再开始收集。
      </Notice>
    )}
    <Confirm
      what={first ? `通知 ${unlisted.length} 家机关报送 ${year} 年度报告` : `补列 ${unlisted.length} 家机关，并通知其报送 ${year} 年度报告`}
      consequences={[
        namesOf(unlisted),
        `各机关的信息公开工作机构收到通知「请报送 ${year} 年度报告」，写明${due.innerOn < due.dueOn ? `区里要求 ${due.innerOn} 前报送、` : ''}法定期限 ${due.dueOn}`,
        '列入名单以后不能撤回通知；不必报的，可以逐家定为免报',
      ]}
      form={{ action: `/desk/filings/${year}/open`, hidden: { asked: 'yes' }, submit: first ? `通知 ${unlisted.length} 家，开始收集` : `补列 ${unlisted.length} 家`, cancel: { href: `/desk/filings/${year}` }, danger: endedOn !== null }}
    />
  </DeskPage>
)

/** 催报之前先问：催哪些机关，写明名称。 */
export const RemindPage = ({ year, waiting }: { year: number; waiting: readonly Filer[] }) => (
  <DeskPage title={`催报 ${year} 年度报告`} heading="催报" crumbs={crumbs(year)}>
    <Confirm
      what={`催报 ${waiting.length} 家机关`}
      consequences={[namesOf(waiting), '各机关的信息公开工作机构收到通知；同一日再催，不重复通知', '催报记入各自的经过']}
      form={{ action: `/desk/filings/${year}/remind`, submit: `催报 ${waiting.length} 家`, cancel: { href: `/desk/filings/${year}` }, danger: false }}
    />
  </DeskPage>
)

/** 成批受理：自动校核没有错误的，逐份可打开看；没有提醒的已经勾上。 */
export const AcceptManyPage = ({ year, acceptable, state }: { year: number; acceptable: readonly Acceptable[]; state?: FormState }) => (
  <DeskPage
    title={`成批受理 ${year} 年度报告`}
    heading="成批受理"
    crumbs={crumbs(year)}
    lead="待您审核、自动校核没有错误的。没有提醒的已经勾上；拿不准的取消勾选，另行打开审核。带错报来的不在这里，须逐份看。"
  >
    {acceptable.length === 0 ? (
      <EmptyState title="没有可以成批受理的" action={{ label: '看待审核的', href: `/desk/filings/${year}?status=filed` }}>
        待您审核的都已办完，或者有错误，须逐份打开看。
      </EmptyState>
    ) : (
      <Sheet>
        <Form action={`/desk/filings/${year}/accept`} submit="受理勾选的" cancel={{ href: `/desk/filings/${year}` }} state={state}>
          <CheckboxGroup
            name="filing"
            required
            label={`可以受理的 ${acceptable.length} 份`}
            hint="受理即计入全区的汇总，机关收到通知；以后发现有误，仍可退回"
            value={acceptable.filter(({ warnings }) => warnings === 0).map(keyOf)}
            options={acceptable.map((one) => ({
              value: keyOf(one),
              label: `${one.name}${one.round > 1 ? `（第 ${one.round} 次报送）` : ''}`,
              hint: (
                <a href={`/desk/filings/${one.bodyCode}/${year}`}>
                  打开看<span className="vh">：{one.name}</span>
                  {one.warnings > 0 && `，${one.warnings} 处提醒，报送人已说明`}
                </a>
              ),
            }))}
          />
        </Form>
      </Sheet>
    )}
  </DeskPage>
)

// 连同看的是第几次：其后又报了的不受理
const keyOf = ({ bodyId, round }: Acceptable): string => `${bodyId}/${round}`

/** 锁定之前先问：哪些要锁，哪些还没有受理。 */
export const LockPage = ({ year, accepted, rest }: { year: number; accepted: readonly Filer[]; rest: readonly Filer[] }) => (
  <DeskPage title={`锁定 ${year} 年度报告`} heading="锁定" crumbs={crumbs(year)}>
    <Confirm
      what={`锁定已受理的 ${accepted.length} 份 ${year} 年度报告`}
      consequences={[
        '锁定之后，机关不能再报更正版；确要改的，逐份解锁，写明理由',
        ...(rest.length === 0 ? ['应报的都已受理'] : [`还有 ${rest.length} 家没有受理，不锁，仍可以报、可以审：${namesOf(rest)}`]),
      ]}
      form={{ action: `/desk/filings/${year}/lock`, submit: `锁定 ${accepted.length} 份`, cancel: { href: `/desk/filings/${year}` } }}
    />
  </DeskPage>
)

export const ASSIGN_SCOPES = { unassigned: '还没有指定的', department: `${FILER_KINDS.department}全部`, street: `${FILER_KINDS.street}全部`, chosen: '下面勾选的' } as const
export type AssignScope = keyof typeof ASSIGN_SCOPES

/** 分派：谁审核哪些机关的。 */
export const AssignPage = ({ year, filers, reviewers, state }: { year: number; filers: readonly Filer[]; reviewers: readonly Reviewer[]; state?: FormState }) => {
  const names = new Map(reviewers.map((one) => [one.accountId, one.name]))
  return (
    <DeskPage title={`分派 ${year} 年度报告的审核`} heading="分派审核" crumbs={crumbs(year)} lead="定由谁审核哪些机关的报告；报来时通知其人。没有指定的，通知区政务公开办各人。">
      <Sheet>
        <Form action={`/desk/filings/${year}/assign`} submit="分派" cancel={{ href: `/desk/filings/${year}` }} state={state}>
          <SelectField name="reviewer" label="审核的人" blank="不指定" options={reviewers.map((one) => ({ value: one.accountId, label: one.name }))} />
          <RadioGroup name="scope" label="哪些机关" required value="unassigned" options={Object.entries(ASSIGN_SCOPES).map(([value, label]) => ({ value, label }))} />
          <CheckboxGroup
            name="body"
            label="勾选的机关"
            options={filers.map((one) => ({ value: one.bodyId, label: `${one.name}${one.reviewer === null ? '' : `（现由${names.get(one.reviewer) ?? '已不在岗的人'}）`}` }))}
          />
        </Form>
      </Sheet>
    </DeskPage>
  )
}
