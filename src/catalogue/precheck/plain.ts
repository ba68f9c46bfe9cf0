/** 全角化半角、去掉不占位的字符：号码里夹着它们的也认得出。 */
export const toPlain = (text: string): string => text.normalize('NFKC').replaceAll(/\p{Cf}/gu, '')
