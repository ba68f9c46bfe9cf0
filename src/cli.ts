import process from 'node:process'
import { runCli } from './run-command.ts'

process.exitCode = await runCli(process.argv.slice(2))
