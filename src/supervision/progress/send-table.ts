import type { Context, Hono, MiddlewareHandler } from 'hono'
import { ledgerTemplateCsv, ledgerTemplateXlsx, toCsvLine } from '../../platform/ledger/index.ts'
import type { LedgerColumn } from '../../platform/ledger/index.ts'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const named = (name: string) => `attachment; filename*=UTF-8''${encodeURIComponent(name)}`

/** 两种空白模板的路由。 */
export function templateRoutes(routes: Hono, base: string, guard: MiddlewareHandler, spec: { title: string; columns: readonly LedgerColumn[] }): void {
  routes.get(`${base}/template.csv`, guard, (c) => c.body(new Uint8Array(ledgerTemplateCsv(spec)), 200, { 'Content-Type': 'text/csv; charset=utf-8', 'Content-Disposition': named(`${spec.title}模板.csv`) }))
  routes.get(`${base}/template.xlsx`, guard, async (c) => c.body(new Uint8Array(await ledgerTemplateXlsx(spec)), 200, { 'Content-Type': XLSX, 'Content-Disposition': named(`${spec.title}模板.xlsx`) }))
}

/** 导出一张 CSV，带字节序标记。 */
export const sendCsv = (c: Context, name: string, lines: readonly (readonly string[])[]): Response =>
  c.body(`\ufeff${lines.map(toCsvLine).join('')}`, 200, { 'Content-Type': 'text/csv; charset=utf-8', 'Content-Disposition': named(`${name}.csv`), 'Cache-Control': 'no-store' })
