import { Confirm, DataTable, DeskPage, EmptyState, Notice } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { isYearOver } from './measure.ts'
import { rankingWords } from './result-document.ts'
import type { Proposal } from './results.ts'
import { hrefOf, sheetHref } from './scheme-acts.ts'
import { ASSESSMENT, pairText, totalText } from './scheme-pages.tsx'

/** 公布之前看一遍：各机关的得分，核查之后数又变了的；公布即冻结。 */
export function PublishPage({ proposal: { scheme, frozen, unsettled, moved, hash }, today, state }: { proposal: Proposal; today: PlainDate; state: FormState }) {
  const { year, title, ranking } = scheme
  const names = new Map(frozen.inputs.bodies.map((body) => [body.bodyId, body]))
  return (
    <DeskPage title={`公布 ${title}`} heading="公布结果" crumbs={[{ label: '责任考核', href: ASSESSMENT }, { label: title, href: hrefOf(year) }]} lead={rankingWords(ranking, frozen.scores)}>
      {state.errors[''] !== undefined && <Notice tone="error" title={state.errors['']} live />}
      {unsettled.length > 0 && <Notice tone="warn" title={`${unsettled.length} 个机关的考核还没有办完`}>{unsettled.slice(0, 20).map(({ name }) => name).join('、')}{unsettled.length > 20 && '等'}</Notice>}
      {moved.length > 0 && (
        <section className="sheet">
          <h2>核查之后数又变了的</h2>
          <DataTable
            caption="核查之后数又变了的"
            columns={[
              { key: 'body', label: '机关', render: (row: Proposal['moved'][number]) => row.body.name },
              { key: 'indicator', label: '指标', render: (row) => scheme.indicators.find(({ code }) => code === row.code)?.name ?? row.code },
              { key: 'before', label: '核查时', nowrap: true, render: (row) => `${row.before.good} / ${row.before.total}` },
              { key: 'now', label: '此刻', nowrap: true, render: (row) => `${row.now.good} / ${row.now.total}` },
            ]}
            rows={moved}
            rowKey={(row) => `${row.body.bodyId} ${row.code}`}
            rowHref={(row) => `${sheetHref(year, row.body.code)}/${row.code}`}
            empty={{ title: '没有' }}
          />
        </section>
      )}
      <DataTable
        caption="将要公布的得分"
        columns={[
          { key: 'name', label: '机关', render: (row: (typeof frozen.scores)[number]) => names.get(row.bodyId)?.name ?? '' },
          { key: 'points', label: '得分与适用满分', align: 'end', nowrap: true, render: pairText },
          { key: 'total', label: '折算总分', unit: '分', align: 'end', render: (row) => totalText(row.total) },
          ...(frozen.scores.some(({ rank }) => rank !== null) ? [{ key: 'rank', label: '名次', align: 'end' as const, render: (row: (typeof frozen.scores)[number]) => row.rank ?? '—' }] : []),
        ]}
        rows={frozen.scores}
        rowKey={(row) => row.bodyId}
        empty={{ title: '没有参加考核的机关' }}
      />
      {!isYearOver(year, today) ? (
        <EmptyState title={`考核的年度还没有过完，${year + 1} 年 1 月 1 日起才能公布`} action={{ label: '回到各机关', href: hrefOf(year) }} />
      ) : unsettled.length === 0 ? (
        <Confirm
          what={`公布${title}的结果`}
          consequences={['所据的数、清单的摘要、得分自此冻结，记录再改也不变，也不能撤回重来', '公众可以看到各机关各项的得分', '各机关收到通知']}
          form={{ action: `${hrefOf(year)}/publish`, submit: '公布', hidden: { seen: String(scheme.version), hash } }}
        />
      ) : (
        <EmptyState title="还不能公布" action={{ label: '回到各机关', href: hrefOf(year) }} />
      )}
    </DeskPage>
  )
}
