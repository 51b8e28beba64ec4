import { describe, expect, test } from 'vitest';
import { CARDS } from '../../support/card-reader/cards.ts';
import { readerBench } from '../../support/card-reader/reader-bench.ts';

const PRESENT = { ok: true, value: 'same' } as const;
const GONE = { ok: true, value: 'gone' } as const;

describe('whether the card of the last read still lies there', () => {
  test('the same one, until it leaves', async () => {
    const { simulated, read, presence } = await readerBench();
    simulated.insertCard(CARDS.resident);
    await read();
    expect([await presence(), await presence()]).toEqual([PRESENT, PRESENT]);
    simulated.removeCard();
    expect([await presence(), await presence()]).toEqual([GONE, GONE]);
  });

  test('another one that took its place right after the read is another one', async () => {
    const { simulated, read, presence, fault } = await readerBench();
    simulated.insertCard(CARDS.resident);
    fault('swapped-card');
    expect(await read()).toMatchObject({ ok: true, value: CARDS.resident });
    expect(await presence()).toEqual({ ok: true, value: 'other' });
  });

  test('one that was lifted and another one laid down are not it, and the next read tells their number', async () => {
    const { simulated, read, presence } = await readerBench();
    simulated.insertCard(CARDS.resident);
    await read();
    simulated.insertCard(CARDS.hmt);
    expect(await presence()).toEqual(GONE);
    expect(await read()).toMatchObject({ ok: true, value: CARDS.hmt });
    expect(await presence()).toEqual(PRESENT);
  });

  test('a doubled reply to the question before makes no other card of it', async () => {
    const { simulated, read, presence, fault } = await readerBench({
      cardReading: { appendedAddress: true, fingerprint: 'skip' },
    });
    fault('two-replies-in-one-chunk');
    simulated.insertCard(CARDS.resident);
    expect(await read()).toMatchObject({ ok: true, value: CARDS.resident });
    expect([await presence(), await presence(), await presence()]).toEqual([PRESENT, PRESENT, PRESENT]);
  });

  test('the same card laid down anew is a new presentation', async () => {
    const { simulated, read, presence } = await readerBench();
    simulated.insertCard(CARDS.resident);
    await read();
    simulated.removeCard();
    simulated.insertCard(CARDS.resident);
    expect(await presence()).toEqual(GONE);
    expect(await read()).toMatchObject({ ok: true, value: CARDS.resident });
  });

  test('a card that was never read is not the one of the last read', async () => {
    const { simulated, presence, fault, read } = await readerBench();
    expect(await presence()).toEqual(GONE);
    simulated.insertCard(CARDS.resident);
    fault('status@read:31');
    await read();
    expect(await presence()).toEqual({ ok: true, value: 'other' });
  });

  test.each([
    ['silent', 'reader.no-answer'],
    ['status@presence:24', 'reader.fault'],
    ['status@presence:31', 'card.refused'],
    ['bad-checksum@presence', 'reader.bad-frame'],
  ])('an unclear answer (%s) is a failure', async (name, code) => {
    const { simulated, read, presence, fault } = await readerBench();
    simulated.insertCard(CARDS.resident);
    await read();
    fault(name);
    expect(await presence()).toMatchObject({ ok: false, error: { code } });
    fault('none');
    expect(await presence()).toEqual(PRESENT);
  });
});

describe('modules that know less', () => {
  test('without management numbers the address question tells that the card is there', async () => {
    const { simulated, read, presence, fault, commands } = await readerBench();
    fault('status@presence:21');
    simulated.insertCard(CARDS.resident);
    expect(await read()).toMatchObject({ ok: true, value: CARDS.resident });
    expect(await presence()).toEqual(PRESENT);
    expect(commands().slice(-2)).toEqual(['3003', '3003']);
    simulated.removeCard();
    expect(await presence()).toEqual(GONE);
  });

  test('with neither it is not known', async () => {
    const { simulated, read, presence, fault } = await readerBench();
    fault('status@presence:21,status@address:23');
    simulated.insertCard(CARDS.resident);
    await read();
    expect(await presence()).toEqual({ ok: true, value: 'unknown' });
  });

  test('one that does not give the number before the read is asked behind it from then on', async () => {
    const { simulated, read, presence, fault, commands } = await readerBench();
    fault('silent@presence');
    simulated.insertCard(CARDS.resident);
    expect(await read()).toMatchObject({ ok: true, value: CARDS.resident });
    // Its number was never learned, so nobody can say whose card lies there.
    fault('none');
    expect(await presence()).toEqual({ ok: true, value: 'unknown' });
    simulated.insertCard(CARDS.hmt);
    const before = commands().length;
    expect(await read()).toMatchObject({ ok: true, value: CARDS.hmt });
    expect(await presence()).toEqual(PRESENT);
    expect(commands().slice(before)).toEqual(['2001', '2002', '3001', '3005', '3005']);
  });

  test('one whose read fails after that question is tried once without it', async () => {
    const { timing, simulated, reader, fault, commands } = await readerBench();
    simulated.insertCard(CARDS.resident);
    fault('status@presence:41,status@read:31');
    const reading = reader.waitForCard(new AbortController().signal);
    await timing.pass(100);
    fault('status@presence:41');
    expect(await timing.run(reading)).toMatchObject({ ok: true, value: CARDS.resident });
    expect(commands().slice(0, 7)).toEqual(['2001', '2002', '3005', '3001', '2001', '2002', '3001']);
  });
});
