import type { Command } from './command.ts'

/** 全部命令；用到才载入，算日期的不必等网页的代码。 */
export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  check: async () => (await import('./check.ts')).check,
  'check-archive': async () => (await import('./check-archive.ts')).checkArchive,
  import: async () => (await import('./import.ts')).importCommand,
  due: async () => (await import('./due.ts')).due,
  term: async () => (await import('./term.ts')).term,
  report: async () => (await import('./report.ts')).reportCommand,
  verify: async () => (await import('./verify.ts')).verifyCommand,
  'roll-up': async () => (await import('./roll-up.ts')).rollUpCommand,
  reindex: async () => (await import('./reindex.ts')).reindexCommand,
  'import-site': async () => (await import('./import-site.ts')).importSiteCommand,
  'export-site': async () => (await import('./export-site.ts')).exportSiteCommand,
  backup: async () => (await import('./backup.ts')).backupCommand,
  restore: async () => (await import('./restore.ts')).restoreCommand,
  migrate: async () => (await import('./migrate.ts')).migrateCommand,
  seed: async () => (await import('./seed.ts')).seedCommand,
  'set-district': async () => (await import('./set-district.ts')).setDistrictCommand,
  'create-admin': async () => (await import('./create-admin.ts')).createAdminCommand,
  'mail-test': async () => (await import('./mail-test.ts')).mailTestCommand,
  serve: async () => (await import('./serve.ts')).serveCommand,
  worker: async () => (await import('./worker.ts')).workerCommand,
}

/** 用法，各命令一行。 */
export async function usage(): Promise<string> {
  const all = await Promise.all(Object.values(commands).map((load) => load()))
  return ['用法：npm run --silent mingchuang -- <命令>', ...all.map((command) => `  ${command.usage}`)].join('\n')
}
