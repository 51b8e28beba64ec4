import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PRESET_SCHEMES } from '../../../src/shared/domain/scheme-presets.ts';
import type { RiskRule } from '../../../src/shared/domain/risk.ts';
import type { Scheme } from '../../../src/shared/domain/scheme.ts';
import { failure, VERDICT_STATES, type VerdictState } from '../../../src/shared/reasons.ts';
import { answeringKv1, answeringVendor, type AnsweringVerifier } from '../../support/terminal/answering-verifier.ts';
import { certifyBy, type Certified } from '../../support/terminal/certify-by-scheme.ts';
import { usualScene } from '../../support/terminal/scene-before-camera.ts';
import { startTerminal, unwrap, type Terminal } from '../../support/terminal/terminal.ts';

/** Nobody's phone is at hand here: the hand-off has its own table. */
const SCHEMES = PRESET_SCHEMES.filter(({ actor }) => actor !== 'phone');
const COLUMNS = ['device alone', 'kv1', 'tencent', 'aliyun'] as const;
type Column = (typeof COLUMNS)[number];

interface Bench {
  readonly terminal: Terminal;
  readonly verifier: AnsweringVerifier | null;
}

const benches = new Map<Column, Bench>();
const cells = new Map<string, string>();

async function openBench(column: Column): Promise<Bench> {
  const verifier =
    column === 'device alone' ? null : await (column === 'kv1' ? answeringKv1() : answeringVendor(column));
  const terminal = await startTerminal(verifier?.connection);
  if (verifier?.name === 'kv1') unwrap(await terminal.application.adminHandlers['admin:sync-now'](null));
  return { terminal, verifier };
}

beforeAll(async () => {
  for (const column of COLUMNS) benches.set(column, await openBench(column));
}, 60_000);
afterAll(async () => {
  for (const { terminal, verifier } of benches.values()) {
    await terminal.close();
    await verifier?.close();
  }
});

/** Puts before the terminal, and into the verifier's mouth, what should lead to a verdict; false: nothing can. */
function prepare({ terminal, verifier }: Bench, scheme: Scheme, state: VerdictState): boolean {
  Object.assign(terminal.before, usualScene());
  const { settings } = terminal.installation;
  unwrap(settings.write('risk', { rules: [], rememberFaces: false }));
  if (scheme.check !== null) verifier?.say(scheme.check, 'passed');
  const looks = scheme.actor === 'person' && scheme.liveness !== 'none';
  const compares = ['chip-portrait', 'card-portrait', 'given'].includes(scheme.reference);
  const asks = scheme.decides === 'verifier' && scheme.check !== null;
  switch (state) {
    case 'passed':
      return asks ? verifier !== null : true;
    case 'failed':
      if (asks && !looks) return verifier?.say(scheme.check!, 'failed') ?? false;
      if (asks && verifier?.say(scheme.check!, 'failed')) return true;
      if (looks) terminal.before.liveness = 'spoof';
      else if (compares) terminal.before.similarity = 0.05;
      return looks || compares;
    case 'review':
      if (asks) return verifier === null || verifier.say(scheme.check!, 'review');
      if (compares) terminal.before.similarity = 0.35;
      else unwrap(settings.write('risk', { rules: [closedNow()], rememberFaces: false }));
      return true;
    case 'error':
      if (looks) terminal.before.liveness = 'undecided';
      else if (scheme.identity === 'chip-card') terminal.before.card = failure('card.read-failed');
      else if (!scheme.inputs.face) terminal.before.readable = false;
      else terminal.before.facesInPictures = 0;
      // A clip is looked at by nobody here.
      return scheme.inputs.clip === undefined;
  }
}

/** A rule that finds something at any time but the hour before last. */
function closedNow(): RiskRule {
  const hour = (new Date().getHours() + 22) % 24;
  const at = (minute: string): string => `${String(hour).padStart(2, '0')}:${minute}`;
  return {
    id: 'closed',
    enabled: true,
    sceneIds: null,
    when: { kind: 'hours', from: at('00'), to: at('59') },
    effect: { kind: 'review' },
  };
}

function wordsOf(certified: Certified): string {
  if (certified.kind === 'refused') return `refused ${certified.failure.code}`;
  const { state, reason } = certified.result;
  return `${state} ${reason}`;
}

describe.each(COLUMNS)('every preset decided with %s', (column) => {
  it.each(SCHEMES.map((scheme) => [scheme.id, scheme] as const))(
    '%s gives all four verdicts',
    async (_, scheme) => {
      const bench = benches.get(column)!;
      for (const state of VERDICT_STATES) {
        if (!prepare(bench, scheme, state)) continue;
        const certified = await certifyBy(bench.terminal, scheme);
        cells.set(`${scheme.id} ${column} ${state}`, wordsOf(certified));
        expect.soft(wordsOf(certified), `${column} ${state}`).toMatch(new RegExp(`^(${state}|refused)`));
      }
    },
    30_000,
  );
});

/** One line for each preset: what each verdict was decided by, who answers in the columns. */
function tableAsMarkdown(): string {
  const head = ['scheme', 'verdict', ...COLUMNS];
  const rows = SCHEMES.flatMap(({ id }) =>
    VERDICT_STATES.map((state) => [
      `\`${id}\``,
      state,
      ...COLUMNS.map((column) => {
        const words = cells.get(`${id} ${column} ${state}`);
        if (words === undefined) return '–';
        const [came, code] = words.split(' ');
        return `${came === 'refused' ? 'refused, ' : ''}\`${code}\``;
      }),
    ]),
  );
  const lines = [head, head.map(() => '---'), ...rows].map((line) => `| ${line.join(' | ')} |`);
  return `${lines.join('\n')}\n`;
}

it('came to what docs/scheme-verdicts.md says', async () => {
  const text = `# Schemes, verifiers, verdicts

Written by \`npx vitest run --project integration tests/integration/schemes --update\`: every cell is what one
certification of the whole application came to, with a real database, real HTTP to our verifier or to a vendor's
stand-in, and a person, a reader and models that say what the test put before them. A dash: this verdict can't come about
there – without a verifier nobody can pass a scheme that the verifier decides, and not every vendor refutes every
question. Hand-offs to a phone have tests of their own.

${tableAsMarkdown()}`;
  await expect(text).toMatchFileSnapshot('../../../docs/scheme-verdicts.md');
});
