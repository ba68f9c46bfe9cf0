export { BODY_KINDS, NO_POWERS, POWERS, isUscc, nameOn, orgCodeOf } from './body.ts'
export type { Body, BodyKind, BodyName, Power, Powers } from './body.ts'
export { getCalendar, listCalendarYears } from './calendar-queries.ts'
export type { CalendarYearEntry } from './calendar-queries.ts'
export { createBody } from './create-body.ts'
export type { BodyRefusal, NewBody } from './create-body.ts'
export { loadHolidayNotice, previewHolidayNotice } from './load-holiday-notice.ts'
export { mergeBodies } from './merge-bodies.ts'
export {
  countBodies,
  districtName,
  findBody,
  findBodyByCode,
  findBodyByName,
  getBody,
  getBodyByCode,
  getDistrict,
  listBodies,
  listMergers,
  listNames,
  listNamesOf,
  listRelations,
  namesOf,
} from './queries.ts'
export type { BodyFilter, District, Merger, Relation } from './queries.ts'
export { addName, renameBody } from './rename-body.ts'
export { setDistrict } from './set-district.ts'
export { setSetting } from './set-setting.ts'
export { getSetting, listSettingValues, listSettings } from './setting-queries.ts'
export { SETTINGS, SETTING_KEYS } from './settings.ts'
export type { SettingBasis, SettingKey, SettingSpec, SettingState, SettingValue } from './settings.ts'
export { updateBody } from './update-body.ts'
