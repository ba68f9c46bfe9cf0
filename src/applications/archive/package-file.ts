import type { FieldKeys } from '../../platform/crypto.ts'
import type { FileStore, StoredFile } from '../../platform/files.ts'
import { sealStream, unsealStream } from '../../platform/seal-stream.ts'
import type { CaseRef } from './archive-store.ts'
import { MOST_BYTES } from './package/index.ts'

const placeOf = ({ bodyId, caseId }: CaseRef): string => `application-archive/${bodyId}/${caseId}`

/** 档案包边写边加密存下，内存里不留整包。 */
export const keepPackage = (files: FileStore, keys: FieldKeys, ref: CaseRef, content: AsyncIterable<Uint8Array>): Promise<StoredFile> =>
  files.put(sealStream(keys, content, placeOf(ref)), { maxBytes: MOST_BYTES + 16 * 1024 * 1024 })

/** 依次给出存着的档案包，逐块；被动过的抛 `SealBroken`、`CutShort`。 */
export const openPackage = (files: FileStore, keys: FieldKeys, ref: CaseRef, fileKey: string): AsyncIterable<Buffer> => unsealStream(keys, bytesOf(files.stream(fileKey)), placeOf(ref))

async function* bytesOf(stream: NodeJS.ReadableStream): AsyncIterable<Uint8Array> {
  for await (const chunk of stream) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk
}
