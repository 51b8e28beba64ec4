import { describe, expect, it } from 'vitest';
import { checkConsent, checkInputs, needsNobody } from '../../../src/main/requests/input-rules.ts';
import { parseNewRequest } from '../../../src/main/requests/new-request.ts';
import { checkFaces } from '../../../src/main/requests/face-rules.ts';
import { requestInputsSchema } from '../../../src/shared/domain/certification-request.ts';
import { PRESET_SCHEMES, presetScheme } from '../../../src/shared/domain/scheme-presets.ts';
import { INPUTS } from '../../../src/shared/domain/scheme.ts';
import { failure } from '../../../src/shared/reasons.ts';
import { err, ok } from '../../../src/shared/result.ts';
import { everyInput, inputsFor, samplePicture } from '../../support/sample-inputs.ts';

const TODAY = '2026-03-02';

describe.each(PRESET_SCHEMES.map((scheme) => [scheme.id, scheme] as const))('inputs of %s', (_, scheme) => {
  it('are taken with everything, and with what is needed alone', () => {
    expect(checkInputs(scheme, inputsFor(scheme, 'all'), TODAY)).toBeNull();
    expect(checkInputs(scheme, inputsFor(scheme, 'required'), TODAY)).toBeNull();
  });

  it('are refused with one missing, naming it', () => {
    for (const input of INPUTS.filter((each) => scheme.inputs[each] === 'required')) {
      const lacking = { ...inputsFor(scheme, 'required'), [input]: undefined };
      expect(checkInputs(scheme, requestInputsSchema.parse(lacking), TODAY)).toEqual(
        failure('request.input-missing', `${input}: needed by ${scheme.id}`),
      );
    }
  });

  it('are refused with one that it does not take, naming it', () => {
    for (const input of INPUTS.filter((each) => scheme.inputs[each] === undefined)) {
      const refused = checkInputs(scheme, { ...inputsFor(scheme, 'required'), [input]: everyInput()[input] }, TODAY);
      expect(refused?.code).toBe('request.input-unwanted');
      expect(refused?.detail).toMatch(new RegExp(`^${input}: ${scheme.id} takes `));
    }
  });
});

describe('a caller’s inputs', () => {
  const RPMin = presetScheme('RPMin')!;
  const given = inputsFor(RPMin, 'required');
  const elements = presetScheme('BankCardPhoneCheck')!;

  it.each([
    ['a check digit', RPMin, { number: '110105194912310021' }, 'number: check-digit'],
    ['a birth that is to come', RPMin, { number: '110105209912310027' }, /^number: /],
    ['half a name', RPMin, { name: '测' }, 'name: 2–60 letters'],
    ['a bank card', elements, { bankCard: '6222021234567890127' }, /^bankCard: check-digit, 13–19 digits/],
    ['a tiny face', RPMin, { face: samplePicture(100, 100) }, 'face: 100 × 100 pixels, at least 160 are needed'],
    ['a vast face', RPMin, { face: samplePicture(480, 13_000) }, 'face: 480 × 13000 pixels, at most 12000'],
    ['another size', RPMin, { face: { ...samplePicture(480, 640), width: 640 } }, /^face: 480 × 640 pixels, not 640/],
    ['another format', RPMin, { face: { ...samplePicture(480, 640), format: 'jpeg' } }, /^face: a png file, not jpeg/],
    [
      'no picture',
      RPMin,
      { face: { ...samplePicture(480, 640), bytes: new Uint8Array(50) } },
      /^face: not a JPEG or PNG/,
    ],
  ] as const)('are refused for %s', (_, scheme, change, detail) => {
    const refused = checkInputs(scheme, { ...inputsFor(scheme, 'all'), ...change }, TODAY);
    expect(refused).toEqual({ code: 'request.input-unfit', detail: expect.stringMatching(detail) as string });
  });

  it('are refused where they contradict each other', () => {
    const [front, compare] = [everyInput().cardFront, presetScheme('CompareFaces')!];
    const same = { face: samplePicture(480, 640), reference: samplePicture(480, 640) };
    expect(checkInputs(compare, same, TODAY)).toMatchObject({ detail: 'reference: the same file as face' });
    expect(checkInputs(RPMin, { ...given, cardBack: front }, TODAY)).toMatchObject({
      detail: 'cardFront: goes with cardBack',
    });
    const named = requestInputsSchema.parse({ ...inputsFor(elements, 'all'), number: undefined });
    expect(checkInputs(elements, named, TODAY)).toEqual(failure('request.input-missing', 'number: goes with name'));
  });

  it('need a consent where nobody is asked', () => {
    expect(checkConsent(RPMin, undefined)?.code).toBe('request.input-missing');
    expect(checkConsent(RPMin, { capture: true, transmit: false })?.code).toBe('request.input-unfit');
    expect(checkConsent(RPMin, { capture: true, transmit: true })).toBeNull();
    expect(checkConsent(presetScheme('CompareFaces')!, { capture: true, transmit: false })).toBeNull();
    expect(checkConsent(presetScheme('CounterCard')!, undefined)).toBeNull();
  });

  it('say whether somebody has to be there', () => {
    expect(needsNobody(elements, inputsFor(elements, 'all'))).toBe(true);
    expect(needsNobody(elements, { name: '测试员', number: '11010519491231002X' })).toBe(false);
    const without = PRESET_SCHEMES.filter((scheme) => needsNobody(scheme, everyInput())).map(({ id }) => id);
    expect(without.sort()).toEqual(
      [
        ...['BankCardCheck', 'BankCardPhoneCheck', 'BankCardReading', 'CompareFaces', 'ID_MIN', 'ID_MIN_VIDEO'],
        ...['IdCardReading', 'IdentityCheck', 'PV_FC', 'PhoneCheck', 'RPMin', 'SelfieCompare', 'SelfieIdentity'],
        'SeveralFacesCompare',
      ].sort(),
    );
  });
});

describe('what a caller sends', () => {
  const asked = { sceneId: 'counter', orderId: 'A-1', inputs: {} };
  it.each([
    [
      { ...asked, inputs: { face: { ...samplePicture(480, 640), bytes: new Uint8Array(10_000_001) } } },
      'request.input-unfit',
      'face: JPEG or PNG, at most 10,000,000 bytes',
    ],
    [{ ...asked, inputs: { height: 3 } }, 'request.input-unwanted', 'height: no such field'],
    [{ ...asked, orderId: 'has spaces' }, 'request.invalid', /^orderId: 1–64/],
    [{ ...asked, consent: { capture: false, transmit: true } }, 'request.input-unfit', /^consent: /],
    [null, 'request.invalid', /./],
  ])('is refused by field and limit (%#)', (sent, code, detail) => {
    expect(parseNewRequest(sent)).toEqual(err({ code, detail: expect.stringMatching(detail) as string }));
  });

  it('never shows what it was', () => {
    const refused = parseNewRequest({ ...asked, inputs: { number: '110105194912310021secret' } });
    expect(JSON.stringify(refused)).not.toMatch(/secret|1101051949/);
  });
});

describe('faces in pictures', () => {
  const face = (width: number) => ({ width, height: width });
  const inputs = { face: samplePicture(480, 640) };
  it.each([
    [[face(200)], null],
    [[face(200), face(60)], null],
    [[], failure('picture.no-face', 'face')],
    [[face(200), face(150)], failure('picture.several-faces', 'face: 2 faces')],
    [[face(30)], failure('request.input-unfit', 'face: the face is 30 pixels wide, at least 48 are needed')],
  ])('%j', async (faces, expected) => {
    expect(await checkFaces(inputs, () => Promise.resolve(ok(faces)))).toEqual(expected);
  });

  it('are not absent because nobody could look', async () => {
    const down = failure('inference.unavailable', 'models are loading');
    expect(await checkFaces(inputs, () => Promise.resolve(err(down)))).toEqual(down);
  });
});
