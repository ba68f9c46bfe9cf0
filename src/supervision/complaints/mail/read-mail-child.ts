import { load } from 'cheerio'
import PostalMime from 'postal-mime'
import type { Email } from 'postal-mime'
import { serveChild } from '../../../platform/child-side.ts'
import { MAIL_LIMITS } from './mail-limits.ts'
import type { ReadMail } from './mail-limits.ts'

/** 子进程入口：一封信的原文 → 要登记的各项。嵌套、信头、附件都有限；HTML 只取文字，不取外面的东西。 */
serveChild<Uint8Array, ReadMail>(async (bytes) => {
  const mail = await PostalMime.parse(bytes, { maxNestingDepth: MAIL_LIMITS.depth, maxHeadersSize: MAIL_LIMITS.headerBytes, maxRfc822NestingDepth: 1, attachmentEncoding: 'arraybuffer' })
  const header = (name: string): string => mail.headers.find(({ key }) => key === name)?.value ?? ''
  return {
    messageId: (mail.messageId ?? '').slice(0, 500),
    inReplyTo: (mail.inReplyTo ?? '').slice(0, 500),
    from: { name: printable(mail.from?.name ?? '').slice(0, 60), address: (mail.from?.address ?? '').slice(0, 254) },
    subject: printable(mail.subject ?? '').slice(0, 200),
    text: bodyOf(mail).slice(0, MAIL_LIMITS.text),
    robot: isRobot(header, mail.from?.address ?? ''),
    files: filesOf(mail),
    moreFiles: Math.max(mail.attachments.length - MAIL_LIMITS.files, 0),
  }
})

const printable = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ').trim().toWellFormed()
const readable = (text: string): string => text.replaceAll('\r\n', '\n').replaceAll(/(?![\t\n])\p{Cc}|[\p{Cf}\ufffe\uffff]/gu, '').replaceAll(/[ \t]+\n/g, '\n').replaceAll(/\n{3,}/g, '\n\n').trim().toWellFormed()

function bodyOf({ text, html }: Email): string {
  const plain = readable((text ?? '').slice(0, MAIL_LIMITS.raw))
  return plain !== '' ? plain : readable(textOf((html ?? '').slice(0, MAIL_LIMITS.raw)))
}

const BREAKS = 'p, div, br, li, tr, h1, h2, h3, h4, h5, h6, blockquote'

function textOf(html: string): string {
  const $ = load(html)
  $('script, style, head, title, noscript, template, svg, iframe, object').remove()
  $(BREAKS).append('\n')
  $('br').replaceWith('\n')
  return $.root().text()
}

// 不给机器回信：自动回复、退信、群发、列表来的（RFC 3834）
function isRobot(header: (name: string) => string, from: string): boolean {
  const auto = header('auto-submitted').toLowerCase()
  if (auto !== '' && !auto.startsWith('no')) return true
  if (/^(bulk|junk|list|auto_reply)/i.test(header('precedence')) || header('list-id') !== '' || header('x-auto-response-suppress') !== '' || header('x-autoreply') !== '' || header('x-failed-recipients') !== '') return true
  return header('return-path').trim() === '<>' || /^(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?)([+.-].*)?@/i.test(from)
}

function filesOf({ attachments }: Email): ReadMail['files'] {
  return attachments.slice(0, MAIL_LIMITS.files).map(({ filename, content }) => {
    const name = printable(filename ?? '').slice(0, 200)
    if (typeof content === 'string' || content.byteLength > MAIL_LIMITS.fileBytes) return { name, bytes: null }
    return { name, bytes: content instanceof Uint8Array ? content : new Uint8Array(content) }
  })
}
