/** 一行中的一格。 */
export interface SourceCell {
  /** 原样的文字 */
  text: string
  /** 表格行为格的序号（0 起），文本行为显示列（汉字占两列） */
  column: number
  /** 跨列数；文本行恒为 1 */
  span: number
}

/**
 * 各种文件共用的行。
 * grid：有真实的格（HTML、DOCX、划线的 PDF），被跨行跨列盖住的格不在 cells 里；
 * split：以制表符或竖线分格的文本，空格也算一格；
 * plain：只有空白分隔的文本，空格不可见；
 * rule：只有表格线的行。
 */
export interface SourceLine {
  number: number
  text: string
  layout: 'grid' | 'split' | 'plain' | 'rule'
  cells: readonly SourceCell[]
  /** 来源已知为页眉页脚 */
  furniture?: true
}

/** 从一种文件读出的全部行，以及读时丢失字符的说明。 */
export interface Source {
  lines: readonly SourceLine[]
  /** 解码时认不出的字符数 */
  lostCharacters: number
  /** 文件属性里的题名 */
  title?: string
}
