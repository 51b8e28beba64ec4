import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const RENDERER = path.resolve(import.meta.dirname, '../../src/renderer');

/** Every style sheet of the windows by its path under src/renderer, without its comments and imports. */
export function styleSheets(): ReadonlyMap<string, string> {
  const files = readdirSync(RENDERER, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.css'));
  return new Map(
    files.map((file) => [
      file.replaceAll(path.sep, '/'),
      readFileSync(path.join(RENDERER, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|@import [^;]+;/g, ''),
    ]),
  );
}

/** The custom properties that the rule of exactly this selector sets, outside of media queries. */
export function tokensOf(sheet: string, selector: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [, selectors, body] of sheet.matchAll(/(?:^|\})\s*([^{}@]+)\{([^{}]*)\}/g)) {
    if (selectors?.trim() !== selector) continue;
    for (const [, name, value] of (body ?? '').matchAll(/(--[\w-]+):\s*([^;]+);/g)) found.set(name!, value!.trim());
  }
  return found;
}

/** The names of custom properties that code sets on elements. */
export function namesSetByCode(): ReadonlySet<string> {
  const files = readdirSync(RENDERER, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));
  const code = files.map((file) => readFileSync(path.join(RENDERER, file), 'utf8')).join('\n');
  return new Set([...code.matchAll(/'(--[\w-]+)'/g)].map((match) => match[1]!));
}
