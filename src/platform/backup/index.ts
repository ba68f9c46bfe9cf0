export { BadBackup } from './manifest.ts'
export { NotEmpty, restoreBackup } from './restore-backup.ts'
export { writeBackup } from './write-backup.ts'
