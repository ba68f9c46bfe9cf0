import { existsSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))

function findRoot(dir: string): string {
  if (existsSync(join(dir, 'package.json'))) return dir
  const parent = dirname(dir)
  if (parent === dir) throw new Error('找不到项目根目录（package.json）')
  return findRoot(parent)
}

/** 项目根目录；源码运行与打包运行得到同一处。 */
export const root: string = findRoot(here)

/** 是否从 dist 运行。测试直接运行 src。 */
const isBuilt = relative(root, here).split(sep)[0] === 'dist'

/**
 * 子进程入口的绝对路径。
 * @param name 相对 src 的路径，不带后缀，如 `documents/pdf-child`；须列在 scripts/build.mjs 的入口里。
 */
export const childEntry = (name: string): string =>
  isBuilt ? join(root, 'dist', `${name}.js`) : join(root, 'src', `${name}.ts`)
