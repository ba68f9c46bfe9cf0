/** 每行一条：去掉空行与自带的序号、句末标点。 */
export const toLines = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim().replace(/^[（(]?\d{1,2}[)）.．、]\s*/, '').replace(/[。；;，,、]+$/, ''))
    .filter((line) => line !== '')
