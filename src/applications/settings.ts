import { getCalendar, getSetting } from '../bodies/index.ts'
import type { Tx } from '../platform/db.ts'
import type { ClockSettings } from '../statute/reply-clock.ts'
import type { ApplicationSettings, Ground } from './decisions.ts'

/** 一机构办理申请所依的设置。 */
export async function getApplicationSettings(tx: Tx, bodyId: string): Promise<ApplicationSettings> {
  const feeRestart: ClockSettings['feeRestart'] = await getSetting(tx, bodyId, 'feeRestart')
  return {
    pauseFrom: await getSetting(tx, bodyId, 'pauseFrom'),
    feeRestart,
    correctionDays: await getSetting(tx, bodyId, 'correctionDays'),
    adminQueryRemedy: await getSetting(tx, bodyId, 'adminQueryRemedy'),
    withdrawRow: await getSetting(tx, bodyId, 'withdrawRow'),
    signOffChain: await getSetting(tx, bodyId, 'signOffChain'),
    reviewOnlineUrl: await getSetting(tx, bodyId, 'reviewOnlineUrl'),
  }
}

/** 作决定所依据的全部。 */
export async function getGround(tx: Tx, bodyId: string, today: string): Promise<Ground> {
  return { today, calendar: await getCalendar(tx), settings: await getApplicationSettings(tx, bodyId) }
}
