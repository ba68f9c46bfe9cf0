import type { CellCode, Cells, Edition } from '../../statute/report-form.ts'

export type ReadFormat = 'html' | 'docx' | 'pdf' | 'txt' | 'json' | 'xlsx'

/** 从文件读出的一份年度报告；核查的规则只看这个模型，不看文件。 */
export interface ReadReport {
  file: string
  format: ReadFormat
  /** 题名，原样的一行，如「2024 年度政府信息公开工作年度报告」 */
  title: string | null
  /** 报告主体：题名所含或题名上一行的机关名 */
  body: string | null
  year: number | null
  edition: Edition
  /** 该版的全部格，次序同 cellsOf；空格、认不出、没有该行的为 null */
  cells: Cells
  /** 每格的出处与读法；表中没有的格没有出处 */
  places: Readonly<Record<CellCode, CellPlace>>
  /** 正文与表格展开成的行，行号 1 起，与原文本一致；表格行以制表符分格 */
  lines: readonly ReadLine[]
  /** 读法上的说明：连写的数字如何断开、哪里有歧义、哪些行宽度不足 */
  notes: readonly ReadingNote[]
}

export interface CellPlace {
  line: number
  /** 原样的文字，如空格、`-`、`／`、`０`；由勾稽关系推定而原文没有的为空串 */
  raw: string
  /** 原文没有这一格，值由勾稽关系推定 */
  deduced?: true
}

export interface ReadLine {
  number: number
  text: string
  /** 属于哪部分：标题、正文、表 2–4、页眉页脚等版面杂物 */
  kind: 'heading' | 'prose' | 'table' | 'furniture' | 'blank'
  table?: 'T2' | 'T3' | 'T4'
}

export interface ReadingNote {
  kind:
    | 'row-too-short'
    | 'row-too-long'
    | 'row-nested-wrong'
    | 'row-merged'
    | 'digits-run-together'
    | 'label-differs'
    | 'label-missing'
    | 'table-missing'
    | 'table-split'
    | 'characters-lost'
  line: number
  /** 所涉的行代码（如 `R3.1`）或格代码 */
  code: string | null
  /** 中文说明 */
  message: string
}
