/** 重造一份 DOCX 所要的：段与表，按次序。 */
export type Piece = Paragraph | Table

export interface Paragraph {
  kind: 'paragraph'
  /** 可遮盖的段的编号 */
  id: number
  spans: readonly Span[]
  align: 'left' | 'center' | 'right' | 'both'
  /** 首行缩进两字 */
  indent: boolean
}

export interface Span {
  text: string
  bold: boolean
  /** 半点；没有写明为 null */
  size: number | null
}

export interface Table {
  kind: 'table'
  rows: readonly (readonly TableCell[])[]
}

export interface TableCell {
  colspan: number
  /** 竖向合并：起头、接续、不合并 */
  down: 'start' | 'continue' | 'none'
  pieces: readonly Piece[]
}

export interface DocxModel {
  header: readonly Piece[]
  body: readonly Piece[]
  footer: readonly Piece[]
}
