import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

export interface FakeImap {
  url: string
  /** 来的一方说的话，依次 */
  said: string[]
  seen: Set<number>
  stop: () => Promise<void>
}

/** 测试用的 IMAP 服务器，只在本机听：一个信箱，按 UID 取信、标已读，够 imapflow 用的那几句。 */
export async function fakeImap(mails: ReadonlyMap<number, string>, password: string): Promise<FakeImap> {
  const sockets = new Set<Socket>()
  const fake: FakeImap = { url: '', said: [], seen: new Set(), stop: async () => {} }
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket)).on('error', () => {})
    let waiting = ''
    const say = (line: string): boolean => socket.write(`${line}\r\n`)
    const take = (line: string): void => {
      fake.said.push(line)
      const [tag = '', verb = '', ...rest] = line.split(' ')
      const words = rest.join(' ')
      for (const untagged of answersTo(verb.toUpperCase(), words)) say(untagged)
      const wrong = verb.toUpperCase() === 'LOGIN' && !words.includes(password)
      say(wrong ? `${tag} NO [AUTHENTICATIONFAILED] no` : `${tag} OK ${verb.toUpperCase() === 'SELECT' ? '[READ-WRITE] ' : ''}done`)
    }
    socket.on('data', (chunk) => {
      const lines = (waiting + chunk.toString('utf8')).split('\r\n')
      waiting = lines.pop() ?? ''
      for (const line of lines) take(line)
    })
    say('* OK [CAPABILITY IMAP4rev1] fake')
  })
  function answersTo(verb: string, words: string): string[] {
    if (verb === 'CAPABILITY' || verb === 'LOGIN') return ['* CAPABILITY IMAP4rev1']
    if (verb === 'LIST') return ['* LIST () "/" INBOX']
    if (verb === 'SELECT') return [`* ${mails.size} EXISTS`, '* FLAGS (\\Seen)', '* OK [PERMANENTFLAGS (\\Seen)] ok', '* OK [UIDVALIDITY 1] ok', '* OK [UIDNEXT 99] ok']
    if (verb === 'LOGOUT') return ['* BYE']
    if (verb !== 'UID') return []
    if (words.startsWith('SEARCH')) return [`* SEARCH ${[...mails.keys()].filter((uid) => !fake.seen.has(uid)).join(' ')}`.trim()]
    const uid = Number(/^\w+ (\d+)/.exec(words)?.[1])
    const text = mails.get(uid) ?? ''
    if (words.startsWith('STORE')) {
      fake.seen.add(uid)
      return [`* 1 FETCH (UID ${uid} FLAGS (\\Seen))`]
    }
    const size = Buffer.byteLength(text)
    return [words.includes('BODY') ? `* 1 FETCH (UID ${uid} BODY[]<0> {${size}}\r\n${text})` : `* 1 FETCH (UID ${uid} RFC822.SIZE ${size})`]
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  fake.url = `imap://tousu:${password}@127.0.0.1:${(server.address() as AddressInfo).port}/INBOX?ignoreTLS=true`
  fake.stop = async () => {
    for (const socket of sockets) socket.destroy()
    if (server.listening) await new Promise((resolve) => server.close(resolve))
  }
  return fake
}
