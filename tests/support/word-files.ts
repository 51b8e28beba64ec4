import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

export type WordTree = { readonly [name: string]: string | WordTree };
const treeSchema: z.ZodType<WordTree> = z.lazy(() => z.record(z.string(), z.union([z.string(), treeSchema])));

export const LOCALES_FOLDER = path.resolve(import.meta.dirname, '../../resources/locales');

/** The files of a language by their place under its folder, such as `kiosk/card.json`. */
export function wordFiles(language: string): ReadonlyMap<string, WordTree> {
  const folder = path.join(LOCALES_FOLDER, language);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
  return new Map(
    files.toSorted().map((file) => [file, treeSchema.parse(JSON.parse(readFileSync(path.join(folder, file), 'utf8')))]),
  );
}

/** Every text of a tree with its names from the root on. */
export function textsOf(tree: WordTree, names: readonly string[] = []): readonly (readonly [string[], string])[] {
  return Object.entries(tree).flatMap(([name, value]) =>
    typeof value === 'string' ? [[[...names, name], value] as const] : textsOf(value, [...names, name]),
  );
}
