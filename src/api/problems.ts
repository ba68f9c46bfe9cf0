import type { Problem } from '../platform/http/index.ts'

/** 接口的各类错误，一处措辞；code 即说明页上的锚。 */
export const PROBLEMS = {
  unauthorized: { status: 401, title: '令牌无效', detail: '请在 Authorization 头写 Bearer 与有效的令牌。没有写、写错、过期、作废、系统停用的，答复相同。' },
  'scope-missing': { status: 403, title: '没有这项权限', detail: '这个系统没有得到办这件事的权限，请与所接入机关的信息公开工作机构联系。' },
  forbidden: { status: 403, title: '无权办理', detail: '这个系统不能办这件事。' },
  'not-found': { status: 404, title: '没有找到', detail: '所接入的机关没有这一件，或者地址有误。' },
  malformed: { status: 400, title: '请求有误', detail: '请求的格式不对，没有办理。' },
  invalid: { status: 422, title: '内容有误', detail: '请按 errors 逐栏改正后再交，可以仍用同一 Idempotency-Key。' },
  'too-large': { status: 413, title: '内容太大', detail: '超过上限，没有接收。' },
  'key-missing': { status: 400, title: '没有写 Idempotency-Key', detail: '提交须带 Idempotency-Key 头，8 至 100 个字母、数字或者 . _ : -；同一件事重发用同一键，不会办两次。' },
  'key-reused': { status: 422, title: 'Idempotency-Key 用过了', detail: '这个键已用于内容不同的另一次提交。新的事请用新的键。' },
  'reason-missing': { status: 400, title: '没有写事由', detail: '取用个人信息须在 Access-Reason 头写明事由，二至二百字，以百分号编码的 UTF-8；不写申请人的姓名、电话。' },
  duplicates: { status: 409, title: '可能重复', detail: '同一申请人同月提过，或者内容相同的见 duplicates。确属另一件的，把 seen 写在 duplicatesSeen 再交一次。' },
  refused: { status: 409, title: '现在不能办', detail: '这件申请现在不能办这一步。' },
  conflict: { status: 409, title: '他人已先行办理', detail: '这件申请刚被改动，没有办理。请重新读取，再决定是否办理。' },
  'too-many-papers': { status: 409, title: '材料太多', detail: '这一件的材料已到上限，请与机关联系，当面或者邮寄提交。' },
} as const satisfies Record<string, Omit<Problem, 'code'>>

export type ProblemCode = keyof typeof PROBLEMS

/** 接口的一次拒绝；由 api 的出错处写成 problem+json。 */
export class ApiProblem extends Error {
  override name = 'ApiProblem'
  readonly problem: Problem
  constructor(code: ProblemCode, more: Partial<Pick<Problem, 'detail' | 'errors' | 'more'>> = {}) {
    super(code)
    this.problem = { code, ...PROBLEMS[code], ...more }
  }
}
