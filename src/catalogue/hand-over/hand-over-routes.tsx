import { join } from 'node:path'
import { Readable } from 'node:stream'
import { Hono } from 'hono'
import { record } from '../../audit/index.ts'
import { can, listDisplayNames, permit, setFlash, signedIn, takeFlash } from '../../identity/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { parseForm } from '../../platform/http/index.ts'
import { renderPage } from '../../platform/html/index.ts'
import { isWithdrawnSince, listExports } from './export/export-store.ts'
import { listTargetStates } from './export/export-targets.ts'
import { exportDir, isRunning, startExport } from './export/run-export.ts'
import { MANIFEST, readManifest } from './export/site-dir.ts'
import type { Manifest } from './export/site-dir.ts'
import { fitsZip, zipSite } from './export/zip-site.ts'
import { HAND_OVER, HandOverPage } from './hand-over-page.tsx'
import type { HandOverModel } from './hand-over-page.tsx'

/** 工作台的交门户；挂在 requireSignIn 之后。 */
export const handOverRoutes = new Hono()

const SHOWN = 10

handOverRoutes.get(HAND_OVER, permit('item.read'), async (c) => {
  const { deps, actor } = signedIn(c)
  const exports = await listExports(deps.db, SHOWN)
  const running = isRunning(exports[0], deps.clock.now())
  const names = await listDisplayNames(deps.db, exports.map((row) => row.requested_by))
  const ready = await toDownload(deps)
  const model: HandOverModel = { exports, names, running, mayExport: can(actor, 'export.data'), mayImport: can(actor, 'ledger.import'), dir: exportDir(deps.config), targets: await listTargetStates(deps), download: 'why' in ready ? { ok: false, why: ready.why } : { ok: true }, flash: takeFlash(c) }
  return renderPage(c, <HandOverPage {...model} />, running ? { refreshSeconds: 2 } : {})
})

handOverRoutes.post(`${HAND_OVER}/export`, permit('export.data'), async (c) => {
  const { deps, actor } = signedIn(c)
  const form = await parseForm(c, { maxBytes: 4096, maxFields: 4 })
  const started = await startExport(deps, actor, { bodyId: actor.bodyId, full: form.text('full') === 'yes' })
  if (!started.ok) setFlash(c, { tone: 'warn', text: '已经在导出，请等它办完' })
  return c.redirect(HAND_OVER, 303)
})

// 导出之后撤回了的，目录里还有：不给下载，须再导出一次
async function toDownload(deps: Deps): Promise<{ manifest: Manifest } | { why: string }> {
  const dir = exportDir(deps.config)
  const manifest = await readManifest(join(dir, MANIFEST))
  if (manifest === null || !manifest.complete) return { why: '导出完了才能下载；在别的服务器上导出的，到那里的目录去取。' }
  if (await isWithdrawnSince(deps.db, new Date(manifest.at))) return { why: '导出之后有信息撤回了，再导出一次才能下载。' }
  return fitsZip(manifest) ? { manifest } : { why: '文件太多，不打包；请到服务器的目录去取。' }
}

handOverRoutes.get(`${HAND_OVER}/site.zip`, permit('export.data'), async (c) => {
  const { deps, actor } = signedIn(c)
  const ready = await toDownload(deps)
  if ('why' in ready) {
    setFlash(c, { tone: 'warn', text: ready.why })
    return c.redirect(HAND_OVER, 303)
  }
  await record(deps.db, actor, 'site.downloaded', 'site-export', { files: Object.keys(ready.manifest.files).length })
  c.header('Content-Type', 'application/zip')
  c.header('Content-Disposition', `attachment; filename="site-${ready.manifest.at.slice(0, 10)}.zip"`)
  return c.body(Readable.toWeb(Readable.from(zipSite(exportDir(deps.config), ready.manifest))) as ReadableStream<Uint8Array>)
})
