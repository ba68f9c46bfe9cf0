import { Hono } from 'hono'
import { itemFormRoutes } from './item-form-routes.tsx'
import { itemListRoutes } from './item-list-routes.tsx'
import { itemPageRoutes } from './item-page-routes.tsx'

/** 工作台上的信息：列表、表单、一条的页面；审查、预检的地址须先挂上。 */
export const itemDeskRoutes = new Hono()
itemDeskRoutes.route('/', itemFormRoutes)
itemDeskRoutes.route('/', itemListRoutes)
itemDeskRoutes.route('/', itemPageRoutes)
