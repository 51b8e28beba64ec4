import { join, normalize, sep } from 'node:path';

/** `name` inside `folder`, or null when it would lead out of it. */
export function within(folder: string, name: string): string | null {
  const root = normalize(folder + sep);
  const file = normalize(join(root, name));
  return file.startsWith(root) && !name.includes('\0') ? file : null;
}

/** One byte range of RFC 9110, section 14.1.2; anything else is answered with the whole file. */
export function parseRange(header: string, size: number): { start: number; end: number } | 'unsatisfiable' | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header.trim());
  if (!match || (match[1] === '' && match[2] === '')) return null;
  const start = match[1] === '' ? Math.max(0, size - Number(match[2])) : Number(match[1]);
  const end = match[1] === '' || match[2] === '' ? size - 1 : Math.min(size - 1, Number(match[2]));
  return start >= size || start > end ? 'unsatisfiable' : { start, end };
}
