import type { Mark, OpenedSource, SourceType } from './mark.ts'

/** 一类文件的四件事；在子进程中运行，读不出抛 Unredactable。 */
export interface Engine {
  open(bytes: Uint8Array): Promise<OpenedSource>
  picture(bytes: Uint8Array, page: number): Promise<Uint8Array>
  redact(bytes: Uint8Array, marks: readonly Mark[]): Promise<Uint8Array>
  verify(original: Uint8Array, marks: readonly Mark[], result: Uint8Array): Promise<readonly string[]>
}

/** 用到才载入：遮一张图不必等 pdfjs。 */
export async function engineFor(type: SourceType): Promise<Engine> {
  switch (type) {
    case 'pdf':
      return (await import('./pages/pdf-engine.ts')).pdfEngine
    case 'png':
    case 'jpeg':
      return (await import('./pages/image-engine.ts')).imageEngine(type)
    case 'docx':
      return (await import('./blocks/docx-engine.ts')).docxEngine
    case 'xlsx':
      return (await import('./blocks/xlsx-engine.ts')).xlsxEngine
  }
}
