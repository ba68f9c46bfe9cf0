export type { AreaMark, Block, Mark, OpenedSource, Page, SourceType, TextMark, View, Word } from './mark.ts'
export { closeRedaction, findCovered, openSource, pagePicture, redact, verifyRedaction } from './redact-file.ts'
export { Unredactable } from './unredactable.ts'
export type { UnredactableCode } from './unredactable.ts'
