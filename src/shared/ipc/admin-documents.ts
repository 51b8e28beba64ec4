import { z } from 'zod';
import { documentDevicesSchema, type DocumentDevices } from '../domain/document-devices.ts';
import {
  DOCUMENT_PAGES,
  type DocumentGuidance,
  type DocumentReading,
  type FieldCorrection,
} from '../domain/document-reading.ts';
import type { MachineReadableZone } from '../domain/machine-readable-zone.ts';
import type { ChipDocument, ChipProgress, ChipReader } from '../domain/travel-document.ts';
import { MAX_DOCUMENT_FILE_BYTES } from './document-capture.ts';

const picture = (limit: number) =>
  z.instanceof(Uint8Array).refine((bytes) => bytes.byteLength > 0 && bytes.byteLength <= limit, {
    message: `a picture is 1..${limit} bytes`,
  });
const sixDigits = z.string().regex(/^\d{6}$/, 'six digits');

export const chipAccessKeySchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('mrz'),
    documentNumber: z.string().regex(/^[A-Z0-9<]{1,22}$/, '1 to 22 letters and digits'),
    birthDate: sixDigits,
    expiryDate: sixDigits,
  }),
  z.strictObject({ kind: z.literal('can'), number: sixDigits }),
]);

/** Channels of the admin window for documents. A reading stays in memory until it is confirmed, dropped or replaced. */
export const ADMIN_DOCUMENT_CHANNELS = {
  'admin:document-devices': z.null(),
  'admin:save-document-devices': documentDevicesSchema,
  'admin:read-document': z.strictObject({ page: z.enum(DOCUMENT_PAGES), image: picture(MAX_DOCUMENT_FILE_BYTES) }),
  'admin:document-frame': z.strictObject({
    page: z.enum(DOCUMENT_PAGES),
    jpeg: picture(100_000),
    capturedAtMs: z.number().finite().nonnegative(),
  }),
  /** Field by field as the clerk leaves it; what was changed is recorded, without the values. */
  'admin:confirm-document': z.strictObject({
    readingId: z.uuid(),
    values: z.record(z.string().max(20), z.string().trim().max(120)),
  }),
  'admin:drop-document': z.null(),
  'admin:chip-readers': z.null(),
  'admin:read-chip': z.strictObject({ key: chipAccessKeySchema }),
  'admin:chip-progress': z.null(),
} as const;

export interface AdminDocumentAnswers {
  'admin:document-devices': DocumentDevices;
  'admin:save-document-devices': DocumentDevices;
  'admin:read-document': { readonly readingId: string; readonly reading: DocumentReading };
  'admin:document-frame': DocumentGuidance;
  'admin:confirm-document': { readonly corrections: readonly FieldCorrection[] };
  'admin:drop-document': null;
  'admin:chip-readers': readonly ChipReader[];
  'admin:read-chip': ChipDocument;
  /** Of the read that is under way; null when none is. `zone` is what a swipe gave since the last call. */
  'admin:chip-progress': { readonly progress: ChipProgress | null; readonly zone: MachineReadableZone | null };
}
