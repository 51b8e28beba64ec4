/**
 * How PC/SC looks on one system. The same functions have other widths everywhere: `DWORD` and `LONG` are `unsigned
 * long` and `long` of 64 bits with pcsc-lite, 32 bits on Windows and macOS, and macOS packs its structures.
 */
export interface PcscPlatform {
  readonly libraries: readonly string[];
  readonly word: string;
  readonly result: string;
  /** Contexts and card handles. */
  readonly context: string;
  readonly handle: string;
  readonly packed: boolean;
  readonly atrBytes: number;
  /** Names are UTF-16 where functions have a `W` at their end. */
  readonly wide: boolean;
  /** Whether a change in the set of readers ends a wait. */
  readonly tellsNewReaders: boolean;
}

const PCSC_LITE: PcscPlatform = {
  libraries: ['libpcsclite.so.1'],
  word: 'unsigned long',
  result: 'long',
  context: 'long',
  handle: 'long',
  packed: false,
  atrBytes: 33,
  wide: false,
  tellsNewReaders: true,
};

const MACOS: PcscPlatform = {
  ...PCSC_LITE,
  libraries: ['/System/Library/Frameworks/PCSC.framework/PCSC'],
  word: 'uint32_t',
  result: 'int32_t',
  context: 'int32_t',
  handle: 'int32_t',
  packed: true,
  tellsNewReaders: false,
};

const WINDOWS: PcscPlatform = {
  libraries: ['winscard.dll'],
  word: 'uint32_t',
  result: 'int32_t',
  context: 'uintptr_t',
  handle: 'uintptr_t',
  packed: false,
  atrBytes: 36,
  wide: true,
  tellsNewReaders: true,
};

/** The system's PC/SC; all but Windows and macOS are taken to have pcsc-lite. */
export function pcscPlatform(platform: NodeJS.Platform): PcscPlatform {
  if (platform === 'win32') return WINDOWS;
  return platform === 'darwin' ? MACOS : PCSC_LITE;
}
