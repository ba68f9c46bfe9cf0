import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'

export interface FakeSmtp {
  url: string
  /** 收到的信，原文 */
  mails: string[]
  /** 来的一方说的话，信的正文除外 */
  said: string[]
  /** 收件人，依次 */
  recipients: string[]
  /** 对收件人答什么；缺省收下 */
  answer: (line: string) => string
  stop: () => Promise<void>
}

/** 测试用的邮件服务器，只在本机听：照 RFC 5321 收信，不转发。 */
export async function fakeSmtp(): Promise<FakeSmtp> {
  const sockets = new Set<Socket>()
  const fake: FakeSmtp = { url: '', mails: [], said: [], recipients: [], answer: () => '250 ok', stop: async () => {} }
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket)).on('error', () => {})
    let waiting = ''
    let data: string | null = null
    const say = (line: string): boolean => socket.write(`${line}\r\n`)
    const take = (line: string): void => {
      if (data !== null) {
        if (line !== '.') return void (data += `${line.replace(/^\.\./, '.')}\r\n`)
        fake.mails.push(data)
        data = null
        return void say('250 queued')
      }
      fake.said.push(line)
      const verb = line.slice(0, 4).toUpperCase()
      if (verb === 'STAR') say('502 no TLS here')
      else if (verb === 'RCPT') {
        const answer = fake.answer(line)
        if (answer.startsWith('2')) fake.recipients.push(/<([^>]*)>/.exec(line)?.[1] ?? '')
        say(answer)
      } else if (verb === 'DATA') {
        data = ''
        say('354 go on')
      } else say(verb === 'QUIT' ? '221 bye' : '250 ok')
    }
    socket.on('data', (chunk) => {
      const lines = (waiting + chunk.toString('utf8')).split('\r\n')
      waiting = lines.pop() ?? ''
      for (const line of lines) take(line)
    })
    say('220 fake')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  fake.url = `smtp://127.0.0.1:${(server.address() as AddressInfo).port}?ignoreTLS=true`
  fake.stop = async () => {
    for (const socket of sockets) socket.destroy()
    if (server.listening) await new Promise((resolve) => server.close(resolve))
  }
  return fake
}

/** 信里的文字：解开 quoted-printable 或 base64 与信头的编码。 */
export function readMail(raw: string): { subject: string; to: string; text: string } {
  const [head = '', ...rest] = raw.split('\r\n\r\n')
  const unfolded = head.replaceAll(/\r\n[ \t]+/g, ' ')
  const header = (name: string): string => new RegExp(`^${name}: (.*)$`, 'im').exec(unfolded)?.[1] ?? ''
  const body = rest.join('\r\n\r\n')
  const encoding = header('Content-Transfer-Encoding').toLowerCase()
  const text = encoding === 'base64' ? Buffer.from(body, 'base64').toString('utf8') : encoding === 'quoted-printable' ? fromQuoted(body.replaceAll('=\r\n', '')) : body
  const subject = header('Subject').replaceAll(/\?=\s+=\?/g, '?==?').replaceAll(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi, (_, kind: string, word: string) =>
    kind.toUpperCase() === 'B' ? Buffer.from(word, 'base64').toString('latin1') : Buffer.from(fromQuoted(word.replaceAll('_', ' ')), 'utf8').toString('latin1'),
  )
  return { subject: subject.startsWith('=?') || /[^\0-\xff]/.test(subject) ? subject : Buffer.from(subject, 'latin1').toString('utf8'), to: header('To'), text: text.replaceAll('\r\n', '\n') }
}

const fromQuoted = (text: string): string =>
  Buffer.from(text.replaceAll(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))), 'latin1').toString('utf8')
