import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { serveChild } from '../platform/child-side.ts'
import { root } from '../platform/paths.ts'

/** 一件排版：数据已是模板所要的 JSON。 */
export interface PdfJob {
  data: string
  fontFiles: readonly string[]
  /** 文书里的图，数据里以次序指它 */
  pictures: readonly Uint8Array[]
}

export type PdfReply = { ok: true; pdf: Buffer; pages: number } | { ok: false; missing: string[]; message: string }

const home = join(root, 'src/documents')
const template = readFileSync(join(home, 'report.typ'), 'utf8')

// 载入字体约四十毫秒，字体不变就不重载。只给文件路径：路径与内存字体并用会使引擎崩溃
let loaded: { key: string; compiler: NodeCompiler } | null = null
function compilerWith(fontFiles: readonly string[]): NodeCompiler {
  const key = fontFiles.join('\n')
  if (loaded?.key !== key) loaded = { key, compiler: NodeCompiler.create({ workspace: home, fontArgs: [{ fontPaths: [...fontFiles] }] }) }
  return loaded.compiler
}

serveChild<PdfJob, PdfReply>(({ data, fontFiles, pictures }) => {
  const compiler = compilerWith(fontFiles)
  // 引擎把每份文书的排版结果都记着：不清则每份占 16 MB，清了约 2 MB
  compiler.evictCache(2)
  compiler.mapShadow(join(home, 'data.json'), Buffer.from(data))
  for (const [i, bytes] of pictures.entries()) compiler.mapShadow(join(home, `picture-${i}`), Buffer.from(bytes))
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
