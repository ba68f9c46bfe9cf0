import { DataTable, DefinitionList, Digest, PortalPage } from '../../platform/html/index.ts'
import type { FrozenScore } from './frozen.ts'
import { rankingWords } from './result-document.ts'
import type { Published } from './results.ts'
import { pointsText, scaleWords } from './scale.ts'
import { pairText, totalText } from './scheme-pages.tsx'
import { SOURCES } from './source.ts'
import { openLineWords, originWords } from './words.ts'

export const PUBLIC = '/supervision/assessments'
const HOME = { label: '首页', href: '/' }

/** 公众看到的各年考核结果。 */
export const PublicListPage = ({ years }: { years: readonly { year: number; title: string; publishedOn: string }[] }) => (
  <PortalPage title="政务公开责任考核" crumbs={[HOME]} lead="区政务公开办依条例第四十六条组织的考核，公布之后不再改动。">
    <DataTable
      caption="各年的考核结果"
      columns={[
        { key: 'title', label: '考核', render: (row: (typeof years)[number]) => row.title },
        { key: 'publishedOn', label: '公布日期', align: 'end', nowrap: true, render: (row) => row.publishedOn },
      ]}
      rows={years}
      rowKey={(row) => String(row.year)}
      rowHref={(row) => `${PUBLIC}/${row.year}`}
      empty={{ title: '还没有公布过考核结果', children: <a href="/annual-reports">看各机关的年度报告</a> }}
    />
  </PortalPage>
)

/** 一年的结果：各机关的总分，怎样计分，下载。 */
export function PublicResultPage({ published: { inputs, scores, publishedOn, hash } }: { published: Published }) {
  const names = new Map(inputs.bodies.map((body) => [body.bodyId, body]))
  const excused = inputs.bodies.filter((body) => body.excused !== null)
  return (
    <PortalPage title={`${inputs.title}结果`} crumbs={[HOME, { label: '责任考核', href: PUBLIC }]} lead={`${publishedOn} 公布。${rankingWords(inputs.ranking, scores)}`}>
      <p>
        下载：<a href={`${PUBLIC}/${inputs.year}/results.xlsx`}>XLSX</a>　<a href={`${PUBLIC}/${inputs.year}/results.docx`}>DOCX</a>　<a href={`${PUBLIC}/${inputs.year}/results.pdf`}>PDF</a>
      </p>
      <section className="section" aria-labelledby="bodies">
        <h2 id="bodies">各机关的得分</h2>
        <div className="stack">
          <DataTable
            caption="各机关的得分"
            columns={[
              { key: 'name', label: '机关', render: (row: FrozenScore) => names.get(row.bodyId)?.name ?? '' },
              { key: 'points', label: '得分与适用满分', align: 'end', nowrap: true, render: pairText },
              { key: 'total', label: '折算总分', unit: '分', align: 'end', render: (row) => totalText(row.total) },
              ...(scores.some(({ rank }) => rank !== null) ? [{ key: 'rank', label: '名次', align: 'end' as const, render: (row: FrozenScore) => row.rank ?? '—' }] : []),
            ]}
            rows={scores}
            rowKey={(row) => row.bodyId}
            rowHref={(row) => `${PUBLIC}/${inputs.year}/${names.get(row.bodyId)?.code ?? ''}`}
            empty={{ title: '没有参加考核的机关' }}
          />
          {excused.length > 0 && <p>不参加考核的：{excused.map(({ name, excused: why }) => `${name}（${why ?? ''}）`).join('；')}。</p>}
        </div>
      </section>
      <section className="section" aria-labelledby="scales">
        <h2 id="scales">怎样计分</h2>
        <div className="stack">
          <p>数取自 {inputs.takenOn} 的记录。没有可数的记录的一项不适用，连同满分去掉，余下的折算为百分制。权重与尺度由区政务公开办定，不是法定。</p>
          <DataTable
            caption="指标"
            columns={[
              { key: 'name', label: '指标', render: (row: (typeof inputs.indicators)[number]) => row.name },
              { key: 'weight', label: '满分', unit: '分', align: 'end', render: (row) => pointsText(row.weight) },
              { key: 'scale', label: '计分办法', render: (row) => (row.kind === 'computed' ? `${SOURCES[row.source].label}：${scaleWords(row.scale, SOURCES[row.source].unit)}` : `评定：${row.how}`) },
              { key: 'basis', label: '依据', render: (row) => row.basis },
            ]}
            rows={inputs.indicators}
            rowKey={(row) => row.code}
            empty={{ title: '没有指标' }}
          />
          <Digest of="结果" hash={hash} />
        </div>
      </section>
    </PortalPage>
  )
}

/** 一机关的各项得分。 */
export function PublicBodyPage({ published: { inputs }, score }: { published: Published; score: FrozenScore }) {
  const body = inputs.bodies.find(({ bodyId }) => bodyId === score.bodyId)
  const rows = inputs.indicators.map((indicator, i) => ({ indicator, line: body?.lines[i], scored: score.lines[i] }))
  return (
    <PortalPage title={`${body?.name ?? ''} ${inputs.title}`} heading={body?.name ?? ''} crumbs={[HOME, { label: '责任考核', href: PUBLIC }, { label: `${inputs.year} 年`, href: `${PUBLIC}/${inputs.year}` }]} lead={inputs.title}>
      <div className="stack">
        <DefinitionList items={[['折算总分', `${totalText(score.total)} 分`], ['得分与适用满分', pairText(score)], ...(score.rank === null ? [] : [['名次', String(score.rank)] as const])]} />
        <DataTable
          caption="各项得分"
          columns={[
            { key: 'name', label: '指标', render: ({ indicator }: (typeof rows)[number]) => indicator.name },
            { key: 'value', label: '数', render: ({ indicator, line, scored }) => openLineWords(indicator, line?.measured ?? null, scored?.value ?? null) },
            { key: 'points', label: '得分', align: 'end', nowrap: true, render: ({ indicator, scored }) => (scored?.points == null ? '—' : `${pointsText(scored.points)} / ${pointsText(indicator.weight)}`) },
            { key: 'origin', label: '由来', render: ({ line, scored }) => reasonOf(scored?.origin ?? 'unscored', line) },
          ]}
          rows={rows}
          rowKey={({ indicator }) => indicator.code}
          empty={{ title: '没有指标' }}
        />
        <p>
          每一项怎样计分，见<a href={`${PUBLIC}/${inputs.year}#scales`}>计分办法</a>；认为机关没有依法公开、没有依法答复的，可以<a href="/complain">投诉与反映</a>。
        </p>
      </div>
    </PortalPage>
  )
}

function reasonOf(origin: Parameters<typeof originWords>[0], line: { exempted: string | null; checkNote: string | null; decision: string | null } | undefined): string {
  const why = origin === 'not-applicable' ? line?.exempted : origin === 'decided' ? line?.decision : origin === 'checked' ? line?.checkNote : null
  return why == null || why === '' ? originWords(origin) : `${originWords(origin)}：${why}`
}
