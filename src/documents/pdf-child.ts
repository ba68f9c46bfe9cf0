import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { serveChild } from '../platform/child-side.ts'
import { root } from '../platform/paths.ts'

/** 一件排版：数据已是模板所要的 JSON；字体文件只在进程的第一件时载入。 */
export interface PdfJob {
  data: string
  fontFiles: readonly string[]
}

export type PdfReply = { ok: true; pdf: Buffer; pages: number } | { ok: false; missing: string[]; message: string }

const home = join(root, 'src/documents')
const template = readFileSync(join(home, 'report.typ'), 'utf8')
let compiler: NodeCompiler | null = null

serveChild<PdfJob, PdfReply>(({ data, fontFiles }) => {
  // 只给文件路径：路径与内存字体并用会使引擎崩溃
  compiler ??= NodeCompiler.create({ workspace: home, fontArgs: [{ fontPaths: [...fontFiles] }] })
  compiler.mapShadow(join(home, 'data.json'), Buffer.from(data))
  const compiled = compiler.compile({ mainFileContent: template, resetRead: true })
  const failure = compiled.takeError()
  if (failure || !compiled.result) return refusal(failure ? JSON.stringify(compiler.fetchDiagnostics(failure)) : '没有结果')
  const warnings = compiled.takeWarnings()
  if (warnings) return refusal(JSON.stringify(compiler.fetchDiagnostics(warnings)))
  try {
    return { ok: true, pdf: compiler.pdf(compiled.result, { pdfStandard: 'ua-1' }), pages: compiled.result.numOfPages }
  } catch (error) {
    return refusal(error instanceof Error ? error.message : String(error))
  }
})

// PDF/UA 不许有字形缺失：引擎逐处报出缺的字
function refusal(message: string): PdfReply {
  const texts = [...message.matchAll(/the text `\\"(.+?)\\"` could not be displayed/g)].map((found) => found[1] ?? '')
  const missing = texts.map((text) => text.replace(/\\+u\{([0-9a-f]+)\}/g, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16))))
  return { ok: false, missing: [...new Set(missing.flatMap((text) => Array.from(text)))], message }
}
