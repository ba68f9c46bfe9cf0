import { Unredactable } from '../unredactable.ts'
import { verifyDocx } from '../verify/verify-docx.ts'
import { marksByBlock } from './hide-text.ts'
import { readDocx } from './read-docx.ts'
import { writeDocx } from './write-docx.ts'
import type { Engine } from '../engine.ts'

export const docxEngine: Engine = {
  open: async (bytes) => {
    const { blocks, hidden } = await readDocx(bytes)
    return { view: { shape: 'blocks', blocks }, hidden }
  },
  picture: () => Promise.reject(new Unredactable('wrong-type', 'DOCX 不分页，按段遮盖')),
  redact: async (bytes, marks) => {
    const { model, blocks } = await readDocx(bytes)
    return writeDocx(model, marksByBlock(marks, blocks))
  },
  verify: async (original, marks, result) => {
    const { model, blocks } = await readDocx(original)
    return verifyDocx(model, blocks, marksByBlock(marks, blocks), result)
  },
}
