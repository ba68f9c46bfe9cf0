import type { Context } from 'hono'
import { renderPage } from '../platform/html/index.ts'
import { publicPage } from '../platform/http/index.ts'
import type { Mount } from '../platform/http/index.ts'
import { createApi } from './api.ts'
import { ApiDocsPage } from './docs-page.tsx'
import { systemRoutes } from './system-routes.tsx'
import { toDocs } from './to-docs.ts'
import { webhookRoutes } from './webhook-routes.tsx'
import { toOpenApi } from './openapi-document.ts'
import type { ApiDocument } from './openapi-document.ts'

/** 接口与其说明（`/api` 与 `/api/openapi.json` 不须令牌）、工作台的接入系统；须在 mountIdentity 之后。 */
export const mountApi: Mount = (app) => {
  const api = createApi()
  let made: ApiDocument | null = null
  const documentOf = (c: Context): ApiDocument => (made ??= toOpenApi(api, c.get('deps').config.baseUrl))
  app.get('/api/openapi.json', (c) => c.json(documentOf(c)))
  app.get('/api', (c) => publicPage(c, async () => renderPage(c, <ApiDocsPage docs={toDocs(documentOf(c))} />)))
  app.route('/', api)
  app.route('/', systemRoutes)
  app.route('/', webhookRoutes)
}
