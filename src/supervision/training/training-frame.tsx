import { Tabs } from '../../platform/html/index.ts'

export const TRAINING = '/desk/training'
export const PLAN = `${TRAINING}/plan`
export const QUESTIONS = `${TRAINING}/questions`
export const PAPERS = `${TRAINING}/papers`
export const SUGGESTED = `${TRAINING}/suggestions`
export const MINE = `${TRAINING}/mine`
export const sessionHref = (sessionId: string): string => `${TRAINING}/sessions/${sessionId}`
export const paperHref = (paperId: string): string => `${PAPERS}/${paperId}`
export const attemptHref = (attemptId: string): string => `${TRAINING}/attempts/${attemptId}`
export const HOME = [{ label: '培训', href: TRAINING }]

const TABS = [
  { label: '场次', href: TRAINING },
  { label: '年度计划', href: PLAN },
  { label: '该讲什么', href: SUGGESTED },
  { label: '题库', href: QUESTIONS },
  { label: '试卷', href: PAPERS },
  { label: '我的培训', href: MINE },
]

export const TrainingTabs = ({ current }: { current: string }) => <Tabs label="培训" current={current} tabs={TABS} />
