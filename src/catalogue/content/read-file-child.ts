import { serveChild } from '../../platform/child-side.ts'
import { examine, wordBody } from './examine-file.ts'
import { RefusedFile } from './file-text.ts'
import type { ReaderInput, ReaderOutput } from './read-file.ts'

serveChild<ReaderInput, ReaderOutput>(async ({ kind, bytes, name }) => {
  try {
    return kind === 'examine' ? { kind: 'examined', examined: await examine(Buffer.from(bytes), name) } : { kind: 'word-body', html: await wordBody(Buffer.from(bytes), name) }
  } catch (error) {
    if (error instanceof RefusedFile) return { kind: 'refused', message: error.message }
    throw error
  }
})
