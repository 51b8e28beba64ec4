import type { Portrait } from '../../../shared/domain/document.ts';
import { imageHeaderOf } from './image-header.ts';

/** Chip portraits are 102 × 126 pixels, 39 KB as a bitmap; more than this is no portrait. */
export const MAX_PORTRAIT_BYTES = 1024 * 1024;
export const MAX_PORTRAIT_SIDE = 1024;

/**
 * The portrait in a service's base64 text, with or without a `data:` prefix. None of these services can say that a card
 * has no portrait, so an empty text is "not decoded", never "absent". The picture's header is checked, not its pixels.
 */
export function servicePortrait(text: string): Portrait {
  const base64 = text.replace(/^data:image\/[a-z]{3,4};base64,/i, '').replace(/\s+/g, '');
  if (base64 === '') return notDecoded(0, 'the service gave no portrait');
  if (base64.length > Math.ceil(MAX_PORTRAIT_BYTES / 3) * 4) return notDecoded(base64.length, 'portrait: too large');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64) || base64.length % 4 === 1) return notDecoded(0, 'portrait: not base64');
  const image = new Uint8Array(Buffer.from(base64, 'base64'));
  const header = imageHeaderOf(image);
  if (!header) return notDecoded(image.length, 'portrait: not a JPEG, PNG or BMP file');
  const sides = [header.width, header.height];
  if (!sides.every((side) => side >= 1 && side <= MAX_PORTRAIT_SIDE)) {
    return notDecoded(image.length, 'portrait: size in pixels');
  }
  return { state: 'decoded', image, mediaType: header.mediaType };
}

function notDecoded(bytes: number, detail: string): Portrait {
  return { state: 'not-decoded', bytes, reason: 'reader.service-malformed', detail };
}
