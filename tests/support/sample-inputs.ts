import type { RequestInputs } from '../../src/shared/domain/certification-request.ts';
import { INPUTS, type Input, type Scheme } from '../../src/shared/domain/scheme.ts';
import type { ClipMaterial, Picture } from '../../src/shared/domain/verification.ts';

/** The head of a PNG file of that size, and nothing behind it: enough for whoever looks at sizes only. */
export function samplePicture(width: number, height: number, mark = 0): Picture {
  const bytes = new Uint8Array(64);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  const view = new DataView(bytes.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  bytes[40] = mark;
  return { bytes, format: 'png', width, height };
}

export function sampleClip(): ClipMaterial {
  return {
    bytes: mp4Head(64),
    container: 'mp4',
    videoCodec: 'h264',
    audioCodec: null,
    width: 480,
    height: 640,
    durationMs: 3_000,
    challenge: { kind: 'silent' },
  };
}

/** The head of an MP4 file, and nothing behind it. */
function mp4Head(size: number): Uint8Array {
  const bytes = new Uint8Array(size).fill(5);
  bytes.set([0, 0, 0, 16, 0x66, 0x74, 0x79, 0x70]);
  return bytes;
}

/** Inputs of somebody who doesn't exist, each fit by itself. */
export function everyInput(): Required<RequestInputs> {
  return {
    name: '测试员',
    number: '11010519491231002X',
    validity: { from: '2020-01-01', to: 'long-term' },
    phone: '13800000000',
    bankCard: '6222021234567890128',
    face: samplePicture(480, 640, 1),
    clip: sampleClip(),
    reference: samplePicture(102, 126, 2),
    cardFront: samplePicture(1_000, 630, 3),
    cardBack: samplePicture(1_000, 630, 4),
    bankCardPicture: samplePicture(1_000, 630, 5),
  };
}

/** What a scheme takes, everything of it or only what it can't do without. */
export function inputsFor(scheme: Pick<Scheme, 'inputs'>, which: 'all' | 'required'): RequestInputs {
  const every = everyInput();
  const taken = INPUTS.filter((input: Input) =>
    which === 'all' ? scheme.inputs[input] !== undefined : scheme.inputs[input] === 'required',
  );
  return Object.fromEntries(taken.map((input) => [input, every[input]]));
}
