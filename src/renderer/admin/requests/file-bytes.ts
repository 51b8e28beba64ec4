import type { ClipMaterial, Picture } from '../../../shared/domain/verification.ts';

/** A clip as its file tells; what was asked for in it the caller has to say. */
export type ClipFile = Omit<ClipMaterial, 'challenge'>;

/** The kind of picture file by its first bytes; null for any other file. */
export function pictureFormat(bytes: Uint8Array): Picture['format'] | null {
  const begins = (...magic: readonly number[]): boolean => magic.every((byte, at) => bytes[at] === byte);
  if (begins(0xff, 0xd8, 0xff)) return 'jpeg';
  return begins(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a) ? 'png' : null;
}

/** Whether a file names a box or codec of MP4 by its four characters. */
export function namesBox(bytes: Uint8Array, name: string): boolean {
  const sought = [...name].map((character) => character.charCodeAt(0));
  for (let at = bytes.indexOf(sought[0]!); at >= 0; at = bytes.indexOf(sought[0]!, at + 1)) {
    if (sought.every((byte, index) => bytes[at + index] === byte)) return true;
  }
  return false;
}
