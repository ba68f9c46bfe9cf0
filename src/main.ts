import process from 'node:process'
import { runCli } from './run-command.ts'

process.exitCode = await runCli(['serve', ...process.argv.slice(2)])
