import { DeskPage, EmptyState, Form, Notice, Sheet, TextArea } from '../platform/html/index.ts'
import { FlashNotice, type Flash } from '../identity/index.ts'
import type { Finding } from '../statute/finding.ts'
import { findingLink, FindingTag, FindingText } from './finding-view.tsx'
import { findingKey } from './own-checks.ts'
import { titleOf, type ReportModel } from './report-model.ts'
import type { Waiver } from './report.ts'

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
export function FindingsPage({ base, model, findings, waivers, canWaive, error, flash }: FindingsPageModel) {
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
        <Notice tone="warn" title="冻结之后台账有改动">
          以下 K10 各条都由此而来：<a href={`${base}/drift`}>看过出入</a>、重新冻结，即可消去。
        </Notice>
      )}
      {findings.length === 0 && (
        <EmptyState title="没有发现问题" action={{ label: '回到报告', href: base }}>
          勾稽关系、文表一致、与上年衔接均已逐条核过。
        </EmptyState>
      )}
      {findings.map((finding) => {
        const key = findingKey(finding)
        const waiver = waivers.find((one) => one.findingKey === key)
        return (
          <Sheet key={key} id={`finding-${key}`} title={<FindingTag finding={finding} />} actions={<a href={findingLink(base, finding)}>去改</a>}>
            <FindingText finding={finding} />
            {waiver !== undefined && (
              <Notice tone="ok" title={`${waiver.person}已说明`}>
                {waiver.reason}
              </Notice>
            )}
            {finding.severity === 'warning' && waiver === undefined && canWaive && (
              <Form
                action={`${base}/waive`}
                submit="记下说明"
                hidden={{ finding: key }}
                state={
                  error?.findingKey === key
                    ? { values: { [`reason-${key}`]: [error.reason] }, errors: { [`reason-${key}`]: error.message } }
                    : undefined
                }
              >
                <TextArea name={`reason-${key}`} label="说明理由" rows={2} maxLength={1000} required hint="将记下您的姓名" />
              </Form>
            )}
          </Sheet>
        )
      })}
    </DeskPage>
  )
}
