import { Hono } from 'hono'
import { permit, signedIn } from '../../identity/index.ts'
import { NotFound } from '../../platform/errors.ts'
import { isId } from '../../platform/id.ts'
import { getNoteFile } from './progress.ts'
import { sendEvidence } from './send-evidence.ts'

/** 进展所附的佐证。 */
export const progressRoutes = new Hono()

progressRoutes.get('/desk/progress/:noteId/file', permit('safeguard.read'), async (c) => {
  const { deps, actor } = signedIn(c)
  const noteId = c.req.param('noteId')
  if (!isId(noteId)) throw new NotFound('这份佐证')
  return sendEvidence(c, deps, await getNoteFile(deps.db, actor.bodyId, noteId))
})
