import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { FAULT_TABLE } from '../../../src/main/card-reader/simulator/fault.ts';
import { CARDS } from '../../support/card-reader/cards.ts';
import { run, start, type Ran, type Running } from '../../support/card-reader/command-line.ts';
import { hasSocat } from '../../support/card-reader/socat.ts';

const DECK = join(import.meta.dirname, '../../../resources/cards/deck');

let folder: string;
const running: Running[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'card-commands-test-'));
});
afterEach(() => {
  for (const { child } of running.splice(0)) child.kill('SIGTERM');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

/** Starts a command that goes on, until the test ends. */
function begin(...args: readonly string[]): Running {
  const started = start(...args);
  running.push(started);
  return started;
}

function simulate(...args: readonly string[]): Running {
  return begin('card', 'simulate', '--json', ...args);
}

describe('card simulate and card read', () => {
  test('over TCP, with cards and faults changed while it runs', async () => {
    const card = await file('card.json', JSON.stringify(CARDS.hmt));
    const simulator = simulate('--tcp', '0', '--card', card);
    const serving = await simulator.next();
    const port = String(serving.address);
    const read = () => run('card', 'read', '--transport', 'tcp', '--port', port, '--timeout', '5', '--full', '--json');
    expect(read()).toMatchObject({ exit: 0, lines: [{ type: 'hmt', fields: CARDS.hmt.fields, simulated: true }] });
    simulator.send({ card, fault: 'read-status@33' });
    await simulator.next();
    expect(read()).toMatchObject({ exit: 1, lines: [{ error: { code: 'card.refused' } }] });
    simulator.send({ card });
    await simulator.next();
    expect(read()).toMatchObject({ exit: 0 });
    expect(await simulator.stop()).toBe(0);
    expect(read()).toMatchObject({ exit: 1, lines: [{ error: { code: 'reader.missing' } }] });
  });

  test.skipIf(!hasSocat())('over a serial port', async () => {
    const card = await file('card.json', JSON.stringify(CARDS['foreigner-2017']));
    const link = join(folder, 'reader');
    const simulator = simulate('--link', link, '--card', card);
    expect(await simulator.next()).toEqual({ event: 'serving', address: link });
    expect(run('card', 'read', '--port', link, '--timeout', '5', '--full', '--json')).toMatchObject({
      exit: 0,
      lines: [{ type: 'foreigner-2017', fields: CARDS['foreigner-2017'].fields }],
    });
  });

  test('usage that can not be carried out', async () => {
    expect(run('card', 'simulate', '--json')).toMatchObject({ exit: 2, lines: [{ error: { code: 'usage' } }] });
    expect(run('card', 'simulate', '--tcp', '0', '--fault', 'explode', '--json')).toMatchObject({
      exit: 2,
      lines: [{ error: { code: 'request.invalid' } }],
    });
    expect(run('card', 'read', '--port', 'x', '--transport', 'pigeon', '--json')).toMatchObject({ exit: 2 });
    expect(run('card', 'nothing', '--json')).toMatchObject({ exit: 2, lines: [{ error: { code: 'usage' } }] });
  });

  test('nothing of a person is shown unless all of it is asked for', async () => {
    const simulator = simulate('--tcp', '0', '--card', await file('card.json', JSON.stringify(CARDS.resident)));
    const port = String((await simulator.next()).address);
    const read = run('card', 'read', '--transport', 'tcp', '--port', port, '--timeout', '5', '--json');
    expect(read).toMatchObject({ exit: 0, lines: [{ type: 'resident', masked: true }] });
    for (const hidden of ['number', 'name', 'address'] as const) {
      expect(read.text).not.toContain(CARDS.resident.fields[hidden]);
    }
  });

  test('a card that was read already and still lies there', async () => {
    const simulator = simulate('--tcp', '0', '--card', await file('card.json', JSON.stringify(CARDS.resident)));
    const port = String((await simulator.next()).address);
    const read = () => run('card', 'read', '--transport', 'tcp', '--port', port, '--timeout', '2', '--json');
    expect(read()).toMatchObject({ exit: 0 });
    expect(read()).toMatchObject({ exit: 1, lines: [{ error: { code: 'card.left-on-reader' } }] });
  });

  test('no card comes', async () => {
    const simulator = simulate('--tcp', '0');
    const port = String((await simulator.next()).address);
    expect(run('card', 'read', '--transport', 'tcp', '--port', port, '--timeout', '0.5', '--json')).toMatchObject({
      exit: 1,
      lines: [{ error: { code: 'user.timed-out' } }],
    });
  });
});

describe('card simulate', () => {
  test('lists its faults', () => {
    const listed = run('card', 'simulate', '--list-faults', '--json');
    expect(listed).toMatchObject({ exit: 0, lines: [{ faults: FAULT_TABLE }] });
    expect(run('card', 'simulate', '--list-faults').text.split('\n')).toHaveLength(FAULT_TABLE.length + 1);
  });

  test('deals a deck, and refuses what it can not do without ending', async () => {
    const simulator = simulate('--tcp', '0', '--deck', DECK);
    const port = String((await simulator.next()).address);
    const number = () => {
      const read = run('card', 'read', '--transport', 'tcp', '--port', port, '--timeout', '5', '--full', '--json');
      return (read.lines[0] as { fields: { number: string } }).fields.number;
    };
    const first = number();
    simulator.send({ deck: 'next' });
    expect(await simulator.next()).toEqual({ event: 'changed', card: true });
    expect(number()).not.toBe(first);
    simulator.send({ fault: 'explode' });
    expect(await simulator.next()).toMatchObject({ event: 'refused', error: { code: 'request.invalid' } });
    simulator.send({ card: null });
    expect(await simulator.next()).toEqual({ event: 'changed', card: false });
  });

  test('plays a script', async () => {
    const card = await file('card.json', JSON.stringify(CARDS.hmt));
    const steps = [
      { atMs: 0, card },
      { atMs: 50, fault: 'slow' },
      { atMs: 100, card: null },
    ];
    const simulator = simulate('--tcp', '0', '--script', await file('script.json', JSON.stringify(steps)));
    await simulator.next();
    const told = [await simulator.next(), await simulator.next(), await simulator.next()];
    expect(told).toEqual(steps.map((step) => ({ event: 'step', ...step })));
  });
});

describe('card test', () => {
  const states = (ran: Ran): unknown =>
    (ran.lines[0] as { findings: { state: string }[] }).findings.map(({ state }) => state).join(' ');

  test('says of every step how it is, and what to do', async () => {
    const simulator = simulate('--tcp', '0');
    const port = String((await simulator.next()).address);
    const examine = (...more: string[]) => run('card', 'test', '--transport', 'tcp', '--port', port, ...more);
    const well = examine('--json');
    expect(well.exit).toBe(0);
    expect(states(well)).toBe('ok ok ok ok ok warning');
    expect(examine('--lang', 'zh').text).toContain('照片解码库');
    for (const [fault, expected, code] of [
      ['status@status:66', 'ok ok ok failed unknown unknown', 'reader.not-authorised'],
      ['status@status:60', 'ok ok ok failed unknown unknown', 'reader.self-test-failed'],
      ['silent@sam-id', 'ok ok ok ok failed unknown', 'reader.fault'],
    ] as const) {
      simulator.send({ fault });
      await simulator.next();
      const ran = examine('--json');
      expect(ran.exit, fault).toBe(1);
      expect(states(ran), fault).toBe(expected);
      expect(ran.text, fault).toContain(code);
    }
    await simulator.stop();
    expect(states(examine('--json'))).toBe('failed unknown unknown unknown unknown unknown');
  });

  test.skipIf(!hasSocat())('tells a wrong line speed, and a port that another program has', async () => {
    const link = join(folder, 'tested');
    const simulator = simulate('--link', link, '--fault', 'listens-at@9600');
    await simulator.next();
    const wrong = run('card', 'test', '--port', link, '--baud', '115200', '--json');
    expect(states(wrong)).toBe('ok ok failed unknown unknown unknown');
    expect(wrong.text).toContain('reader.wrong-speed');
    const holder = begin('card', 'read', '--watch', '--port', link, '--json');
    expect(await holder.next()).toMatchObject({ event: 'ready', reader: { baud: 9600 } });
    const busy = run('card', 'test', '--port', link, '--json');
    expect(states(busy)).toBe('ok failed unknown unknown unknown unknown');
    expect(busy.text).toContain('reader.port-busy');
    expect(await holder.stop()).toBe(0);
  });
});
