import type { DeskMark, Part } from './marks.ts'

type PagePart = Extract<Part, { shape: 'page' }>

/** 一页的图，其上画着遮盖之处与其号；没有脚本也看得见。 */
export function Picture({ page, href, label, marks, id }: { page: PagePart; href: string; label: string; marks: readonly DeskMark[]; id?: string }) {
  const { width, height } = page
  return (
    <svg className="picture" id={id} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <image href={href} x={0} y={0} width={width} height={height} />
      <g id={id === undefined ? undefined : `${id}-marks`}>
        {marks.map((mark) => mark.kind === 'area' && <MarkBox key={mark.id} mark={mark} page={page} />)}
      </g>
    </svg>
  )
}

function MarkBox({ mark, page: { width, height } }: { mark: Extract<DeskMark, { kind: 'area' }>; page: PagePart }) {
  const size = Math.max(12, Math.min(width, height) / 60)
  return (
    <g className="mark">
      <rect x={round(mark.x * width)} y={round(mark.y * height)} width={round(mark.w * width)} height={round(mark.h * height)} />
      <text x={round((mark.x + mark.w) * width + 2)} y={round(mark.y * height + size * 0.8)} fontSize={round(size)}>
        {mark.id}
      </text>
    </g>
  )
}

const round = (n: number): number => Math.round(n * 10) / 10

/** 一段文字，遮盖之处标出；文字一字不多，脚本才好数位置。 */
export function MarkedText({ text, marks }: { text: string; marks: readonly DeskMark[] }) {
  const spans = marks.flatMap((mark) => (mark.kind === 'text' ? [mark] : [])).toSorted((a, b) => a.from - b.from)
  const out = []
  let at = 0
  for (const { id, from, to } of spans) {
    if (to <= at) continue
    const start = Math.max(at, from)
    out.push(text.slice(at, start), <mark key={id} data-mark={id}>{text.slice(start, to)}</mark>)
    at = to
  }
  return [...out, text.slice(at)]
}
