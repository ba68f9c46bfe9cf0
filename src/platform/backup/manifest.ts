import { z } from 'zod'

/** 备份的目录：各部分的 SM3 与字节数，各表的列，迁移到了哪一步。 */
export const manifestSchema = z.object({
  format: z.literal('mingchuang-backup'),
  version: z.literal(1),
  createdAt: z.string(),
  migrations: z.array(z.object({ name: z.string(), checksum: z.string() })),
  tables: z.array(z.object({ name: z.string().regex(/^[a-z_][a-z0-9_]*$/), columns: z.array(z.string()).min(1) })),
  parts: z.array(z.object({ name: z.string(), size: z.number().int().nonnegative(), sm3: z.string().regex(/^[0-9a-f]{64}$/) })),
})
export type Manifest = z.infer<typeof manifestSchema>

export const MANIFEST = 'manifest.json'
export const JOBS_PART = 'jobs.copy'

/** 表的一部分：`tables/<表>/<序号>.copy`；文件：`files/<sha256>`。 */
export const tablePart = (table: string, index: number): string => `tables/${table}/${String(index).padStart(6, '0')}.copy`
export const filePart = (key: string): string => `files/${key}`

/** 备份文件坏了、被改过或不是备份。 */
export class BadBackup extends Error {
  override name = 'BadBackup'
}
