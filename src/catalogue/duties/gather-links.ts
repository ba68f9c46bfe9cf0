import './tables.ts'
import '../tables.ts'
import { createHash } from 'node:crypto'
import * as cheerio from 'cheerio'
import { sql } from 'kysely'
import { transaction } from '../../platform/connect.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { listOf } from '../column/column-parts.ts'
import { findShownPart } from '../column/column-store.ts'

const PAGE = 100
/** 一条信息至多查几个，一机关至多查几个 */
const MOST_PER_ITEM = 100
const MOST = 20_000

/** 一段 HTML 里指向外站的网址，不重复，依次；本站的（`own` 为本站的主机）、邮箱、页内的不算。 */
export function outboundLinks(html: string, own: string): string[] {
  const $ = cheerio.load(html)
  const found = $('a[href]')
    .toArray()
    .flatMap((node) => normalUrl($(node).attr('href') ?? '', own) ?? [])
  return [...new Set(found)].slice(0, MOST_PER_ITEM)
}

/** 规整的网址：只认 http、https 的外站，去掉 # 之后的、用户名与口令；不是的为 null。 */
export function normalUrl(text: string, own: string): string | null {
  const url = URL.parse(text.trim())
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.host === own) return null
  url.hash = ''
  url.username = ''
  url.password = ''
  return url.href.length > 2000 ? null : url.href
}

const keyOf = (url: string): string => createHash('sha256').update(url).digest('hex')

/** 收齐一机关的外链：公开着的信息的正文与发布网址、渠道的网址；不再有的删去。返回几个网址。 */
export async function gatherLinks({ db, files, clock, config }: Pick<Deps, 'db' | 'files' | 'clock' | 'config'>, bodyId: string): Promise<number> {
  const own = new URL(config.baseUrl).host
  const places = new Map<string, Set<string>>()
  const note = (url: string | null, place: string): void => {
    if (url === null || (places.size >= MOST && !places.has(url))) return
    places.set(url, (places.get(url) ?? new Set()).add(place))
  }
  for (const { name, url } of await channelUrls(db, bodyId)) note(normalUrl(url, own), `channel:${name.slice(0, 60)}`)
  for (let after: string | null = null; ; ) {
    const rows = await pageOf(db, bodyId, after)
    for (const { item_id: itemId, url, details } of rows) {
      if (url !== null) note(normalUrl(url, own), `item:${itemId}`)
      const body = details?.body ?? null
      if (body === null || !(await files.has(body))) continue
      for (const each of outboundLinks((await files.get(body)).toString('utf8'), own)) note(each, `item:${itemId}`)
    }
    after = rows.length < PAGE ? null : (rows.at(-1)?.item_id ?? null)
    if (after === null) break
  }
  await transaction(db, (tx) => saveLinks(tx, bodyId, places, clock.now()))
  return places.size
}

async function pageOf(tx: Tx, bodyId: string, after: string | null) {
  const query = tx.selectFrom('published_item').select(['item_id', 'url', 'details']).where('body_id', '=', bodyId).where('withdrawn_on', 'is', null).orderBy('item_id').limit(PAGE)
  return (after === null ? query : query.where('item_id', '>', after)).execute()
}

async function channelUrls(tx: Tx, bodyId: string): Promise<{ name: string; url: string }[]> {
  const shown = await findShownPart(tx, bodyId, 'channels')
  if (shown === null) return []
  return listOf(shown.content, 'channels').flatMap((row) => [row['url'], row['qr']].flatMap((url) => (url === undefined || url === '' ? [] : [{ name: row['name'] ?? '', url }])))
}

async function saveLinks(tx: Tx, bodyId: string, places: ReadonlyMap<string, ReadonlySet<string>>, at: Date): Promise<void> {
  const links = [...places.keys()].map((url) => ({ body_id: bodyId, link_key: keyOf(url), url, seen_at: at.toISOString() }))
  const spots = [...places].flatMap(([url, where]) => [...where].map((place) => ({ body_id: bodyId, link_key: keyOf(url), place })))
  for (let from = 0; from < links.length; from += 1000)
    await sql`insert into outbound_link (body_id, link_key, url, seen_at)
      select body_id, link_key, url, seen_at from json_to_recordset(${JSON.stringify(links.slice(from, from + 1000))}::json) as l (body_id uuid, link_key text, url text, seen_at timestamptz)
      on conflict (body_id, link_key) do update set seen_at = excluded.seen_at`.execute(tx)
  await tx.deleteFrom('outbound_link').where('body_id', '=', bodyId).where('seen_at', '<', at).execute()
  await tx.deleteFrom('outbound_link_place').where('body_id', '=', bodyId).execute()
  for (let from = 0; from < spots.length; from += 1000) await tx.insertInto('outbound_link_place').values(spots.slice(from, from + 1000)).onConflict((oc) => oc.doNothing()).execute()
}
