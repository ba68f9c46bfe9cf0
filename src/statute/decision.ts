/** 名词的决定：可以，则有哪些事发生；不可以，则是哪一种缘故（在边界上措辞）。 */
export type Decision<E, R extends string> = { ok: true; events: readonly E[] } | { ok: false; refusal: R }

export const accept = <E>(...events: readonly E[]): { ok: true; events: readonly E[] } => ({ ok: true, events })

export const refuse = <R extends string>(refusal: R): { ok: false; refusal: R } => ({ ok: false, refusal })
