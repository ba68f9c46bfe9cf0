import { join } from 'node:path'
import type { Config } from '../../../platform/config.ts'

/** 信箱：收到的信一封一个 .eml 文件。直接放在里面的属主管部门；放在以机构代码为名的文件夹里的，属那个机关。 */
export const inboxOf = ({ dataDir }: Pick<Config, 'dataDir'>): string => join(dataDir, 'inbox')
/** 办过的与没有登记的各存几日 */
export const KEPT_DAYS = 30
export const DONE = 'done'
export const FAILED = 'failed'
