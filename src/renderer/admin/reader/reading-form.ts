import type { CardReading } from '../../../shared/domain/card-reading.ts';
import {
  photoDecodingSchema,
  type PhotoDecoding,
  type PhotoLibrary,
  type PhotoLibraryCall,
} from '../../../shared/domain/photo-decoding.ts';
import type { AdminAnswers } from '../../../shared/ipc/admin.ts';
import { parsed, type Parsed, type Problems } from '../form-problem.ts';

export type ReadingSettings = AdminAnswers['admin:card-reading'];

export interface ReadingDraft {
  readonly appendedAddress: boolean;
  readonly fingerprint: boolean;
  /** Whether a vendor's library decodes the photos. */
  readonly decode: boolean;
  readonly path: string;
  readonly call: PhotoLibraryCall;
  readonly vendorCode: string;
  readonly channels: PhotoLibrary['channels'];
  readonly rows: PhotoLibrary['rows'];
  readonly helper: string;
}

export type ReadingField = keyof ReadingDraft;

/** Calls that take a vendor's code as their last argument. */
export function takesVendorCode(call: PhotoLibraryCall): boolean {
  return call === 'unpack-cpp' || call === 'wlt2rgb' || call === 'get-bmp';
}

/** Calls that give raw pixels, whose order of colours and rows nobody states. */
export function givesRawPixels(call: PhotoLibraryCall): boolean {
  return call === 'unpack' || call === 'unpack-cpp' || call === 'wlt2rgb';
}

const NO_LIBRARY: PhotoLibrary = {
  path: '',
  call: 'unpack',
  vendorCode: 0,
  channels: 'auto',
  rows: 'auto',
  helper: null,
};

/** The form's contents for what is saved. */
export function readingDraft({ reading, decoding }: ReadingSettings): ReadingDraft {
  const library = decoding.library ?? NO_LIBRARY;
  return {
    appendedAddress: reading.appendedAddress,
    fingerprint: reading.fingerprint === 'recognise',
    decode: decoding.library !== null,
    path: library.path,
    call: library.call,
    vendorCode: String(library.vendorCode),
    channels: library.channels,
    rows: library.rows,
    helper: library.helper ?? '',
  };
}

function libraryProblems(draft: ReadingDraft): Problems<ReadingField> {
  const path = draft.path.trim();
  const code = draft.vendorCode.trim();
  const codeIsFine = /^\d{1,5}$/.test(code) && Number(code) <= 65_535;
  return {
    ...(path === '' || path.length > 1_000 ? { path: { key: 'reader.problem.libraryPath' } as const } : {}),
    ...(codeIsFine ? {} : { vendorCode: { key: 'reader.problem.vendorCode' } as const }),
    ...(draft.helper.trim().length > 1_000 ? { helper: { key: 'reader.problem.helper' } as const } : {}),
  };
}

/** Reads what concerns photos, for a try before anything is saved. */
export function parseDecoding(draft: ReadingDraft): Parsed<PhotoDecoding, ReadingField> {
  if (!draft.decode) return { ok: true, value: { library: null } };
  return parsed(libraryProblems(draft), () =>
    photoDecodingSchema.parse({
      library: {
        path: draft.path.trim(),
        call: draft.call,
        vendorCode: Number(draft.vendorCode),
        channels: draft.channels,
        rows: draft.rows,
        helper: draft.helper.trim() || null,
      },
    }),
  );
}

/** Reads the whole form. */
export function parseReading(draft: ReadingDraft): Parsed<ReadingSettings, ReadingField> {
  const decoding = parseDecoding(draft);
  if (!decoding.ok) return decoding;
  const reading: CardReading = {
    appendedAddress: draft.appendedAddress,
    fingerprint: draft.fingerprint ? 'recognise' : 'skip',
  };
  return { ok: true, value: { reading, decoding: decoding.value } };
}
