import type { SettingSpec } from './settings.ts'

/**
 * 解析表单或接口送来的值。
 * @returns 合格的值，或者说明哪里不合格的一句话
 */
export function parseSetting(
  spec: SettingSpec,
  input: unknown,
): { ok: true; value: string | number | boolean } | { ok: false; message: string } {
  switch (spec.type) {
    case 'boolean':
      if (input === true || input === 'true') return { ok: true, value: true }
      if (input === false || input === 'false') return { ok: true, value: false }
      return { ok: false, message: `${spec.label}应当选择「是」或者「否」` }
    case 'number': {
      const value = typeof input === 'string' && /^\d{1,9}$/.test(input.trim()) ? Number(input.trim()) : input
      const good = typeof value === 'number' && Number.isInteger(value) && value >= spec.min && value <= spec.max
      return good
        ? { ok: true, value }
        : { ok: false, message: `${spec.label}应当是 ${spec.min} 至 ${spec.max} 的整数` }
    }
    case 'choice':
      return typeof input === 'string' && Object.hasOwn(spec.options, input)
        ? { ok: true, value: input }
        : { ok: false, message: `${spec.label}应当从所列的选项中选择` }
    case 'text':
    case 'url': {
      const value = typeof input === 'string' ? input.trim() : null
      if (value === null || value.length > spec.maxLength)
        return { ok: false, message: `${spec.label}应当不超过 ${spec.maxLength} 个字` }
      if (spec.type === 'url' && value !== '' && !isWebAddress(value))
        return { ok: false, message: `${spec.label}应当是以 https:// 或者 http:// 开头的网址` }
      return { ok: true, value }
    }
  }
}

const isWebAddress = (text: string): boolean => {
  const url = URL.parse(text)
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:')
}
