import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { mergeConfig } from 'vitest/config'
import config from './vitest.config.ts'

/** 与数据库有关的：文件里自己要库的。别的测试换一个数据库也还是那样，不必再跑。 */
const WANTS_DATABASE = /\btestDb\(|\bstartPostgres\(/
const files = ['src', 'seeds']
  .flatMap((dir) => readdirSync(dir, { recursive: true, encoding: 'utf8' }).map((file) => join(dir, file)))
  .filter((file) => /\.test\.tsx?$/.test(file) && WANTS_DATABASE.test(readFileSync(file, 'utf8')))

// 合并会把两边的清单接起来，故替下
const { include: _all, ...test } = config.test ?? {}
export default mergeConfig({ ...config, test }, { test: { include: files } })
