import { fieldKeys, sealBytes, unsealBytes } from '../platform/crypto.ts'
import type { Deps } from '../platform/deps.ts'
import type { StoredFile } from '../platform/files.ts'
import { SHEET_LIMITS } from '../platform/ledger/index.ts'

// 加密之后略长于原文
const ENVELOPE = 1024

/** 台账可能有申请人的姓名，故上传的文件加密后才入库；密文绑定这次导入，别处打不开。 */
export const keepLedgerFile = ({ files, config }: Deps, importId: string, bytes: Uint8Array): Promise<StoredFile> =>
  files.put(sealBytes(fieldKeys(config.secretKey), bytes, placeOf(importId)), { maxBytes: SHEET_LIMITS.fileBytes + ENVELOPE })

/** 取回上传的台账文件；SECRET_KEY 换过的打不开，抛 `SealBroken`。 */
export const openLedgerFile = async ({ files, config }: Deps, importId: string, key: string): Promise<Buffer> =>
  unsealBytes(fieldKeys(config.secretKey), await files.get(key), placeOf(importId))

const placeOf = (importId: string): string => `ledger-import/${importId}`
