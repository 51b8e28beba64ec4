import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CARDS } from '../../support/card-reader/cards.ts';
import { run, runBeside } from '../../support/card-reader/command-line.ts';
import { FakeEstService } from '../../support/card-reader/services/fake-est-service.ts';
import { FakeHttpService } from '../../support/card-reader/services/fake-http-service.ts';

const services = { certctl: () => new FakeHttpService('certctl'), est: () => new FakeEstService() };

describe.each(['certctl', 'est'] as const)('the commands and the service %s', (dialect) => {
  let fake: FakeHttpService | FakeEstService;
  beforeEach(async () => {
    fake = services[dialect]();
    await fake.start();
  });
  afterEach(() => fake.stop());

  test('a card that is put on while it is waited for', async () => {
    const reading = runBeside('card', 'read', '--transport', dialect, '--address', fake.address, '--full', '--json');
    let done = false;
    void reading.then(() => (done = true));
    // Comes and goes until the command was there to see it: only a card that comes while it waits counts.
    while (!done) {
      fake.device.card = null;
      await delay(1500);
      fake.device.card = CARDS.resident;
      await delay(1500);
    }
    const { exit, lines } = await reading;
    expect(exit).toBe(0);
    expect(lines).toMatchObject([{ type: 'resident', fields: { number: CARDS.resident.fields.number } }]);
  });

  test('is examined like a reader', async () => {
    const examined = await runBeside('card', 'test', '--transport', dialect, '--address', fake.address, '--json');
    expect(examined).toMatchObject({
      exit: 0,
      lines: [
        {
          findings: [
            { state: 'ok' },
            { state: 'ok' },
            { state: 'ok' },
            { state: 'ok' },
            { state: 'ok' },
            { step: 'photo-decoder', state: 'ok' },
          ],
        },
      ],
    });
  });

  test('is missing', async () => {
    await fake.stop();
    const { exit, text } = run('card', 'test', '--transport', dialect, '--address', fake.address, '--json');
    expect(exit).toBe(1);
    expect(text).toContain('reader.service-missing');
  });
});

test('something else that listens at a service’s port', async () => {
  const fake = new FakeHttpService('certctl');
  fake.misbehaviour = 'html';
  await fake.start();
  const { exit, lines } = await runBeside(
    'card',
    'test',
    '--transport',
    'certctl',
    '--address',
    fake.address,
    '--json',
  );
  await fake.stop();
  expect(exit).toBe(1);
  expect(lines).toMatchObject([
    {
      findings: [
        { state: 'ok' },
        { state: 'ok' },
        { step: 'answers', failure: { code: 'reader.service-malformed' } },
        {},
        {},
        {},
      ],
    },
  ]);
});
