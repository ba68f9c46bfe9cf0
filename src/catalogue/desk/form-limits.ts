import { BODY_LIMITS } from '../content/clean-html.ts'
import { FILE_LIMITS } from '../content/file-limits.ts'

const MB = 1024 * 1024

/** 信息表单：正文一栏可以很长，附件可以几个一起来。 */
export const ITEM_FORM = { maxBytes: FILE_LIMITS.uploadBytes, maxFiles: FILE_LIMITS.perUpload + 1, maxFields: 600, maxFieldBytes: 4 * MB }
/** 粘贴一段、插入一张图片。 */
export const PASTE_FORM = { maxBytes: BODY_LIMITS.pasted + FILE_LIMITS.pictureBytes, maxFiles: 1, maxFields: 5, maxFieldBytes: BODY_LIMITS.pasted }
export const SMALL_FORM = { maxBytes: 64 * 1024, maxFields: 300 }
