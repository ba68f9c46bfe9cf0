import { createHash } from 'node:crypto'
import { z } from 'zod'
import { canonicalJson } from '../../../platform/canonical-json.ts'

export const MANIFEST = 'manifest.json'
export const TIMELINE_FILE = '10经过/时间线.json'
export const MOST_FILES = 2000

const SM3 = z.string().regex(/^[0-9a-f]{64}$/)
const schema = z.strictObject({
  format: z.literal('mingchuang-archive/1'),
  /** 还没有归档时做的，只供查看 */
  preview: z.boolean(),
  tool: z.string(),
  body: z.strictObject({ id: z.string(), name: z.string() }),
  case: z.strictObject({ id: z.string(), regNo: z.string(), archivedOn: z.string().nullable() }),
  /** 算期限所用的各年节假日安排的文号 */
  calendar: z.array(z.strictObject({ year: z.number(), docNo: z.string() })),
  timeline: z.strictObject({ events: z.number(), head: SM3 }),
  files: z.array(z.strictObject({ path: z.string(), size: z.number(), sm3: SM3, note: z.string() })).max(MOST_FILES),
  /** 以上各项的规范 JSON 的 SM3 */
  packageHash: SM3,
})

export type Manifest = z.infer<typeof schema>
export type ManifestFile = Manifest['files'][number]

export const sm3 = (bytes: Uint8Array | string): string => createHash('sm3').update(bytes).digest('hex')

/** 写上整包的摘要。 */
export const sealManifest = (manifest: Omit<Manifest, 'packageHash'>): Manifest => ({ ...manifest, packageHash: sm3(canonicalJson(manifest)) })
export const manifestText = (manifest: Manifest): string => canonicalJson(manifest)

/** 读回清单；不合格式、不是原样写出、与自己的摘要不符的为 null。 */
export function readManifest(text: string): Manifest | null {
  const parsed = schema.safeParse(parseJson(text))
  if (!parsed.success || canonicalJson(parsed.data) !== text) return null
  const { packageHash, ...rest } = parsed.data
  return sm3(canonicalJson(rest)) === packageHash ? parsed.data : null
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
