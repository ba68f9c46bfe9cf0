import process from 'node:process'
import { commands, usage } from './commands/index.ts'
import { runCommand } from './run-command.ts'

const [name = '', ...args] = process.argv.slice(2)
const load = Object.hasOwn(commands, name) ? commands[name] : undefined
if (load) process.exitCode = await runCommand(await load(), args)
else {
  process.stderr.write(`${name ? `没有「${name}」这个命令\n` : ''}${await usage()}\n`)
  process.exitCode = 2
}
