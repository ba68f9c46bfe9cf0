import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'

/** PDF 在页面之外还带着什么，中文逐条。annotations 为各页批注之和。 */
export async function pdfHidden(document: PDFDocumentProxy, bytes: Uint8Array, annotations: { comments: number; fields: number }): Promise<string[]> {
  const attachments = await document.getAttachments()
  const { info, metadata } = await document.getMetadata()
  const outline = await document.getOutline()
  const layers = await document.getOptionalContentConfig()
  const actions = await document.getJSActions()
  const revisions = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1').split('%%EOF').length - 2
  return [
    counted('附件', attachments?.size ?? 0, '个'),
    counted('批注', annotations.comments, '处'),
    counted('表单', annotations.fields, '栏'),
    counted('书签', outline?.length ?? 0, '条'),
    counted('图层', layers.getOrder()?.length ?? 0, '个'),
    counted('保存过的旧版本', Math.max(0, revisions), '个'),
    actions ? '脚本' : '',
    properties(info, metadata !== null),
  ].filter((each) => each !== '')
}

const counted = (what: string, count: number, unit: string): string => (count > 0 ? `${what} ${count} ${unit}` : '')

const NAMES = [['Title', '标题'], ['Author', '作者'], ['Subject', '主题'], ['Keywords', '关键词'], ['Creator', '制作软件'], ['Producer', '导出软件']] as const
// 只说有哪几项，不说内容：里面可能正是不该公开的
function properties(info: object, xmp: boolean): string {
  const held: string[] = NAMES.filter(([key]) => {
    const value: unknown = Reflect.get(info, key)
    return typeof value === 'string' && value.trim() !== ''
  }).map(([, name]) => name)
  if (xmp) held.push('XMP 元数据')
  return held.length > 0 ? `文件属性（${held.join('、')}）` : ''
}
