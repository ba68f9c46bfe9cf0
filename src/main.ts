import process from 'node:process'
import { serveCommand } from './commands/serve.ts'
import { runCommand } from './run-command.ts'

process.exitCode = await runCommand(serveCommand, process.argv.slice(2))
