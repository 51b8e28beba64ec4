import { describe, expect, test } from 'vitest';
import { noPhotoDecoder } from '../../../src/main/card-reader/photo-decoder.ts';
import { documentFrom } from '../../../src/main/card-reader/presented-card.ts';
import { baseData } from '../../../src/main/card-reader/simulator/simulated-reader.ts';
import { encodeCard } from '../../../src/main/card-reader/simulator/text-block.ts';
import { CARDS } from '../../support/card-reader/cards.ts';
import { readerBench } from '../../support/card-reader/reader-bench.ts';

const FIND = '2001';
const SELECT = '2002';
const NUMBER = '3005';
const READ = '3001';
const ADDRESS = '3003';
const WITH_FINGERPRINT = '3010';
const RESET = '10ff';

describe('the sequence of a read', () => {
  test('find, select, ask for the number, read', async () => {
    const { simulated, read, commands } = await readerBench();
    simulated.insertCard(CARDS.resident);
    expect(await read()).toMatchObject({ ok: true, value: CARDS.resident });
    expect(commands()).toEqual([FIND, SELECT, NUMBER, READ]);
  });

  test.each([
    ['select', '10', [FIND, SELECT, SELECT], 'reader.bad-frame'],
    ['select', '11', [FIND, SELECT, SELECT], 'reader.bad-frame'],
    ['select', '23', [FIND, SELECT], 'reader.fault'],
    ['read', '10', [FIND, SELECT, NUMBER, READ, READ], 'reader.bad-frame'],
    ['read', '21', [FIND, SELECT, NUMBER, READ], 'reader.fault'],
    ['read', '41', [FIND, SELECT, NUMBER, READ, READ, FIND], 'card.read-failed'],
    ['read', '31', [FIND, SELECT, NUMBER, READ], 'card.refused'],
    ['read', '33', [FIND, SELECT, NUMBER, READ], 'card.refused'],
    ['find', '60', [FIND], 'reader.self-test-failed'],
    ['find', '66', [FIND], 'reader.not-authorised'],
  ])('%s answered with %s', async (step, status, sent, code) => {
    const { simulated, read, commands, fault } = await readerBench();
    simulated.insertCard(CARDS.resident);
    fault(`status@${step}:${status}`);
    expect(await read()).toMatchObject({ ok: false, error: { code } });
    expect(commands()).toEqual(sent);
  });

  test.each([
    ['34', [], 'card.pulled'],
    ['47', [], 'card.pulled'],
    ['24', [RESET], 'reader.fault'],
  ])('a read answered with %s starts anew once', async (status, between, code) => {
    const { simulated, read, commands, fault } = await readerBench();
    simulated.insertCard(CARDS.resident);
    fault(`status@read:${status}`);
    expect(await read()).toMatchObject({ ok: false, error: { code } });
    const round = [FIND, SELECT, NUMBER, READ, ...between];
    expect(commands()).toEqual([...round, ...round]);
  });

  test('a damaged reply is asked for once more', async () => {
    const { simulated, read, commands, fault } = await readerBench();
    simulated.insertCard(CARDS.resident);
    fault('bad-checksum-once@find');
    expect(await read()).toMatchObject({ ok: true, value: CARDS.resident });
    expect(commands()).toEqual([FIND, FIND, SELECT, NUMBER, READ]);
  });

  test('a reply that stops while the card stays is asked for again, though nothing is found', async () => {
    const { timing, simulated, reader, line, commands } = await readerBench();
    simulated.insertCard(CARDS.resident);
    line.loseAfter(700);
    const reading = reader.waitForCard(new AbortController().signal);
    expect(await timing.run(reading)).toMatchObject({ ok: true, value: CARDS.resident });
    expect(commands()).toEqual([FIND, SELECT, NUMBER, READ, FIND, NUMBER, READ]);
  });

  test('a card that stays after its read answers 80, which is not its removal', async () => {
    const { timing, simulated, reader, read, presence, fault } = await readerBench();
    simulated.insertCard(CARDS.resident);
    await read();
    const stop = new AbortController();
    const waiting = reader.waitForCard(stop.signal);
    await timing.pass(5000);
    stop.abort();
    expect(await timing.run(waiting)).toMatchObject({ error: { code: 'user.cancelled' } });
    expect(await presence()).toEqual({ ok: true, value: 'same' });
    fault('none');
  });

  test('a late answer is never taken for that of the next question', async () => {
    const { timing, simulated, reader, read, presence, line } = await readerBench();
    simulated.insertCard(CARDS.resident);
    await read();
    // The answer "the card is there" comes 4 s late, when the card has left.
    line.delayNext(4000);
    expect(await presence()).toMatchObject({ ok: false, error: { code: 'reader.no-answer' } });
    simulated.removeCard();
    const asked = reader.presence();
    expect(await timing.run(asked)).toEqual({ ok: true, value: 'gone' });
    expect(reader.lineCounts.stale).toBe(1);
  });
});

describe('what is read beside text and photo', () => {
  const withAddress = {
    ...CARDS.resident,
    fields: { ...CARDS.resident.fields, appendedAddress: '样本省·新住址𠮷8号' },
  };
  const addressWanted = { cardReading: { appendedAddress: true, fingerprint: 'skip' } } as const;
  const fingerprintWanted = { cardReading: { appendedAddress: false, fingerprint: 'recognise' } } as const;

  test('the appended address', async () => {
    const { simulated, read, commands } = await readerBench(addressWanted);
    simulated.insertCard(withAddress);
    expect(await read()).toMatchObject({ ok: true, value: withAddress });
    expect(commands()).toEqual([FIND, SELECT, NUMBER, READ, ADDRESS]);
  });

  test('is not read unless it is wanted', async () => {
    const { simulated, read, commands } = await readerBench();
    simulated.insertCard(withAddress);
    expect(await read()).toMatchObject({ ok: true, value: CARDS.resident });
    expect(commands()).not.toContain(ADDRESS);
  });

  test.each(['none', 'status@address:21', 'status@address:23'])('no field where there is none (%s)', async (name) => {
    const { simulated, read, fault } = await readerBench(addressWanted);
    simulated.insertCard(CARDS.resident);
    fault(name);
    const result = await read();
    expect(result.ok && result.value.fields).toEqual(CARDS.resident.fields);
  });

  test.each([
    ['status@address:41', 'card.read-failed'],
    ['status@address:80', 'card.pulled'],
    ['status@address:60', 'reader.self-test-failed'],
    ['silent@address', 'reader.no-answer'],
    ['bad-checksum@address', 'reader.bad-frame'],
  ])('one that could not be read (%s) is not a card without one', async (name, code) => {
    const { simulated, read, fault } = await readerBench(addressWanted);
    simulated.insertCard(withAddress);
    fault(name);
    expect(await read()).toMatchObject({ ok: false, error: { code } });
  });

  test.each([0, 512, 1024] as const)('that a card has %i bytes of fingerprint', async (fingerprintBytes) => {
    const { simulated, read, commands } = await readerBench(fingerprintWanted);
    simulated.insertCard({ ...CARDS.resident, fingerprintBytes });
    expect(await read()).toMatchObject({ ok: true, value: { ...CARDS.resident, fingerprintBytes } });
    expect(commands()).toEqual([FIND, SELECT, NUMBER, WITH_FINGERPRINT]);
  });

  test('an old module refuses that once and is not asked again', async () => {
    const { simulated, read, commands, fault } = await readerBench(fingerprintWanted);
    fault('refuses-30-10');
    simulated.insertCard(CARDS.resident);
    const first = await read();
    expect(first).toMatchObject({ ok: true, value: CARDS.resident });
    expect(first.ok && first.value.fingerprintBytes).toBeUndefined();
    simulated.insertCard(CARDS.hmt);
    expect(await read()).toMatchObject({ ok: true, value: CARDS.hmt });
    expect(commands()).toEqual([FIND, SELECT, NUMBER, WITH_FINGERPRINT, READ, FIND, SELECT, NUMBER, READ]);
  });

  test('the templates are overwritten once their length is known', async () => {
    const data = baseData(encodeCard({ ...CARDS.resident, fingerprintBytes: 1024 }), true);
    const templates = data.subarray(-1024);
    expect(templates.some((byte) => byte !== 0)).toBe(true);
    const document = await documentFrom(data, noPhotoDecoder, false);
    expect(document).toEqual({
      ok: true,
      value: { ...CARDS.resident, portrait: { state: 'absent' }, fingerprintBytes: 1024, simulated: false },
    });
    expect(templates.every((byte) => byte === 0)).toBe(true);
  });
});
