import type { Clip } from '../../shared/domain/clip.ts';
import { MAX_BUNDLE_BYTES, MAX_BUNDLE_PARTS, type VaultPart } from './vault-bundle.ts';

/** The recorded session of one challenge. */
export interface SessionFiles {
  readonly kind: string;
  readonly files: readonly VaultPart[];
}

/**
 * The parts of the bundle `session`: a folder `1-light`, `2-action` … for every challenge in order. Where they are too
 * much for one bundle the earliest are left out, which their numbers show; a challenge is never cut.
 */
export function sessionParts(sessions: readonly SessionFiles[]): readonly VaultPart[] {
  const numbered = sessions.map(({ kind, files }, i) => placedIn(`${i + 1}-${kind}`, files));
  let bytes = 0;
  let count = 0;
  const fits = (parts: readonly VaultPart[]): boolean => {
    bytes += parts.reduce((sum, part) => sum + part.bytes.length, 0);
    count += parts.length;
    return bytes <= MAX_BUNDLE_BYTES && count <= MAX_BUNDLE_PARTS;
  };
  const tooMany = numbered.findLastIndex((parts) => !fits(parts));
  return numbered.slice(tooMany + 1).flat();
}

/** The parts of the bundle `best-frames`: `01.jpg` … the best first, and what is known of them in `frames.json`. */
export function bestFrameParts(
  frames: readonly { readonly jpeg: Uint8Array; readonly quality: number; readonly capturedAtMs: number }[],
): readonly VaultPart[] {
  const named = frames.map((frame, i) => ({ ...frame, file: `${String(i + 1).padStart(2, '0')}.jpg` }));
  const list = named.map(({ file, quality, capturedAtMs }) => ({ file, quality, capturedAtMs }));
  return [...named.map(({ file, jpeg }) => ({ name: file, bytes: jpeg })), jsonPart('frames.json', list)];
}

/** The parts of the bundle `clip`: the file, and what it is in `clip.json`. */
export function clipParts({ bytes, ...about }: Clip): readonly VaultPart[] {
  return [{ name: 'clip.mp4', bytes }, jsonPart('clip.json', about)];
}

function placedIn(folder: string, files: readonly VaultPart[]): readonly VaultPart[] {
  return files.map(({ name, bytes }) => ({ name: `${folder}/${name}`, bytes }));
}

function jsonPart(name: string, value: unknown): VaultPart {
  return { name, bytes: new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`) };
}
