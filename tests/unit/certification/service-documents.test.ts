import { describe, expect, it } from 'vitest';
import { certificationRecordSchema } from '../../../src/shared/domain/certification.ts';
import type { DocumentReading } from '../../../src/shared/domain/document-reading.ts';
import { DEFAULT_SCENE, type Scene } from '../../../src/shared/domain/scene.ts';
import type { ChipSignature } from '../../../src/shared/domain/travel-document.ts';
import { failure, type Failure } from '../../../src/shared/reasons.ts';
import { err, ok, type Result } from '../../../src/shared/result.ts';
import { PICTURES_PER_PAGE } from '../../../src/main/certification/document-steps.ts';
import { back, CARD_NUMBER, chipDocument, field, front, ZONE, zonePage } from './document-samples.ts';
import { jpeg, kiosk, notOffered, ready, settled, type Changes, type Kiosk } from './service-host.ts';

const scene: Scene = {
  ...DEFAULT_SCENE,
  identification: { manualEntry: false, cardPhoto: false, photographedCard: true, travelDocument: true },
};

/** A kiosk whose pictures read like `readings`, one after the other; the last one again and again. */
function kioskThatReads(readings: readonly Result<DocumentReading, Failure>[], changes: Changes = {}): Kiosk {
  let next = 0;
  return kiosk({
    waitForCard: new Promise(() => undefined),
    documents: { read: async () => readings[Math.min(next++, readings.length - 1)]! },
    ...changes,
    configuration: { scene, ...changes.configuration },
  });
}

async function begin({ service }: Kiosk, way: 'photograph-card' | 'use-travel-document'): Promise<string> {
  service.act({ type: 'start' });
  service.act({ type: 'consent', capture: true, transmit: true });
  service.reportCamera(ready('camera'));
  await settled();
  service.act({ type: way });
  return service.view().certifyId ?? '';
}

async function photograph({ service }: Kiosk, certifyId: string, times = 1): Promise<void> {
  for (let i = 0; i < times; i++) await service.documentPicture(certifyId, jpeg);
  await settled();
}

async function throughLiveness({ service, time }: Kiosk, certifyId: string): Promise<void> {
  service.cameraAnswered(certifyId, notOffered);
  for (let frame = 0; frame < 3; frame += 1) {
    await service.addEvidence({ certifyId, jpeg, capturedAtMs: frame, phase: 'neutral' });
  }
  await service.guide({ certifyId, jpeg, capturedAtMs: 1 });
  await time.pass(600);
  await service.guide({ certifyId, jpeg, capturedAtMs: 2 });
  const view = service.view();
  if (view.screen !== 'light') throw new Error(`at ${view.screen}`);
  await time.pass(700);
  service.lightPlayed(certifyId, view.challenge.nonce, []);
  await settled();
  await settled();
}

describe('a photographed ID card', () => {
  it('is offered where the scene allows it, and refused elsewhere', async () => {
    const open = kioskThatReads([]);
    await begin(open, 'photograph-card');
    expect(open.service.view()).toMatchObject({ screen: 'document-capture', page: 'id-card-front', part: 1, parts: 2 });
    const closed = kioskThatReads([], { configuration: { scene: DEFAULT_SCENE } });
    await begin(closed, 'photograph-card');
    expect(closed.service.view()).toMatchObject({ screen: 'card' });
    expect(closed.service.view()).not.toHaveProperty('mayPhotograph');
  });

  it('goes from side to side and, where every field is sure, on to the face', async () => {
    const host = kioskThatReads([ok(front()), ok(back())]);
    const certifyId = await begin(host, 'photograph-card');
    await photograph(host, certifyId);
    expect(host.service.view()).toMatchObject({ page: 'id-card-back', part: 2 });
    await photograph(host, certifyId);
    expect(host.service.view()).toMatchObject({ screen: 'position', nameMasked: '样*人' });
    await throughLiveness(host, certifyId);
    expect(host.records).toHaveLength(1);
    const record = certificationRecordSchema.parse(host.records[0]);
    expect(record).toMatchObject({
      verdict: { state: 'review', reason: 'document.photographed', basis: 'card-photo' },
      subject: { nameMasked: '样*人', numberMasked: '110***********0013' },
      document: {
        kind: 'resident',
        portrait: 'absent',
        source: 'photographed',
        portraitSource: 'printed',
        reading: { warnings: [], corrections: [] },
      },
    });
    expect(JSON.stringify(record)).not.toContain(CARD_NUMBER);
  });

  it('is shown for confirmation when a field is unsure, and records what was changed', async () => {
    const doubtful = front({ name: field('祥本人', 'unclear'), number: field('110000199001010018', 'check-digit') });
    const host = kioskThatReads([ok(doubtful), ok(back())]);
    const certifyId = await begin(host, 'photograph-card');
    await photograph(host, certifyId, 2);
    const { service } = host;
    const view = service.view();
    if (view.screen !== 'document-confirm') throw new Error(view.screen);
    expect(view.fields.filter(({ doubt }) => doubt).map(({ field: name, doubt }) => [name, doubt])).toEqual([
      ['name', 'unclear'],
      ['number', 'check-digit'],
    ]);
    service.act({ type: 'document-confirmed', values: { name: '样本人' } });
    expect(service.view()).toMatchObject({ problem: { field: 'number', doubt: 'check-digit' } });
    service.act({ type: 'document-confirmed', values: { name: '样本人', number: CARD_NUMBER } });
    expect(service.view()).toMatchObject({ screen: 'position' });
    await throughLiveness(host, certifyId);
    expect(host.records[0]?.document?.reading?.corrections).toEqual([
      { field: 'name', by: 'person', action: 'changed', doubt: 'unclear', confidence: 0.4, charactersChanged: 1 },
      { field: 'number', by: 'person', action: 'changed', doubt: 'check-digit', confidence: 0.4, charactersChanged: 1 },
    ]);
  });

  it('never takes a number on confirmation alone: what disagrees stays a problem', async () => {
    const host = kioskThatReads([ok(front({ sex: field('female', 'disagrees') })), ok(back())]);
    const certifyId = await begin(host, 'photograph-card');
    await photograph(host, certifyId, 2);
    host.service.act({ type: 'document-confirmed', values: {} });
    expect(host.service.view()).toMatchObject({
      screen: 'document-confirm',
      problem: { field: 'sex', doubt: 'disagrees' },
    });
  });

  it('whose sides can not belong together goes to a clerk, even where the person says that they do', async () => {
    const host = kioskThatReads([
      ok(front()),
      ok(back({ validFrom: field('2020-01-01'), validTo: field('long-term') })),
    ]);
    const certifyId = await begin(host, 'photograph-card');
    await photograph(host, certifyId, 2);
    expect(host.service.view()).toMatchObject({ screen: 'document-confirm' });
    host.service.act({ type: 'document-confirmed', values: {} });
    await throughLiveness(host, certifyId);
    expect(host.records[0]).toMatchObject({ verdict: { state: 'review', reason: 'document.sides-differ' } });
  });

  it('asks for another picture, and ends with what was wrong when none gets better', async () => {
    const host = kioskThatReads([err(failure('document.wrong-side'))]);
    const certifyId = await begin(host, 'photograph-card');
    await photograph(host, certifyId);
    expect(host.service.view()).toMatchObject({
      screen: 'document-capture',
      problem: 'document.wrong-side',
      reading: false,
    });
    await photograph(host, certifyId, PICTURES_PER_PAGE - 1);
    expect(host.records.map(({ verdict }) => verdict.reason)).toEqual(['document.wrong-side']);
  });

  it.each(['glare', 'blur', 'occlusion', 'border-cut'] as const)(
    'with %s is taken again, and used the third time if every field is sure',
    async (kind) => {
      const host = kioskThatReads([ok(front({}, [kind]))]);
      const certifyId = await begin(host, 'photograph-card');
      await photograph(host, certifyId, 2);
      expect(host.service.view()).toMatchObject({ page: 'id-card-front', part: 1 });
      await photograph(host, certifyId);
      expect(host.service.view()).toMatchObject({ page: 'id-card-back' });
    },
  );

  it.each([
    ['copy', 'document.copy'],
    ['black-and-white-copy', 'document.black-and-white-copy'],
    ['recapture', 'document.recaptured'],
    ['edited', 'document.edited'],
    ['temporary', 'document.temporary'],
  ] as const)('that looks like %s goes to a clerk even with a matching face', async (kind, reason) => {
    const host = kioskThatReads([ok(front({}, [kind])), ok(back())]);
    const certifyId = await begin(host, 'photograph-card');
    await photograph(host, certifyId, 2);
    await throughLiveness(host, certifyId);
    expect(host.records[0]).toMatchObject({
      verdict: { state: 'review', reason },
      document: { reading: { warnings: [kind] } },
    });
  });

  it('ends undecided when the inference process is lost', async () => {
    const host = kioskThatReads([err(failure('inference.crashed'))]);
    const certifyId = await begin(host, 'photograph-card');
    await photograph(host, certifyId);
    expect(host.records.map(({ verdict }) => verdict.state)).toEqual(['error']);
  });

  it('is dropped when it comes for another certification or at another step', async () => {
    const host = kioskThatReads([ok(front())]);
    const certifyId = await begin(host, 'photograph-card');
    await host.service.documentPicture('another', jpeg);
    expect(host.service.view()).toMatchObject({ page: 'id-card-front', reading: false });
    host.service.act({ type: 'use-card' });
    await photograph(host, certifyId);
    expect(host.service.view()).toMatchObject({ screen: 'card' });
  });

  it('is another way where the reader is missing', async () => {
    const host = kioskThatReads([], { waitForCard: Promise.resolve(), read: err(failure('reader.missing')) });
    host.service.act({ type: 'start' });
    host.service.act({ type: 'consent', capture: true, transmit: true });
    await settled();
    await settled();
    expect(host.service.view()).toMatchObject({ screen: 'card', problem: 'reader.missing', mayPhotograph: true });
    host.service.act({ type: 'photograph-card' });
    expect(host.service.view()).toMatchObject({ screen: 'document-capture' });
  });
});

describe('the camera that looks at a document', () => {
  it('looks anew after every steady moment, because the page may let one pass', async () => {
    const ended: string[] = [];
    const good = { outline: null, hint: null, progress: 1, take: true };
    const host = kioskThatReads([ok(front())], {
      documents: { watch: async () => ok(good), endWatch: async (watchId) => ended.push(watchId) },
    });
    const certifyId = await begin(host, 'photograph-card');
    expect(await host.service.documentFrame(certifyId, { jpeg, capturedAtMs: 1 })).toEqual(ok(good));
    expect(ended).toEqual([certifyId]);
  });

  it('ends the certification when it can not be looked through', async () => {
    const host = kioskThatReads([], { documents: { watch: async () => err(failure('inference.crashed')) } });
    const certifyId = await begin(host, 'photograph-card');
    await host.service.documentFrame(certifyId, { jpeg, capturedAtMs: 1 });
    expect(host.records.map(({ verdict }) => verdict.reason)).toEqual(['inference.crashed']);
  });
});

describe('a travel document', () => {
  const withChip = (readChip: Changes['readChip']): Changes => ({
    ...(readChip ? { readChip } : {}),
    configuration: { readsChips: true, readsSwipes: true },
  });

  it('by its zone alone goes to a clerk', async () => {
    const host = kioskThatReads([ok(zonePage())]);
    const certifyId = await begin(host, 'use-travel-document');
    expect(host.service.view()).toMatchObject({ screen: 'document-capture', page: 'travel-document', parts: 1 });
    await photograph(host, certifyId);
    await throughLiveness(host, certifyId);
    expect(certificationRecordSchema.parse(host.records[0])).toMatchObject({
      verdict: { state: 'review', reason: 'document.photographed', basis: 'card-photo' },
      document: { kind: 'travel-document', source: 'travel-zone', portraitSource: 'printed' },
    });
  });

  it.each<[ChipSignature, string, string]>([
    [{ state: 'valid', country: 'UTO' }, 'passed', 'ok.matched'],
    [{ state: 'unchecked', why: 'no-list' }, 'review', 'document.chip-unchecked'],
  ])('by its chip with a signature that is %j is %s', async (signature, state, reason) => {
    const host = kioskThatReads(
      [ok(zonePage())],
      withChip(async () => ok(chipDocument(signature))),
    );
    const certifyId = await begin(host, 'use-travel-document');
    await photograph(host, certifyId);
    await settled();
    await throughLiveness(host, certifyId);
    expect(certificationRecordSchema.parse(host.records[0])).toMatchObject({
      verdict: { state, reason, basis: 'chip' },
      document: { kind: 'travel-document', source: 'travel-chip', portrait: 'decoded', signature: signature.state },
    });
  });

  it('with a forged signature fails at once', async () => {
    const forged = chipDocument({ state: 'forged', why: 'hash-differs' });
    const host = kioskThatReads(
      [ok(zonePage())],
      withChip(async () => ok(forged)),
    );
    const certifyId = await begin(host, 'use-travel-document');
    await photograph(host, certifyId);
    await settled();
    expect(host.records[0]).toMatchObject({
      verdict: { state: 'failed', reason: 'document.chip-forged' },
      document: { signature: 'forged' },
    });
  });

  it('is opened by what was swiped, and asks for the zone again when the key is wrong', async () => {
    const keys: unknown[] = [];
    const host = kioskThatReads(
      [],
      withChip(async (key) => {
        keys.push(key);
        return err(failure('chip.access-denied'));
      }),
    );
    await begin(host, 'use-travel-document');
    expect(host.service.view()).toMatchObject({ maySwipe: true });
    host.service.zoneSwiped(ok(ZONE));
    await settled();
    expect(keys).toEqual([{ kind: 'mrz', documentNumber: 'L898902C3', birthDate: '740812', expiryDate: '320415' }]);
    expect(host.service.view()).toMatchObject({ screen: 'document-capture', problem: 'chip.access-denied' });
  });

  it('is read again when it was lifted, and may be left to the clerk', async () => {
    let reads = 0;
    const host = kioskThatReads(
      [ok(zonePage())],
      withChip(async () => {
        reads += 1;
        return reads < 3 ? err(failure('chip.stopped')) : new Promise(() => undefined);
      }),
    );
    const certifyId = await begin(host, 'use-travel-document');
    await photograph(host, certifyId);
    await settled();
    expect(reads).toBe(3);
    expect(host.service.view()).toMatchObject({ screen: 'travel-chip', problem: 'chip.stopped' });
    host.service.act({ type: 'skip-chip' });
    expect(host.service.view()).toMatchObject({ screen: 'position' });
  });

  it.each([
    [{ failedChecks: ['documentNumber'] as const }, 'mrz.check-digit'],
    [{ birthDate: null }, 'document.unreadable'],
  ])('whose zone has %j is asked for again', async (changes, problem) => {
    const host = kioskThatReads([ok(zonePage({ ...ZONE, ...changes }))]);
    const certifyId = await begin(host, 'use-travel-document');
    await photograph(host, certifyId);
    expect(host.service.view()).toMatchObject({ screen: 'document-capture', problem });
  });

  it('of a child stops before a face is captured', async () => {
    const host = kioskThatReads([ok(zonePage({ ...ZONE, birthDate: '2015-01-01' }))]);
    const certifyId = await begin(host, 'use-travel-document');
    await photograph(host, certifyId);
    expect(host.records[0]).toMatchObject({ verdict: { state: 'review', reason: 'document.guardian-needed' } });
  });
});
