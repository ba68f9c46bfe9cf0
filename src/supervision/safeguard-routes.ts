import { Hono } from 'hono'
import { findRaisableCase } from '../reviews/index.ts'
import { findRaisableMatter } from './accountability/find-raisable.ts'
import { findRaisableComplaint } from './complaints/find-raisable.ts'
import { leadingGroupRoutes } from './leading-group/leading-group-routes.tsx'
import { oversightRoutes } from './oversight/oversight-routes.tsx'
import { problemRoutes } from './problems/problem-routes.tsx'
import type { FindPast } from './problems/problem-routes.tsx'
import type { FindRaisable } from './problems/raisable.ts'
import { progressRoutes } from './progress/progress-routes.ts'
import { registerRoutes } from './registers/register-routes.tsx'
import { paperRoutes } from './training/paper-routes.tsx'
import { questionRoutes } from './training/question-routes.tsx'
import { sessionRoutes } from './training/session-routes.tsx'
import { signInRoutes } from './training/sign-in-routes.tsx'
import { suggestionRoutes } from './training/suggestion-routes.tsx'
import type { ReportTroubles } from './training/suggestions.ts'

/** 领导小组、培训、问题与措施、登记的各页；年度报告里的事在本模块之上，由接线交来。 */
export function safeguardRoutes({ reportTroubles, findPastProblems, findRaisableReturn }: { reportTroubles: ReportTroubles; findPastProblems: FindPast; findRaisableReturn: FindRaisable }): Hono {
  const routes = new Hono()
  for (const each of [progressRoutes, leadingGroupRoutes, sessionRoutes, signInRoutes, oversightRoutes, questionRoutes, paperRoutes, suggestionRoutes(reportTroubles), problemRoutes(findPastProblems, { complaint: findRaisableComplaint, accountability: findRaisableMatter, review: findRaisableCase, 'filing-return': findRaisableReturn }), registerRoutes]) routes.route('/', each)
  return routes
}
