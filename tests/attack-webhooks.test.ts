import { describe, expect, it } from 'vitest'
import { refuseUrl } from '../src/webhooks/manage-webhooks.ts'
import { addressGuard } from '../src/platform/address-guard.ts'
import { testDb } from '../src/platform/testing.ts'

const { deps } = testDb()
const config = { ...deps.config, webhookAllow: [] }

describe('回调发不到内网', () => {
  it('本机、内网地址的各种写法都认得出', () => {
    const hosts = [
      '127.0.0.1', '127.1', '2130706433', '0x7f.1', '0177.0.0.1', '0', '127.0.0.1.', '①②⑦.0.0.1', '10.0.0.1', '169.254.169.254', '100.100.100.200',
      '[::]', '[::1]', '[::ffff:10.0.0.1]', '[::127.0.0.1]', '[::ffff:0:127.0.0.1]', '[64:ff9b::7f00:1]', '[2002:7f00:1::]', '[2001:0:7f00:1::]',
      '[fd00::1]', '[fe80::1]', '[ff02::1]', '[3fff::1]', '[5f00::1]', '[4000::1]', '[c000::1]',
    ]
    for (const host of hosts) expect(refuseUrl(`http://${host}/hook`, config), host).not.toBeNull()
    for (const host of ['8.8.8.8', '[2400:3200::1]', 'hall.example.cn']) expect(refuseUrl(`https://${host}/hook`, config), host).toBeNull()
    expect(refuseUrl('https://user:secret@hall.example.cn/', config)).not.toBeNull()
  })

  it('允许的网段不放宽到别处', () => {
    const { check } = addressGuard(['10.0.0.0/8'])
    expect(() => check('10.9.9.9')).not.toThrow()
    for (const host of ['127.0.0.1', '192.168.1.1', '::ffff:127.0.0.1', '::ffff:0:10.0.0.1', 'fd00::1']) expect(() => check(host), host).toThrow()
  })
})
