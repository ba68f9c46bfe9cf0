import { expect, test } from 'vitest'
import { plainHan } from './plain-han.ts'

test('radicals a PDF writes in place of ordinary characters are read as the ordinary ones', () => {
  expect(plainHan('公⺠⾝份、⼾主⻢⻰、⻩⻘')).toBe('公民身份、户主马龙、黄青')
  expect(plainHan('民户ﬁ1⺮')).toBe('民户fi1⺮')
})
