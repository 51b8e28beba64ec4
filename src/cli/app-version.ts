import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

const packageSchema = z.object({ name: z.literal('countersign'), version: z.string().min(1).max(40) });

/**
 * The program's version: that of the nearest `package.json` of its name above `start`, which fits both the sources and
 * the built program; `unknown` where there is none.
 */
export function appVersion(start: string = import.meta.dirname): string {
  for (let folder = start; ; folder = dirname(folder)) {
    const found = packageSchema.safeParse(readJson(join(folder, 'package.json')));
    if (found.success) return found.data.version;
    if (dirname(folder) === folder) return 'unknown';
  }
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
