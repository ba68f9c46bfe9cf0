import { FlashNotice } from '../../identity/index.ts'
import type { Flash } from '../../identity/index.ts'
import { DataTable, DeskPage, Form, PostButton, SelectField, Sheet, Tag, TextField } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { hoursText } from '../progress/check-text.ts'
import type { PlanEntry } from './plans.ts'
import { HOME, PLAN, TRAINING, TrainingTabs } from './training-frame.tsx'

const MONTHS = Array.from({ length: 12 }, (_, i) => ({ value: String(i + 1), label: `${i + 1} 月` }))

/** 一年的培训计划，各项照着办了几场。 */
export function PlanPage({ year, now, plan, canHandle, state, flash }: { year: number; now: number; plan: readonly PlanEntry[]; canHandle: boolean; state: FormState; flash: Flash | null }) {
  const held = plan.filter((entry) => entry.held > 0).length
  return (
    <DeskPage title={`${year} 年培训计划`} crumbs={HOME} lead={plan.length === 0 ? undefined : `计划 ${plan.length} 项，办了 ${held} 项。`}>
      <FlashNotice flash={flash} />
      <TrainingTabs current={PLAN} />
      <p>
        {[now + 1, now, now - 1, now - 2].map((other) => (
          <span key={other}>{other === year ? <strong>{other} 年</strong> : <a href={`${PLAN}?year=${other}`}>{other} 年</a>}　</span>
        ))}
      </p>
      <div className="stack">
        <DataTable
          caption={`${year} 年培训计划`}
          columns={[
            { key: 'month', label: '何时', nowrap: true, render: (row: PlanEntry) => `${row.month} 月` },
            { key: 'topic', label: '课题', render: (row) => row.topic },
            { key: 'audience', label: '对象', render: (row) => row.audience },
            { key: 'hours', label: '学时', align: 'end', render: (row) => hoursText(row.halfHours) },
            { key: 'note', label: '说明', render: (row) => row.note || '—' },
            { key: 'held', label: '办了', render: (row) => (row.held > 0 ? <Tag tone="ok">{`已办 ${row.held} 场`}</Tag> : row.sessions > 0 ? <Tag tone="wait">已安排</Tag> : <Tag>没有安排</Tag>) },
            ...(canHandle
              ? [
                  {
                    key: 'act',
                    label: '办理',
                    render: (row: PlanEntry) =>
                      row.sessions === 0 ? (
                        <>
                          <a href={`${TRAINING}/sessions/new?year=${year}&plan=${row.planId}`}>安排一场</a> <PostButton action={`${PLAN}/${row.planId}/remove`} fields={{ year: String(year) }} label="删去" kind="link" spoken={`删去计划：${row.topic}`} />
                        </>
                      ) : (
                        '—'
                      ),
                  },
                ]
              : []),
          ]}
          rows={plan}
          rowKey={(row) => row.planId}
          empty={{ title: `${year} 年还没有培训计划`, children: '年初把全年讲什么、给谁讲、何时讲写在这里；不知道讲什么的，看「该讲什么」。' }}
        />
        {canHandle && (
          <Sheet title="添一项">
            <Form action={PLAN} submit="添上" state={state} hidden={{ year: String(year) }}>
              <SelectField name="month" label="何时" required options={MONTHS} />
              <TextField name="topic" label="课题" required maxLength={120} />
              <TextField name="audience" label="对象" required maxLength={120} hint="如：各科室信息员、窗口人员" />
              <TextField name="hours" label="学时" required width="short" inputMode="decimal" maxLength={5} value="2" hint="可以有半学时，如 1.5" />
              <TextField name="note" label="说明" maxLength={300} />
            </Form>
          </Sheet>
        )}
      </div>
    </DeskPage>
  )
}
