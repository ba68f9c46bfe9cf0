import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { fieldKeys } from '../../platform/crypto.ts'
import { newId } from '../../platform/id.ts'
import { isSameToken, mintToken, readToken, tokenHash } from './api-token.ts'

const keys = fieldKeys('a secret key of thirty-two letters')

test('a token names its row and no other; changed by one letter it is another', () => {
  for (let n = 0; n < 50; n++) {
    const ref = { bodyId: newId(), tokenId: newId() }
    const token = mintToken(ref)
    expect(readToken(token)).toEqual(ref)
    expect(isSameToken(keys, token, tokenHash(keys, token))).toBe(true)
    const at = 3 + (n % 86)
    const changed = `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`
    expect(isSameToken(keys, changed, tokenHash(keys, token))).toBe(false)
    expect(tokenHash(fieldKeys('another secret key of many letters'), token)).not.toEqual(tokenHash(keys, token))
  }
})

test('what is not a token names nothing', () => {
  for (const text of ['', 'mc_', `mc_${'A'.repeat(85)}`, `mc_${'A'.repeat(87)}`, `xx_${'A'.repeat(86)}`, `mc_${'='.repeat(86)}`, randomBytes(40).toString('hex')]) expect(readToken(text)).toBeNull()
})
