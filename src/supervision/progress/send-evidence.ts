import type { Context } from 'hono'
import type { Deps } from '../../platform/deps.ts'
import { EVIDENCE_TYPES } from './evidence-file.ts'
import type { EvidenceFile } from './evidence-file.ts'

/** 下载佐证：一律另存，不在页面里打开。 */
export async function sendEvidence(c: Context, { files }: Pick<Deps, 'files'>, { key, name, type }: EvidenceFile): Promise<Response> {
  return c.body(new Uint8Array(await files.get(key)), 200, {
    'Content-Type': EVIDENCE_TYPES[type].mime,
    'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    'Cache-Control': 'no-store',
  })
}
