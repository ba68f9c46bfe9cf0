import type { DiffLine, DiffPart } from './diff-texts.ts'
import { isSame } from './diff-versions.ts'
import type { AttachmentDifference, VersionDifference } from './diff-versions.ts'

const ATTACHMENT_WORDS = { added: '新增附件', removed: '去掉附件', replaced: '换了内容', renamed: '改了名称' } as const satisfies Record<AttachmentDifference['kind'], string>

/** 两版的不同，给人看：增的下划线、删的划去，读屏另有「新增」「删去」。 */
export function VersionDifferenceView({ difference }: { difference: VersionDifference }) {
  if (isSame(difference)) return <p className="quiet">两版没有不同。</p>
  const { fields, text, attachments } = difference
  return (
    <div className="diff">
      {fields.length > 0 && (
        <dl className="facts">
          {fields.map(({ label, parts }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>
                <Parts parts={parts} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      {text.map((line, i) => (
        <Line key={i} line={line} />
      ))}
      {attachments.length > 0 && (
        <ul>
          {attachments.map(({ kind, name, before }) => (
            <li key={`${kind} ${name}`}>
              {ATTACHMENT_WORDS[kind]}：{before !== null && <del>{before}</del>}
              {kind === 'added' || kind === 'renamed' ? <ins>{name}</ins> : kind === 'removed' ? <del>{name}</del> : name}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function Line({ line }: { line: DiffLine }) {
  if (line.kind === 'gap') return <p className="gap">{line.lines} 段没有改动</p>
  if (line.kind === 'changed')
    return (
      <p>
        <Parts parts={line.parts} />
      </p>
    )
  return (
    <p className={line.kind === 'same' ? 'quiet' : undefined}>
      <Part part={{ kind: line.kind, text: line.text }} />
    </p>
  )
}

const Parts = ({ parts }: { parts: readonly DiffPart[] }) => parts.map((part, i) => <Part key={i} part={part} />)

function Part({ part: { kind, text } }: { part: DiffPart }) {
  if (kind === 'same') return <>{text}</>
  return kind === 'added' ? (
    <ins>
      <span className="vh">新增：</span>
      {text}
    </ins>
  ) : (
    <del>
      <span className="vh">删去：</span>
      {text}
    </del>
  )
}
