import type { BodyLevel } from '../../statute/report-checks-powers.ts'

const DISTRICT = /^(?:[^省市区县旗]{2,8}省)?(?:[^省市区县旗]{2,8}市)?([^省市区县旗]{1,6})(?:区|县|旗)/
const NOT_A_DISTRICT = /(?:自治|地|特|开发|功能|行政|示范|试验|保护|保税|管理|高新|产业|景|园|城|社|校|小|灌|库|林|牧|矿|港)$/

/**
 * 由机关名称看层级：「某市某区某局」「某县人民政府」为区县；看不出的为 undefined。
 * 县级市、自治县从名称看不准，不作推断。
 */
export function bodyLevelOf(body: string | null): BodyLevel | undefined {
  const name = body === null ? null : DISTRICT.exec(body.replace(/\s+/g, ''))
  return name && !NOT_A_DISTRICT.test(name[1]!) ? 'district' : undefined
}
