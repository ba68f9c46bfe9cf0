import { Notice } from '../platform/html/index.ts'
import type { Flash } from './web.ts'

/** 上一步办完的一句话，放在页面正文之首；没有则不占地方。 */
export const FlashNotice = ({ flash }: { flash: Flash | null }) =>
  flash === null ? null : <Notice tone={flash.tone} title={flash.text} live />
