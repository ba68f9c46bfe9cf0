import { Unredactable } from '../unredactable.ts'
import { verifyXlsx } from '../verify/verify-xlsx.ts'
import { marksByBlock } from './hide-text.ts'
import { readXlsx } from './read-xlsx.ts'
import { writeXlsx } from './write-xlsx.ts'
import type { Engine } from '../engine.ts'

export const xlsxEngine: Engine = {
  open: async (bytes) => {
    const { blocks, hidden } = await readXlsx(bytes)
    return { view: { shape: 'blocks', blocks }, hidden }
  },
  picture: () => Promise.reject(new Unredactable('wrong-type', 'XLSX 不分页，按格遮盖')),
  redact: async (bytes, marks) => {
    const { sheets, blocks } = await readXlsx(bytes)
    return writeXlsx(sheets, marksByBlock(marks, blocks))
  },
  verify: async (original, marks, result) => {
    const { sheets, blocks } = await readXlsx(original)
    return verifyXlsx(sheets, blocks, marksByBlock(marks, blocks), result)
  },
}
