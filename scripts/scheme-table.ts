import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { everyCapability } from '../src/main/verifiers/create-verifier.ts';
import { PRESET_SCHEMES } from '../src/shared/domain/scheme-presets.ts';
import { servesScheme } from '../src/shared/domain/scheme-service.ts';
import { serviceRefusalText } from '../src/shared/service-refusal-texts.ts';
import type { Scheme } from '../src/shared/domain/scheme.ts';
import type { VerifierCapabilities } from '../src/shared/domain/verification.ts';

/** The page whose tables are made here, from the data. */
export const SCHEMES_PAGE = join(import.meta.dirname, '../docs/schemes.md');

const NONE = '–';

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function listed(all: readonly string[]): string {
  return all.length === 0 ? NONE : all.join(', ');
}

function livenessOf({ liveness }: Scheme): string {
  if (liveness === 'none') return NONE;
  return liveness === 'scene' ? 'as the scene says' : liveness.join(', ');
}

/** What the person types, and what a caller may give; optional ones in brackets. */
function givenTo({ inputs, asks }: Scheme): string {
  const given = Object.entries(inputs).map(([input, need]) => (need === 'required' ? input : `(${input})`));
  return listed([...given, ...asks.map((ask) => `${ask} typed where not given`)]);
}

/** Every preset: who does what, what is brought along, compared and asked, and what comes out. */
export function schemeTable(): string {
  const head = [
    'scheme',
    'family',
    'who',
    'identity',
    'card pictures',
    'liveness',
    'compared with',
    'question',
    'decides',
    'inputs',
    'outputs',
  ];
  const rows = PRESET_SCHEMES.map((scheme) => [
    `\`${scheme.id}\``,
    scheme.family,
    scheme.actor,
    scheme.identity,
    scheme.cardPictures,
    livenessOf(scheme),
    scheme.reference === 'none' ? NONE : scheme.reference,
    scheme.check === null ? NONE : `\`${scheme.check}\``,
    scheme.decides,
    givenTo(scheme),
    listed(scheme.outputs),
  ]);
  return markdown(head, rows);
}

function everyVerifier(): readonly VerifierCapabilities[] {
  return everyCapability({
    send: () => Promise.reject(new Error('nothing is sent here')),
    clock: { wallMs: () => 0, monotonicMs: () => 0 },
    randomBytes: (length) => Buffer.alloc(length),
  });
}

/** Which verifier serves which preset, by the operation that it calls. */
export function serviceTable(): string {
  const verifiers = everyVerifier();
  const rows = PRESET_SCHEMES.map((scheme) => [
    `\`${scheme.id}\``,
    ...verifiers.map((verifier) => {
      const service = servesScheme(scheme, verifier);
      return service.served ? (service.operation ?? 'nothing to ask') : 'no';
    }),
  ]);
  return markdown(['scheme', ...verifiers.map(({ verifier }) => verifier)], rows);
}

/** Why the others aren't served. */
export function refusedTable(): string {
  const refused = new Map<string, string[]>();
  for (const verifier of everyVerifier()) {
    for (const scheme of PRESET_SCHEMES) {
      const service = servesScheme(scheme, verifier);
      if (service.served) continue;
      const row = `${verifier.verifier} | ${serviceRefusalText(service.why, 'en')}`;
      refused.set(row, [...(refused.get(row) ?? []), `\`${scheme.id}\``]);
    }
  }
  const rows = [...refused].map(([row, schemes]) => [...row.split(' | '), schemes.join(', ')]);
  return markdown(['verifier', 'why not', 'schemes'], rows);
}

/** The page with its tables made anew, each between its two markers. */
export function withTables(page: string): string {
  const tables = { schemes: schemeTable(), service: serviceTable(), refused: refusedTable() };
  return Object.entries(tables).reduce((text, [name, table]) => {
    const marker = `<!-- ${name} -->`;
    const parts = text.split(marker);
    if (parts.length !== 3) throw new Error(`${marker} has to stand in the page twice`);
    return `${parts[0]}${marker}\n\n${table}\n\n${marker}${parts[2]}`;
  }, page);
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(SCHEMES_PAGE, withTables(readFileSync(SCHEMES_PAGE, 'utf8')));
}
