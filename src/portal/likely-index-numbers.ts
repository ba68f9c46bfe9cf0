const LONGEST = 80

/**
 * 抄错、打错的索引号可能是哪些：全角换半角、去空格、大小写，流水号少写了零，一个数字写错、漏写、多写、前后颠倒。
 * 至多几百个，由库里查哪些真有。不含原样。
 */
export function likelyIndexNumbers(asked: string): string[] {
  if (asked.length > LONGEST) return []
  const plain = asked.normalize('NFKC').replaceAll(/\s/g, '')
  const bases = new Set([plain, plain.toUpperCase(), plain.replaceAll(/[／\\]/g, '/')])
  const found = new Set<string>()
  for (const base of bases) {
    found.add(base)
    for (const padded of paddings(base)) found.add(padded)
    for (const slip of slips(base)) found.add(slip)
  }
  found.delete(asked)
  return [...found].slice(0, 600)
}

// 末尾的流水号补零、去零
function paddings(text: string): string[] {
  const [, head, tail] = /^(.*?)(\d+)$/.exec(text) ?? []
  if (head === undefined || tail === undefined) return []
  const bare = tail.replace(/^0+(?=\d)/, '')
  return [4, 5, 6].map((length) => head + bare.padStart(length, '0')).concat(head + bare)
}

const DIGITS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] as const

// 数字上的一处失手
function slips(text: string): string[] {
  const made: string[] = []
  for (let at = 0; at < text.length; at++) {
    if (!/\d/.test(text[at] ?? '')) continue
    const [before, after] = [text.slice(0, at), text.slice(at + 1)]
    made.push(before + after)
    if (/\d/.test(after[0] ?? '')) made.push(before + after.slice(0, 1) + (text[at] ?? '') + after.slice(1))
    for (const digit of DIGITS) made.push(before + digit + after, before + digit + (text[at] ?? '') + after, before + (text[at] ?? '') + digit + after)
  }
  return made
}
