import { describe, expect, it } from 'vitest';
import { namesBox, pictureFormat } from '../../../src/renderer/admin/requests/file-bytes.ts';
import {
  emptyRequest,
  parseRequest,
  takenInputs,
  type RequestDraft,
} from '../../../src/renderer/admin/requests/request-form.ts';
import { scoreText } from '../../../src/renderer/admin/requests/score-text.ts';
import { translator } from '../../../src/renderer/admin/translation.ts';
import { presetScheme, PRESET_SCHEMES } from '../../../src/shared/domain/scheme-presets.ts';
import type { Scheme } from '../../../src/shared/domain/scheme.ts';

function preset(id: string): Scheme {
  const found = presetScheme(id);
  if (found === undefined) throw new Error(`no preset ${id}`);
  return found;
}

const NUMBER = '11010119900307109X';
const PICTURE = { bytes: new Uint8Array([0xff, 0xd8, 0xff]), format: 'jpeg', width: 480, height: 640 } as const;
const CLIP = {
  bytes: new Uint8Array([1]),
  container: 'mp4',
  videoCodec: 'h264',
  audioCodec: 'aac',
  width: 480,
  height: 640,
  durationMs: 4_000,
} as const;

const GIVEN: RequestDraft = {
  ...emptyRequest('counter'),
  orderId: ' ORD-1 ',
  name: ' 测试员 ',
  number: '110101 19900307 109x',
  phone: '138 0000 0000',
  bankCard: '6222 0000 0000 0000',
  validFrom: '2016-05-01',
  validTo: '长期',
  pictures: { face: PICTURE, reference: PICTURE, cardFront: PICTURE, cardBack: PICTURE, bankCardPicture: PICTURE },
  clip: CLIP,
  clipKind: 'action',
  clipCode: '1，3',
  consent: true,
};

describe('the form of a request', () => {
  it('takes exactly what the scheme takes, for every scheme', () => {
    for (const scheme of PRESET_SCHEMES) {
      const result = parseRequest(GIVEN, scheme);
      expect(result.ok && Object.keys(result.value.inputs).toSorted(), scheme.id).toEqual(
        [...takenInputs(scheme)].toSorted(),
      );
    }
  });

  it('names what the scheme needs and was not given, for every scheme', () => {
    for (const scheme of PRESET_SCHEMES) {
      const result = parseRequest({ ...emptyRequest('counter'), orderId: 'ORD-1', consent: true }, scheme);
      const needed = takenInputs(scheme).filter((input) => scheme.inputs[input] === 'required');
      expect(result.ok ? [] : Object.keys(result.problems), scheme.id).toEqual(needed);
    }
  });

  it('reads what people type', () => {
    expect(parseRequest(GIVEN, preset('ID_MIN_VIDEO'))).toEqual({
      ok: true,
      value: {
        sceneId: 'counter',
        orderId: 'ORD-1',
        inputs: { name: '测试员', number: NUMBER, clip: { ...CLIP, challenge: { kind: 'action', actions: '1,3' } } },
        consent: { capture: true, transmit: true },
      },
    });
  });

  it.each([
    ['ID_PRO', { orderId: 'two words' }, 'orderId', 'order'],
    ['ID_PRO', { name: '字'.repeat(61) }, 'name', 'name'],
    ['ID_PRO', { number: '1101011990' }, 'number', 'number'],
    ['ID_PRO', { number: '110101199003071090' }, 'number', 'numberCheck'],
    ['PhoneCheck', { phone: '23800000000' }, 'phone', 'phone'],
    ['BankCardCheck', { bankCard: '6222' }, 'bankCard', 'bankCard'],
    ['ID_MIN_VIDEO', { clipCode: '9' }, 'clipCode', 'clipCode'],
  ] as const)('marks for %s what is wrong in %j', (scheme, change, field, problem) => {
    expect(parseRequest({ ...GIVEN, ...change }, preset(scheme))).toEqual({
      ok: false,
      problems: { [field]: { key: `requests.form.problem.${problem}` } },
    });
  });

  it('asks for the consent where nobody comes, and only there', () => {
    const withoutConsent = { ...GIVEN, consent: false };
    expect(parseRequest(withoutConsent, preset('RPMin'))).toEqual({
      ok: false,
      problems: { consent: { key: 'requests.form.needConsent' } },
    });
    expect(parseRequest(withoutConsent, preset('ID_PRO'))).toMatchObject({ ok: true });
  });
});

describe('files of a request', () => {
  it('are known by their first bytes, not by their name', () => {
    expect(pictureFormat(new Uint8Array([0xff, 0xd8, 0xff, 0xe0]))).toBe('jpeg');
    expect(pictureFormat(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))).toBe('png');
    expect(pictureFormat(new TextEncoder().encode('GIF89a'))).toBeNull();
    expect(pictureFormat(new Uint8Array())).toBeNull();
    expect(namesBox(new TextEncoder().encode('....aavc1..'), 'avc1')).toBe(true);
    expect(namesBox(new TextEncoder().encode('avc'), 'avc1')).toBe(false);
  });
});

it('shows a score with its scale and threshold', () => {
  const t = translator('en');
  expect(scoreText({ kind: 'authority', value: 86.214, scale: 100, threshold: 70 }, t)).toBe(
    '86.21 of 100, threshold 70',
  );
  expect(scoreText({ kind: 'fake', value: 0.1, scale: 1, threshold: null }, t)).toBe('0.10 of 1, threshold not told');
});
