import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openSessionVision } from '../../../src/cli/session-vision.ts';
import type { SessionFolder } from '../../../src/main/liveness/recorded-session.ts';
import { replaySession, type SessionJudgement } from '../../../src/main/liveness/session-replay.ts';
import type { SessionVision } from '../../../src/main/liveness/session-vision.ts';
import { cacheFolderOf } from '../../../scripts/prepare-models.ts';
import { loadIdentities, splitOf, type Identity, type Presentation } from '../../accuracy/liveness/corpus.ts';
import { sessionFiles } from '../../accuracy/liveness/session-writer.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const modelsFolder = join(root, 'models');
let vision: SessionVision;
let identity: Identity;

beforeAll(async () => {
  const opened = await openSessionVision(modelsFolder);
  if (!opened.ok) throw new Error(`the models can't be used: ${opened.error.detail}`);
  vision = opened.value;
  const identities = await loadIdentities({
    modelsFolder,
    mediaFolder: join(cacheFolderOf(root), 'media'),
    perPhoto: 1,
  });
  identity = identities.find((person) => splitOf(person, 'genuine') === 'test')!;
});

/** Judges a simulated recording as a folder of files, with the real models. */
async function judged(attack: Presentation): Promise<SessionJudgement> {
  const files = await sessionFiles({ seed: '1', identity, attack, ambientLux: 120 });
  const bytes = new Map(files.map((file) => [file.name, file.bytes]));
  const folder: SessionFolder = {
    read: (name) => Promise.resolve(bytes.get(name) ?? null),
    write: () => Promise.reject(new Error('nothing is to be written')),
  };
  const judgement = await replaySession(folder, vision);
  if (!judgement.ok) throw new Error(judgement.error.detail ?? judgement.error.code);
  return judgement.value;
}

describe('simulated recordings as recorded sessions', () => {
  it('lets a rendered person pass the light, the spoof model and the embedder', async () => {
    const { verdict, reasons, evidence } = (await judged('genuine')) as Extract<SessionJudgement, { kind: 'light' }>;
    expect({ verdict, reasons }).toEqual({ verdict: 'live', reasons: [] });
    expect(evidence.spoofMedian).toBeGreaterThan(0.5);
    expect(evidence.spoofFrames).toBeGreaterThanOrEqual(8);
    expect(evidence.continuityMin).toBeGreaterThan(0.8);
  });

  it('refutes a replay on a tablet by its light', async () => {
    expect(await judged('tablet-replay')).toMatchObject({ verdict: 'spoof', reasons: ['liveness.code-mismatch'] });
  });

  it('refutes a picture that is tinted live by its lag and its flatness', async () => {
    const { verdict, reasons } = await judged('tint-relay');
    expect(verdict).toBe('spoof');
    expect(reasons).toContain('liveness.flat-response');
  });
});
