/**
 * Writes three simulated recordings as folders of recorded sessions, for `countersign liveness judge`. Run:
 * `node tests/accuracy/liveness/write-sessions.ts OUT [seed]`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { mediaFolder, modelsFolder } from '../../../scripts/steps/paths.ts';
import { loadIdentities, splitOf, type Presentation } from './corpus.ts';
import { sessionFiles } from './session-writer.ts';

const PRESENTATIONS: readonly (readonly [name: string, attack: Presentation])[] = [
  ['genuine', 'genuine'],
  ['replay', 'tablet-replay'],
  ['tint-relay', 'tint-relay'],
];

const [out, seed = '1'] = process.argv.slice(2);
if (out === undefined) {
  console.error('node tests/accuracy/liveness/write-sessions.ts OUT [seed]');
  process.exit(2);
}
const identities = await loadIdentities({ modelsFolder, mediaFolder, perPhoto: 1 });
const identity = identities.find((person) => splitOf(person, 'genuine') === 'test')!;
for (const [name, attack] of PRESENTATIONS) {
  for (const { name: file, bytes } of await sessionFiles({ seed, identity, attack, ambientLux: 120 })) {
    mkdirSync(dirname(join(out, name, file)), { recursive: true });
    writeFileSync(join(out, name, file), bytes);
  }
  console.log(join(out, name));
}
