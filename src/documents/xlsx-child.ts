import { serveChild } from '../platform/child-side.ts'
import type { Document } from './document.ts'
import { toXlsx } from './to-xlsx.ts'

serveChild<Document, Buffer>(toXlsx)
