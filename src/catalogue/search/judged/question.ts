/** 一句问话与怎样的结果算好：标题（或指南的「机构 所答的问题」）合于哪个样式得几分，3 正是所求、2 有用、1 沾边；没写的 0 分。 */
export interface JudgedQuestion {
  asked: string
  /** 考的是什么 */
  about: 'words' | 'question' | 'synonym' | 'pinyin' | 'typo' | 'number' | 'attachment' | 'text' | 'body' | 'time'
  grades: readonly (readonly [grade: 1 | 2 | 3, title: RegExp])[]
}

/** 一个结果得几分。 */
export const gradeOf = ({ grades }: JudgedQuestion, title: string): number => Math.max(0, ...grades.filter(([, pattern]) => pattern.test(title)).map(([grade]) => grade))

/**
 * 前十条的 nDCG：好的越靠前越近于 1。
 * @param got 依次所得各条的分
 * @param all 库里每一条的分
 */
export function ndcg(got: readonly number[], all: readonly number[]): number {
  const best = dcg(all.toSorted((a, b) => b - a))
  return best === 0 ? 0 : dcg(got) / best
}

const MOST = 10
const dcg = (grades: readonly number[]): number => grades.slice(0, MOST).reduce((sum, grade, i) => sum + (2 ** grade - 1) / Math.log2(i + 2), 0)
