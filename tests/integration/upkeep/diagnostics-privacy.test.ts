import { strFromU8, unzipSync } from 'fflate';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { presetScheme } from '../../../src/shared/domain/scheme-presets.ts';
import { certifyBy, SAMPLE_PHONE } from '../../support/terminal/certify-by-scheme.ts';
import { SAMPLE_PERSON } from '../../support/terminal/scene-before-camera.ts';
import { startTerminal, unwrap, type Terminal } from '../../support/terminal/terminal.ts';

let terminal: Terminal;
beforeAll(async () => {
  terminal = await startTerminal();
});
afterAll(() => terminal.close());

/** Everything that is known of the sample person, whole and masked, and what only this site knows. */
function personalTexts(certifyIds: readonly string[]): readonly string[] {
  const { name, number, birthDate } = SAMPLE_PERSON;
  const contact = '010-62345678';
  const portrait = Buffer.from([1, 2, 3]).toString('base64');
  return [
    name,
    number,
    number.slice(0, 14),
    number.slice(-6),
    birthDate,
    SAMPLE_PHONE,
    contact,
    portrait,
    ...certifyIds,
  ];
}

it('keeps everything that is about a person out of the diagnostics bundle', async () => {
  const { application, installation, dataFolder } = terminal;
  const certifyIds: string[] = [];
  application.service.onRecord(({ certifyId }) => certifyIds.push(certifyId));
  for (let round = 0; round < 2; round += 1) {
    expect((await certifyBy(terminal, presetScheme('CounterCard')!)).kind).toBe('result');
  }
  expect(certifyIds).toHaveLength(2);
  const site = unwrap(installation.settings.read('site'));
  unwrap(installation.settings.write('site', { ...site, contact: '010-62345678' }));
  mkdirSync(join(dataFolder, 'logs'), { recursive: true });
  // The worst that a fault could write: names only where no line of the program has them.
  const { name, number } = SAMPLE_PERSON;
  const lines = [
    { time: '2026-11-22T10:00:00.000Z', level: 30, certifyId: certifyIds[0], msg: 'committed', person: name },
    { time: '2026-11-22T10:00:01.000Z', level: 40, msg: `read ${number}`, failure: { code: 'x', detail: number } },
    {
      time: '2026-11-22T10:00:01.500Z',
      level: 40,
      msg: certifyIds[0],
      failure: { code: 'x', detail: `of ${certifyIds[1]}` },
    },
    ...terminal.logged.map((msg) => ({ time: '2026-11-22T10:00:02.000Z', level: 30, msg })),
  ];
  writeFileSync(join(dataFolder, 'logs', 'countersign.log'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const { adminHandlers } = application;
  unwrap(await adminHandlers['admin:self-test'](null));
  const { zip } = unwrap(await adminHandlers['admin:diagnostics'](null));
  const bundle = Object.values(unzipSync(zip))
    .map((file) => strFromU8(file))
    .join('\n');
  expect(bundle).toContain('committed');
  expect(bundle).toContain('"records": 2');
  expect(personalTexts(certifyIds).filter((text) => bundle.includes(text))).toEqual([]);
});
