import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fieldKeys, keyedHash, seal, SealBroken, unseal } from './crypto.ts'
import { maskAddress, maskEmail, maskName, maskNumber } from './mask.ts'

const keys = fieldKeys('0123456789abcdef0123456789abcdef')
const other = fieldKeys('fedcba9876543210fedcba9876543210')

test('原样解开；同一个值两次密文不同', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.string(), (text, place) => {
      const sealed = seal(keys, text, place)
      expect(unseal(keys, sealed, place)).toBe(text)
      expect(sealed.equals(seal(keys, text, place))).toBe(false)
    }),
  )
})

test('改动任何一个字节都打不开', () => {
  const sealed = seal(keys, '张三 11010519491231002X', 'a')
  for (let i = 0; i < sealed.length; i++) {
    const broken = Buffer.from(sealed)
    broken[i] = broken[i]! ^ 1
    expect(() => unseal(keys, broken, 'a'), `第 ${i} 字节`).toThrow(SealBroken)
  }
  expect(() => unseal(keys, sealed.subarray(0, 20), 'a')).toThrow(SealBroken)
})

test('挪了地方、换了钥匙打不开，密文里没有明文', () => {
  const sealed = seal(keys, '张三', '机构甲/某件/姓名')
  expect(() => unseal(keys, sealed, '机构甲/某件/证件号')).toThrow('挪了地方')
  expect(() => unseal(other, sealed, '机构甲/某件/姓名')).toThrow('SECRET_KEY')
  expect(sealed.includes(Buffer.from('张三'))).toBe(false)
})

test('摘要：同值同、异值异、异种异、异钥异', () => {
  const hash = keyedHash(keys, 'id', '110105')
  expect(hash.equals(keyedHash(keys, 'id', '110105'))).toBe(true)
  for (const different of [keyedHash(keys, 'id', '110106'), keyedHash(keys, 'name', '110105'), keyedHash(other, 'id', '110105')])
    expect(hash.equals(different)).toBe(false)
})

test('遮盖', () => {
  expect([maskName('张三'), maskName('欧阳修远'), maskName('王'), maskName('')]).toEqual(['张*', '欧***', '*', ''])
  expect([maskNumber('11010519491231002X'), maskNumber('13812345678'), maskNumber('123')]).toEqual([
    '110***********002X',
    '138****5678',
    '***',
  ])
  expect([maskEmail('zhang@example.cn'), maskEmail('无')]).toEqual(['z***@example.cn', '*'])
  expect([maskAddress('湖北省武汉市武昌区某路 1 号'), maskAddress('武昌区某路 1 号'), maskAddress('某路 1 号')]).toEqual([
    '湖北省武汉市武昌区***',
    '武昌区***',
    '***',
  ])
})
