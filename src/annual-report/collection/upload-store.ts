import './tables.ts'
import type { Selectable } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import { NotFound } from '../../platform/errors.ts'
import { isId } from '../../platform/id.ts'
import type { FilingUploadTable } from './tables.ts'

export type Upload = Selectable<FilingUploadTable>

/** 上传而还没有报送的一份；不是这个机关这一年的，抛 NotFound。 */
export async function getUpload(tx: Tx, { bodyId, year }: { bodyId: string; year: number }, uploadId: string): Promise<Upload> {
  const row = isId(uploadId)
    ? await tx.selectFrom('filing_upload').selectAll().where('body_id', '=', bodyId).where('upload_id', '=', uploadId).executeTakeFirst()
    : undefined
  if (row === undefined || row.year !== year) throw new NotFound('上传的报告')
  return row
}

/** 一个机关一年至多同时放几份没有报送的。 */
export const MOST_UPLOADS = 5

export const listUploads = (tx: Tx, bodyId: string, year: number) =>
  tx
    .selectFrom('filing_upload')
    .select(['upload_id', 'file_name', 'confirmed', 'uploaded_by', 'uploaded_at'])
    .where('body_id', '=', bodyId)
    .where('year', '=', year)
    .orderBy('uploaded_at', 'desc')
    .limit(MOST_UPLOADS + 1)
    .execute()

export const deleteUpload = (tx: Tx, bodyId: string, uploadId: string) =>
  tx.deleteFrom('filing_upload').where('body_id', '=', bodyId).where('upload_id', '=', uploadId).execute()

/** 搁置不报的，到时删去。返回删了几份。 */
export async function purgeUploads(tx: Tx, before: Date): Promise<number> {
  const [result] = await tx.deleteFrom('filing_upload').where('uploaded_at', '<', before).execute()
  return Number(result?.numDeletedRows ?? 0)
}
