import { serveChild } from '../../../platform/child-side.ts'
import { decodeText } from '../../content/decode-file-text.ts'
import { RefusedFile } from '../../content/file-text.ts'
import { readOldPage, TooIntricate } from './read-old-page.ts'
import type { PageInput, PageRead } from './read-page.ts'

const MARKUP = /<(?:html|body|div|p|table)\b/i

serveChild<PageInput, PageRead>(({ bytes, selectors }) => {
  try {
    const text = decodeText(Buffer.from(bytes))
    return MARKUP.test(text) ? readOldPage(text, selectors) : { kind: 'not-a-page' }
  } catch (error) {
    if (error instanceof RefusedFile) return { kind: 'refused', why: '读不出来：已经损坏，或者文字编码认不出' }
    if (error instanceof TooIntricate) return { kind: 'refused', why: error.message }
    throw error
  }
})
