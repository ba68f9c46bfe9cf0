import { Tag } from '../../../platform/html/index.ts'
import type { Tone } from '../../../platform/html/index.ts'
import { STATUSES } from '../complaint.ts'
import type { Status } from '../complaint.ts'

export const HOME = '/desk/complaints'
export const hrefOf = (complaintId: string): string => `${HOME}/${complaintId}`
export const LIST = [{ label: '投诉与反映', href: HOME }]

const TONES: Readonly<Record<Status, Tone>> = { registered: 'act', accepted: 'act', asked: 'wait', decided: 'act', answered: 'wait', closed: 'ok', declined: 'plain', transferred: 'plain', merged: 'plain', withdrawn: 'plain' }
export const StatusTag = ({ status }: { status: Status }) => <Tag tone={TONES[status]}>{STATUSES[status]}</Tag>
