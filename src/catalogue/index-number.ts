import type { Body } from '../bodies/index.ts'

/**
 * 照格式编一个索引号，如 `{org9}/{yyyy}-{00000}` → `000014349/2017-00110`。
 * 零的个数为流水号的位数；机构没有组织机构代码的，以机构代码代之〔待核〕。
 */
export function wordIndexNo(
  template: string,
  body: Pick<Body, 'code' | 'orgCode9' | 'uscc'>,
  year: number,
  sequence: number,
): string {
  return template.replace(/\{(org9|uscc|yyyy|0+)\}/g, (_, part: string) => {
    if (part === 'org9') return body.orgCode9 ?? body.code
    if (part === 'uscc') return body.uscc ?? body.code
    if (part === 'yyyy') return String(year)
    return String(sequence).padStart(part.length, '0')
  })
}
