import process from 'node:process'
import { handOverJobs } from '../../src/catalogue/index.ts'
import { readConfig } from '../../src/platform/config.ts'
import { startJobs } from '../../src/platform/jobs.ts'
import { silentLog } from '../../src/platform/log.ts'
import { openRuntime } from '../../src/platform/runtime.ts'

// 供 site-import-killed.test.ts：与服务同样地办导入的任务，直到被杀。不导出网站，故不用页面。
const runtime = await openRuntime(readConfig(process.env), silentLog(), 'server')
await startJobs(runtime.url, runtime.deps, handOverJobs(() => () => Promise.reject(new Error('不在此用'))), [])
process.stdout.write('up\n')
