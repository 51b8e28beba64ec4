/** What a file is by its first bytes. */
export interface FileKind {
  /** Null for everything that isn't opened. */
  readonly picture: 'jpeg' | 'png' | 'webp' | 'bmp' | null;
  /** For people: `PDF, 40 pages`. */
  readonly name: string;
}

/** ISO base media brands of still pictures (ISO/IEC 23008-12, AV1 image file format). */
const STILL_BRANDS: Readonly<Record<string, string>> = {
  heic: 'HEIC',
  heix: 'HEIC',
  heim: 'HEIC',
  heis: 'HEIC',
  hevc: 'HEIC',
  mif1: 'HEIF',
  msf1: 'HEIF',
  avif: 'AVIF',
  avis: 'AVIF',
};
/** First bytes of files that people take for pictures, or hand in instead of one. */
const OTHERS: readonly (readonly [start: string, name: string])[] = [
  ['GIF8', 'GIF'],
  ['II*\0', 'TIFF'],
  ['MM\0*', 'TIFF'],
  ['\xff\x0a', 'JPEG XL'],
  ['\0\0\0\x0cJXL ', 'JPEG XL'],
  ['\0\0\0\x0cjP  ', 'JPEG 2000'],
  ['8BPS', 'Photoshop'],
  ['PK\x03\x04', 'ZIP or Office file'],
  ['\xd0\xcf\x11\xe0', 'Office file'],
  ['{\\rtf', 'RTF'],
  ['<svg', 'SVG'],
  ['<?xml', 'XML or SVG'],
];
/** How much of a file is searched for a PDF's header (ISO 32000-1, annex H.3.4.1) and for its pages. */
const PDF_HEADER_WITHIN = 1024;
const MOST_SEARCHED = 30_000_000;

/** Tells what a file is by its first bytes, never by its name. */
export function kindOfFile(bytes: Uint8Array): FileKind {
  const head = textOf(bytes.subarray(0, PDF_HEADER_WITHIN));
  if (head.startsWith('\xff\xd8\xff')) return { picture: 'jpeg', name: 'JPEG' };
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return { picture: 'png', name: 'PNG' };
  if (head.startsWith('RIFF') && head.startsWith('WEBP', 8)) return { picture: 'webp', name: 'WebP' };
  if (head.startsWith('BM')) return { picture: 'bmp', name: 'BMP' };
  return { picture: null, name: otherKind(bytes, head) };
}

function otherKind(bytes: Uint8Array, head: string): string {
  if (head.includes('%PDF-')) return pdfName(bytes);
  if (head.startsWith('ftyp', 4)) return STILL_BRANDS[head.slice(8, 12)] ?? 'video';
  for (const [start, name] of OTHERS) if (head.startsWith(start)) return name;
  return 'neither JPEG, PNG, WebP nor BMP';
}

/** The greatest count in a page tree is the root's; a file that keeps it in a compressed stream tells none. */
function pdfName(bytes: Uint8Array): string {
  const text = textOf(bytes.subarray(0, MOST_SEARCHED));
  let pages = 0;
  for (const { 1: count } of text.matchAll(/\/Count\s+(\d{1,6})/g)) pages = Math.max(pages, Number(count));
  if (pages === 0) pages = [...text.matchAll(/\/Type\s*\/Page(?![A-Za-z])/g)].length;
  return pages === 0 ? 'PDF' : `PDF, ${pages} ${pages === 1 ? 'page' : 'pages'}`;
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
