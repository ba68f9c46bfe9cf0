import type { PlainDate } from '../../statute/plain-date.ts'

/** 考核表办到哪里。核查之后过了申诉期而没有申诉的，视同没有异议。 */
export const SHEET_STATES = {
  self: '待自评',
  submitted: '待核查',
  checked: '待答复核查',
  accepted: '没有异议',
  appealed: '待复核',
  decided: '已复核',
  excused: '不参加',
} as const
export type SheetState = keyof typeof SHEET_STATES

export interface Sheet {
  bodyId: string
  schemeId: string
  version: number
  year: number
  position: number
  state: SheetState
  submittedBy: string | null
  submittedOn: PlainDate | null
  checkedBy: string | null
  checkedOn: PlainDate | null
  appealBy: PlainDate | null
  answeredBy: string | null
  answeredOn: PlainDate | null
  decidedBy: string | null
  decidedOn: PlainDate | null
  excused: string | null
}

/** 谁的一步：机关的、区政务公开办的；各在哪一状态可以办，办成什么。 */
export const SHEET_STEPS = {
  submit: { by: 'body', from: ['self'], to: 'submitted', label: '提交自评' },
  // 机关过了截止日不自评的，考核不能因此停着
  'go-on': { by: 'office', from: ['self'], to: 'submitted', label: '不等自评，径行核查' },
  'finish-check': { by: 'office', from: ['submitted'], to: 'checked', label: '完成核查' },
  'send-back': { by: 'office', from: ['submitted'], to: 'self', label: '退回自评' },
  accept: { by: 'body', from: ['checked'], to: 'accepted', label: '没有异议' },
  appeal: { by: 'body', from: ['checked'], to: 'appealed', label: '提出申诉' },
  decide: { by: 'office', from: ['appealed'], to: 'decided', label: '完成复核' },
  excuse: { by: 'office', from: ['self', 'submitted', 'checked'], to: 'excused', label: '不参加考核' },
  restore: { by: 'office', from: ['excused'], to: 'self', label: '恢复参加' },
} as const satisfies Record<string, { by: 'body' | 'office'; from: readonly SheetState[]; to: SheetState; label: string }>
export type SheetStep = keyof typeof SHEET_STEPS
export const isSheetStep = (text: string): text is SheetStep => Object.hasOwn(SHEET_STEPS, text)
export const SHEET_STEP_NAMES = Object.keys(SHEET_STEPS) as SheetStep[]

/** 一项上填写的四处，各在哪一状态可以填。 */
export const LINE_PARTS = {
  self: { by: 'body', state: 'self', label: '自评' },
  check: { by: 'office', state: 'submitted', label: '核查' },
  appeal: { by: 'body', state: 'checked', label: '申诉' },
  decide: { by: 'office', state: 'appealed', label: '复核' },
} as const satisfies Record<string, { by: 'body' | 'office'; state: SheetState; label: string }>
export type LinePart = keyof typeof LINE_PARTS
export const isLinePart = (text: string): text is LinePart => Object.hasOwn(LINE_PARTS, text)
export const LINE_PART_NAMES = Object.keys(LINE_PARTS) as LinePart[]

/** 可以公布了：没有异议、复核过、不参加，或者过了申诉期。 */
export const isSettled = ({ state, appealBy }: Pick<Sheet, 'state' | 'appealBy'>, today: PlainDate): boolean =>
  state === 'accepted' || state === 'decided' || state === 'excused' || (state === 'checked' && appealBy !== null && appealBy < today)
