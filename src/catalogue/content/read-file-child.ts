import { serveChild } from '../../platform/child-side.ts'
import { cleanHtml } from './clean-html.ts'
import { examine, wordBody } from './examine-file.ts'
import { RefusedFile } from './file-text.ts'
import type { ReaderInput, ReaderOutput } from './read-file.ts'

serveChild<ReaderInput, ReaderOutput>(async ({ kind, bytes, name }) => {
  const file = Buffer.from(bytes)
  try {
    if (kind === 'clean') return { kind: 'cleaned', result: cleanHtml(file.toString('utf8')) }
    return kind === 'examine' ? { kind: 'examined', examined: await examine(file, name) } : { kind: 'word-body', ...(await wordBody(file, name)) }
  } catch (error) {
    if (error instanceof RefusedFile) return { kind: 'refused', message: error.message }
    throw error
  }
})
