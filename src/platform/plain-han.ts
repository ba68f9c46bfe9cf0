// 部首补充区没有兼容分解，另列；户、青两个部首的分解是另一种写法，也在此改正
const RADICALS = '⺎兀⺒巳⺓幺⺕彐⺟母⺠民⺫目⻁虎⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻬齐⻮齿⻰龙⻳龟⼾户⾭青'
const PLAIN: ReadonlyMap<string, string> = new Map(Array.from({ length: RADICALS.length / 2 }, (_, i) => [RADICALS.charAt(i * 2), RADICALS.charAt(i * 2 + 1)]))

/** 部首区、兼容区的字与连字 → 通常的字；PDF 里常把「民」写成同形的部首，照「民」便查不到。 */
export const plainHan = (text: string): string => text.replace(/[\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufb06]/g, (each) => PLAIN.get(each) ?? each.normalize('NFKC'))
