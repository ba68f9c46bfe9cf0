import { Notice } from './notice.tsx'

/** 导入的表里逐行的错处；没有错处的不写。`line` 为 0 的说的是整张表，`unit` 为「一行」「一个」。 */
export function LineFaults({ faults, unit }: { faults: readonly { line: number; message: string }[]; unit: string }) {
  if (faults.length === 0) return null
  return (
    <Notice tone="error" title={`有 ${faults.length} 处要改，${unit}也没有导入`}>
      <ul>
        {faults.map(({ line, message }) => (
          <li key={`${line} ${message}`}>
            {line > 0 && `第 ${line} 行：`}
            {message}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
