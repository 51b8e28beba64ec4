import { describe, expect, it } from 'vitest';
import type { DocumentMaterial, EvidenceKeeper } from '../../../src/main/certification/ports/evidence-keeper.ts';
import type { EncodedPicture } from '../../../src/shared/domain/document-reading.ts';
import { presetScheme } from '../../../src/shared/domain/scheme-presets.ts';
import { ok } from '../../../src/shared/result.ts';
import { back, front } from './document-samples.ts';
import { settled } from './service-host.ts';
import { kioskFor, PERSON, personsCard, walk, type WalkChanges } from './walk.ts';

const NAMED = { name: PERSON.name, number: PERSON.number };
const side = (value: number): EncodedPicture => ({
  bytes: new Uint8Array(3).fill(value),
  mediaType: 'image/jpeg',
  width: 4,
  height: 3,
});

/** What a certification hands over at its end, as it was then, and the pictures of the card that was read. */
async function handedOver(schemeId: string, changes: WalkChanges = {}) {
  const pictures = [side(1), side(2)];
  const readings = [
    { ...front(), picture: pictures[0]! },
    { ...back(), picture: pictures[1]! },
  ];
  const handed: (DocumentMaterial | null)[] = [];
  let end = (): void => undefined;
  const evidence: EvidenceKeeper = {
    keep: ({ documents }) => {
      handed.push(structuredClone(documents));
      return new Promise((resolve) => (end = resolve));
    },
    encodesClips: () => true,
  };
  const host = kioskFor(presetScheme(schemeId)!, {
    evidence,
    documents: { read: async () => ok(readings.shift()!) },
    ...changes,
  });
  await walk(host);
  expect(host.committed).toHaveLength(1);
  return {
    handed,
    pictures: () => pictures.map(({ bytes }) => [...bytes]),
    end: async () => {
      end();
      await settled();
    },
  };
}

describe('what a certification hands over of documents', () => {
  it.each(['RPBioID', 'RPBasic', 'ID_PLUS'])('is every field and both sides of the card with %s', async (id) => {
    const { handed, pictures, end } = await handedOver(id, { inputs: NAMED });
    expect(handed).toEqual([
      {
        fields: {
          ...NAMED,
          sex: 'male',
          nation: '汉',
          birthDate: '1990-01-01',
          address: '样本省样本市样本路1号',
          issuer: '样本市公安局',
          validFrom: '2020-01-01',
          validTo: '2040-01-01',
        },
        front: new Uint8Array(3).fill(1),
        back: new Uint8Array(3).fill(2),
      },
    ]);
    const held = [
      [1, 1, 1],
      [2, 2, 2],
    ];
    expect(pictures()).toEqual(held);
    await end();
    expect(pictures()).toEqual(held.map(() => [0, 0, 0]));
  });

  it('is what the chip says, what was typed, or what the caller gave', async () => {
    const none = { front: null, back: null };
    const chip = await handedOver('CounterCard', { inputs: { name: PERSON.name } });
    expect(chip.handed).toEqual([{ fields: personsCard.fields, ...none }]);
    const typed = await handedOver('RPManual', { inputs: { phone: '13800000000' } });
    expect(typed.handed).toEqual([{ fields: NAMED, ...none }]);
    const given = await handedOver('RPBioOnly');
    expect(given.handed).toEqual([{ fields: NAMED, ...none }]);
    const nobody = await handedOver('FVBioOnly');
    expect(nobody.handed).toEqual([{ fields: {}, ...none }]);
  });

  it('is nothing of somebody who walked up, and their card’s pictures are overwritten as well', async () => {
    const { handed, pictures, end } = await handedOver('RPBasic');
    expect(handed).toEqual([null]);
    await end();
    expect(pictures()).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
  });
});
