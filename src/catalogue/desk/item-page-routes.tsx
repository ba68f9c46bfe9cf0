import { Hono } from 'hono'
import type { Context } from 'hono'
import { getCalendar } from '../../bodies/index.ts'
import { can, listDisplayNames, permit, signedIn, takeFlash } from '../../identity/index.ts'
import { NotFound } from '../../platform/errors.ts'
import { renderPage } from '../../platform/html/index.ts'
import { isId } from '../../platform/id.ts'
import { countWithoutAlt, renderBody } from '../content/clean-html.ts'
import { diffVersions } from '../content/diff-versions.ts'
import { findDraft } from '../content/draft-store.ts'
import { listItemFiles } from '../content/item-files.ts'
import { loadReview } from '../review/load-review.ts'
import { getItem } from '../store.ts'
import { listRelationTitles } from './find-relatable.ts'
import { ItemPage } from './item-page.tsx'
import { listVersions, readBodyText } from './item-versions.ts'
import { deskFileHref } from './load-form.ts'
import { readStoredBody } from './stored-body.ts'
import { dueOfItem, factsOfItem, toLifeLines } from './to-item-page.ts'
import { VersionPage } from './version-page.tsx'

/** 一条信息的页面与各稿的比较；`/desk/items/…` 的其他地址须先挂上。 */
export const itemPageRoutes = new Hono()

const read = permit('item.read')

async function open(c: Context) {
  const { deps, actor } = signedIn(c)
  const itemId = c.req.param('itemId') ?? ''
  if (!isId(itemId)) throw new NotFound('该信息')
  const place = { bodyId: actor.bodyId, itemId }
  const { state, history } = await getItem(deps.db, place.bodyId, itemId)
  return { deps, actor, place, item: state, history }
}

itemPageRoutes.get('/desk/items/:itemId', read, async (c) => {
  const { deps, actor, place, item, history } = await open(c)
  const { db, files, clock } = deps
  const { bodyId, itemId } = place
  const known = new Map((await listItemFiles(db, place)).map((file) => [file.key, file]))
  const stored = await readStoredBody(files, item.content)
  const versions = listVersions(history)
  const { details } = item.content
  const titles = await listRelationTitles(db, bodyId, details?.relations ?? [])
  const draft = await findDraft(db, { ...place, accountId: actor.accountId })
  const names = await listDisplayNames(db, history.flatMap(({ actor: by, event }) => [by, event.onBehalfOf ?? '', 'handler' in event ? event.handler : '']))
  return renderPage(
    c,
    <ItemPage
      {...{ itemId, item, versions, names }}
      due={dueOfItem(item, await getCalendar(db), clock.today())}
      facts={factsOfItem(item)}
      lines={toLifeLines(history, names)}
      body={renderBody(stored, (key) => deskFileHref(itemId, key))}
      unnamed={countWithoutAlt(stored)}
      attachments={(details?.attachments ?? []).map((file) => ({ ...file, textState: known.get(file.key)?.textState ?? 'no-text', textNote: known.get(file.key)?.textNote ?? null }))}
      relations={(details?.relations ?? []).map((relation) => ({ ...relation, title: titles.get(relation.indexNo) ?? '' }))}
      review={await loadReview(deps, actor, place)}
      draftAt={draft?.savedAt ?? null}
      canEdit={can(actor, 'item.handle', bodyId) && item.status !== 'expired'}
      publicHref={`/items/${item.indexNo}`}
      flash={takeFlash(c)}
    />,
  )
})

itemPageRoutes.get('/desk/items/:itemId/versions/:number', read, async (c) => {
  const { deps, place, item, history } = await open(c)
  const versions = listVersions(history)
  const after = versions[Number(c.req.param('number')) - 1]
  const asked = Number(c.req.query('from') ?? '')
  const before = versions.find(({ number }) => number === asked && number !== after?.number) ?? versions[(after?.number ?? 0) - 2]
  if (after === undefined || before === undefined) throw new NotFound('这一稿')
  const textOf = async (version: typeof after) => ({ content: version.content, classification: version.classification, text: await readBodyText(deps.db, place, version.content) })
  const difference = diffVersions(await textOf(before), await textOf(after))
  return renderPage(c, <VersionPage itemId={place.itemId} title={item.content.title} {...{ versions, before, after, difference }} />)
})
