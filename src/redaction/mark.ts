/** 能遮盖的文件种类。 */
export type SourceType = 'pdf' | 'docx' | 'xlsx' | 'png' | 'jpeg'

/** 供勾画的样子：一页页的图与其上的文字，或一段段的文字。 */
export type View =
  | { shape: 'pages'; pages: readonly Page[] }
  | { shape: 'blocks'; blocks: readonly Block[] }

/** 一页；宽高为引擎渲染的像素。 */
export interface Page {
  width: number
  height: number
  words: readonly Word[]
}

/** 页上的一个词（汉字则一字）；位置为页宽、页高的 0…1，自左上起。 */
export interface Word {
  text: string
  x: number
  y: number
  w: number
  h: number
}

/** 一段或一格文字；place 为其所在，如「第2张表第3行第1列」「Sheet1!B4」。 */
export interface Block {
  id: number
  text: string
  place: string
}

/** 一处遮盖与其依据：页上一块（0…1），或一段文字的 from 至 to 之前（UTF-16）。 */
export type Mark =
  | { kind: 'area'; page: number; x: number; y: number; w: number; h: number; ground: string }
  | { kind: 'text'; block: number; from: number; to: number; ground: string }

export type AreaMark = Extract<Mark, { kind: 'area' }>
export type TextMark = Extract<Mark, { kind: 'text' }>

/** 打开的文件：所见，与所见之外还带着什么（中文，如「修订 3 处」）。 */
export interface OpenedSource {
  view: View
  hidden: readonly string[]
}
