import { randomBytes } from 'node:crypto'

/** 一张表单的密令：查询码由它算出，同一张交两次所见相同，别人猜不出。 */
export const newFormKey = (): string => randomBytes(32).toString('base64url')
export const isFormKey = (text: string): boolean => /^[\w-]{43}$/.test(text)
