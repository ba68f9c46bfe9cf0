/**
 * 比对标签前的归一（附录 A）：全角转半角、去空白与换行、引号等价；序号后的顿号视同点号。
 * 归一后逐字相等方为标签相符。
 */
export const normalLabel = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s\u200b\ufeff\u00ad]+/g, '')
    .replace(/[“”„‟"]/g, '"')
    .replace(/^(\(?[\d一二三四五六七八九十]+\)?)[、.．,，]/, '$1.')
