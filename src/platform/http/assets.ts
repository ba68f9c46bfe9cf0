import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { Context, MiddlewareHandler } from 'hono'
import { root } from '../paths.ts'

interface Asset {
  href: string
  type: string
  plain: Uint8Array<ArrayBuffer>
  gzip: Uint8Array<ArrayBuffer>
  brotli: Uint8Array<ArrayBuffer>
}

export interface Assets {
  /** 样式表的地址，含内容的散列 */
  stylesheet: string
  icon: string
  /** 小脚本：名字（`x.island.js` 的 `x`）→ 地址 */
  islands: Readonly<Record<string, string>>
  serve: MiddlewareHandler
}

const load = (file: string, type: string): Asset => {
  const plain = readFileSync(join(root, 'src', file))
  const hash = createHash('sha256').update(plain).digest('hex').slice(0, 12)
  const [name, suffix] = [nameOf(file), file.split('.').at(-1)]
  return {
    href: `/assets/${name}.${hash}.${suffix}`,
    type,
    plain: Uint8Array.from(plain),
    gzip: Uint8Array.from(gzipSync(plain, { level: 9 })),
    brotli: Uint8Array.from(brotliCompressSync(plain)),
  }
}

const nameOf = (file: string): string => basename(file).split('.')[0] ?? ''

/** 读入静态文件并压好；地址带内容散列，故可永久缓存，内容一改地址即改。 */
export function loadAssets(): Assets {
  const stylesheet = load('platform/html/style.css', 'text/css; charset=utf-8')
  const icon = load('platform/html/icon.svg', 'image/svg+xml')
  const islands = globSync('**/*.island.js', { cwd: join(root, 'src') }).map((file) => [nameOf(file), load(file, 'text/javascript; charset=utf-8')] as const)
  const byHref = new Map([stylesheet, icon, ...islands.map(([, asset]) => asset)].map((asset) => [asset.href, asset]))
  return {
    stylesheet: stylesheet.href,
    icon: icon.href,
    islands: Object.fromEntries(islands.map(([name, { href }]) => [name, href])),
    serve: async (c, next) => {
      const asset = byHref.get(c.req.path)
      if (asset === undefined) return next()
      return send(c, asset)
    },
  }
}

function send(c: Context, asset: Asset): Response {
  const accepts = c.req.header('accept-encoding') ?? ''
  const encoding = accepts.includes('br') ? 'br' : accepts.includes('gzip') ? 'gzip' : null
  c.header('Content-Type', asset.type)
  c.header('Cache-Control', 'public, max-age=31536000, immutable')
  c.header('Vary', 'Accept-Encoding')
  if (encoding !== null) c.header('Content-Encoding', encoding)
  return c.body(encoding === 'br' ? asset.brotli : encoding === 'gzip' ? asset.gzip : asset.plain)
}
