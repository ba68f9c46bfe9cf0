import { lookup } from 'node:dns'
import type { LookupAddress, LookupAllOptions } from 'node:dns'
import { BlockList, isIP } from 'node:net'
import type { LookupFunction } from 'node:net'

/** 不许发往的地址：没有配置允许的内网、本机、链路本地、保留地址。 */
export class AddressBlocked extends Error {
  override name = 'AddressBlocked'
}

const V4 = [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.0.2.0', 24],
  ['192.88.99.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 4], ['240.0.0.0', 4],
] as const
// IPv6 只有 2000::/3 是公网；其余（本机、内网、组播、各种套着 IPv4 的写法、还没有分派的）都不是
const V6 = [['::', 3], ['2001::', 23], ['2001:db8::', 32], ['2002::', 16], ['3fff::', 20], ['4000::', 2], ['8000::', 1]] as const

// 分两张：BlockList 把 IPv4 也当作 ::ffff:0:0/96 里的地址，放在一张里公网的 IPv4 全在 ::/3 之内
const [inside4, inside6] = [new BlockList(), new BlockList()]
for (const [net, bits] of V4) inside4.addSubnet(net, bits, 'ipv4')
for (const [net, bits] of V6) inside6.addSubnet(net, bits, 'ipv6')
const isInside = (address: string, family: number): boolean => (family === 4 ? inside4.check(address, 'ipv4') : inside6.check(address, 'ipv6'))

/** 怎样解析主机名；测试可换成会变卦的。 */
export type Resolve = (host: string, options: LookupAllOptions, done: (error: NodeJS.ErrnoException | null, found: LookupAddress[]) => void) => void

/** 地址的检查：解析之后逐个查，查过的才连，故换解析结果（DNS 重绑定）绕不过去。 */
export interface AddressGuard {
  /** 主机名或 IP（不带方括号）可否；IP 当即知道，主机名待解析 */
  check: (host: string) => void
  lookup: LookupFunction
}

/** 依配置的 WEBHOOK_ALLOW：写明的主机名不问地址，写明的 IP、网段之内的可以。 */
export function addressGuard(allow: readonly string[], resolve: Resolve = lookup): AddressGuard {
  const hosts = new Set(allow.filter((entry) => isIP(entry.split('/')[0] ?? '') === 0).map((entry) => entry.toLowerCase()))
  const nets = new BlockList()
  for (const entry of allow) {
    const [address = '', bits] = entry.split('/')
    const family = isIP(address)
    if (family !== 0) nets.addSubnet(address, bits === undefined ? (family === 4 ? 32 : 128) : Number(bits), family === 4 ? 'ipv4' : 'ipv6')
  }
  const mayReach = (address: string): boolean => {
    const family = isIP(address)
    const type = family === 4 ? 'ipv4' : 'ipv6'
    // BlockList 把 ::ffff:10.0.0.1 之类按其中的 IPv4 查
    return family !== 0 && (nets.check(address, type) || !isInside(address, family))
  }
  const named = (host: string): boolean => hosts.has(host.toLowerCase())
  return {
    check: (host) => {
      if (isIP(host) !== 0 && !mayReach(host) && !named(host)) throw new AddressBlocked(host)
    },
    lookup: (host, options, done) => {
      const family = options.family === 4 || options.family === 6 ? options.family : 0
      resolve(host, { family, all: true }, (error, found) => {
        const addresses: readonly LookupAddress[] = error === null ? found : []
        const fault = error ?? (addresses.every(({ address }) => named(host) || mayReach(address)) ? null : new AddressBlocked(host))
        if (fault !== null) return done(fault, options.all === true ? [] : '')
        const [first] = addresses
        return options.all === true ? done(null, [...addresses]) : done(null, first?.address ?? '', first?.family)
      })
    },
  }
}
