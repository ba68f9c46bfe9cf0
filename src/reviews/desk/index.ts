import { Hono } from 'hono'
import { answerRoutes } from '../answer/answer-routes.tsx'
import { evidenceRoutes } from '../evidence/evidence-routes.tsx'
import { lessonsRoutes } from '../lessons/lessons-routes.tsx'
import { registerRoutes } from '../register/register-routes.tsx'
import { caseRoutes } from './desk-routes.tsx'
import { fileRoutes } from './file-routes.tsx'

/** 工作台的复议诉讼：登记在先，其次证据、文书、取用，末了案件的地址。 */
export const disputeRoutes = new Hono()
disputeRoutes.route('/', lessonsRoutes)
disputeRoutes.route('/', registerRoutes)
disputeRoutes.route('/', evidenceRoutes)
disputeRoutes.route('/', answerRoutes)
disputeRoutes.route('/', fileRoutes)
disputeRoutes.route('/', caseRoutes)
