import { Fragment, type ReactNode } from 'react'
import { DeskPage, EmptyState, Form, Notice, Sheet, TextArea } from '../../platform/html/index.ts'
import { FlashNotice, type Flash } from '../../identity/index.ts'
import type { Finding } from '../../statute/finding.ts'
import { FINDING_WORDS, findingLink, FindingTag, FindingText, RuleCodes } from './finding-view.tsx'
import { findingKey } from '../own-check/own-checks.ts'
import { titleOf, type ReportModel } from '../editions/report-model.ts'
import type { Waiver } from '../report.ts'

export interface FindingsPageModel {
  base: string
  model: ReportModel
  findings: readonly Finding[]
  waivers: readonly Waiver[]
  canWaive: boolean
  /** 上次提交的说明有误 */
  error: { findingKey: string; message: string; reason: string } | null
  flash: Flash | null
}

/** 校核所得，逐条：错误只能改记录或正文，提醒可由有名有姓的人说明。 */
export function FindingsPage({ model, findings, flash, ...rest }: FindingsPageModel) {
  const { base } = rest
  const drifted = findings.some((one) => one.rule === 'K10' && one.severity === 'error')
  return (
    <DeskPage
      title={`校核 - ${titleOf(model)}`}
      heading="校核"
      crumbs={[
        { label: '年度报告', href: '/desk/reports' },
        { label: `${model.year} 年度报告`, href: base },
      ]}
      lead="错误须改正记录或正文；提醒须由具名的人说明理由；信息供参考。"
    >
      <FlashNotice flash={flash} />
      {drifted && (
        <Notice tone="warn" title={model.summed === undefined ? '冻结之后台账有改动' : '冻结之后，受理的情况或者本级的记录有变'}>
          以下{model.summed === undefined ? '「台账重算为」' : '「此刻加得」'}各条都由此而来：<a href={`${base}/drift`}>看过出入</a>、重新冻结，即可消去。
        </Notice>
      )}
      {findings.length === 0 && (
        <EmptyState title="没有发现问题" action={{ label: '回到报告', href: base }}>
          勾稽关系、文表一致、与上年衔接均已逐条核过。
        </EmptyState>
      )}
      {[...Map.groupBy(findings, (one) => (one.severity === 'warning' ? findingKey(one) : `${one.severity} ${one.rule}`))].map(([key, group]) => (
        <Group key={key} group={group}>
          {(finding) => <One finding={finding} {...rest} />}
        </Group>
      ))}
      <RuleCodes findings={findings} />
    </DeskPage>
  )
}

const SHOWN = 3

/** 同一规则的许多处，头几处之外折起来。 */
function Group({ group, children }: { group: readonly Finding[]; children: (finding: Finding) => ReactNode }) {
  const [first] = group
  const folded = group.slice(SHOWN)
  return (
    <>
      {group.slice(0, SHOWN).map((finding) => (
        <Fragment key={findingKey(finding)}>{children(finding)}</Fragment>
      ))}
      {first !== undefined && folded.length > 0 && (
        <details className="sheet">
          <summary>
            同类{FINDING_WORDS[first.severity]}还有 {folded.length} 处
          </summary>
          {folded.map((finding) => (
            <Fragment key={findingKey(finding)}>{children(finding)}</Fragment>
          ))}
        </details>
      )}
    </>
  )
}

function One({ finding, base, waivers, canWaive, error }: { finding: Finding } & Pick<FindingsPageModel, 'base' | 'waivers' | 'canWaive' | 'error'>) {
  const key = findingKey(finding)
  const waiver = waivers.find((one) => one.findingKey === key)
  return (
    <Sheet id={`finding-${key}`} title={<FindingTag finding={finding} />} actions={<a href={findingLink(base, finding)}>去改</a>}>
      <FindingText finding={finding} />
      {waiver !== undefined && (
        <Notice tone="info" title={`${waiver.person}已说明`}>
          {waiver.reason}
        </Notice>
      )}
      {finding.severity === 'warning' && waiver === undefined && canWaive && (
        <Form
          action={`${base}/waive`}
          submit="记下说明"
          hidden={{ finding: key }}
          state={error?.findingKey === key ? { values: { [`reason-${key}`]: [error.reason] }, errors: { [`reason-${key}`]: error.message } } : undefined}
        >
          <TextArea name={`reason-${key}`} label="说明理由" rows={2} maxLength={1000} required hint="将记下您的姓名" />
        </Form>
      )}
    </Sheet>
  )
}
