import { POWERS } from './body.ts'
import type { Body, Power } from './body.ts'

export const CRUMBS = [{ label: '机构与设置', href: '/desk/admin/bodies' }]
export const bodyHref = (body: Pick<Body, 'code'>): string => `/desk/admin/bodies/${body.code}`

/** 一机构各页的上一级。 */
export const within = (body: Body) => [...CRUMBS, { label: body.name, href: bodyHref(body) }]

const POWER_KEYS = Object.keys(POWERS) as Power[]
export const heldPowers = (body: Body): Power[] => POWER_KEYS.filter((power) => body.powers[power])
