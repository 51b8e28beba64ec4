import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'vite';
import { pseudoText } from './pseudo-text.ts';

type Texts = string | { readonly [name: string]: Texts } | readonly Texts[];

function pseudoTexts(texts: Texts): Texts {
  if (typeof texts === 'string') return pseudoText(texts);
  if (Array.isArray(texts)) return texts.map((one) => pseudoTexts(one as Texts));
  return Object.fromEntries(Object.entries(texts).map(([name, value]) => [name, pseudoTexts(value)]));
}

const MARK = '\0pseudo:';

/**
 * Gives each English file of words a second version in the made-up language; a gallery page that is opened with
 * `?pseudo` shows that one. Nothing of it is ever part of the product's own bundle.
 */
export function pseudoLocale(): Plugin {
  return {
    name: 'pseudo-locale',
    enforce: 'pre',
    resolveId(source, importer) {
      if (importer === undefined || !/locales\/en\/.*\.json$/.test(source)) return null;
      return `${MARK}${path.resolve(path.dirname(importer), source)}.js`;
    },
    load(id) {
      if (!id.startsWith(MARK)) return null;
      const plain = readFileSync(id.slice(MARK.length, -'.js'.length), 'utf8');
      const pseudo = JSON.stringify(pseudoTexts(JSON.parse(plain) as Texts));
      return `const asked = new URLSearchParams(location.search).has('pseudo');\nexport default asked ? ${pseudo} : ${plain};`;
    },
  };
}
