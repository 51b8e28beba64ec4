import { parseBankCardNumber, BANK_CARD_DIGITS } from '../../shared/domain/bank-card.ts';
import { isCalendarDate } from '../../shared/domain/calendar-date.ts';
import type { NewRequest, RequestInputs } from '../../shared/domain/certification-request.ts';
import { parseIdentityNumber } from '../../shared/domain/identity-number.ts';
import { readPictureFile } from '../../shared/domain/picture-file.ts';
import { INPUTS, type Input, type Scheme } from '../../shared/domain/scheme.ts';
import { nameProblem } from '../../shared/domain/typed-identity.ts';
import type { Picture } from '../../shared/domain/verification.ts';
import { failure, type Failure } from '../../shared/reasons.ts';

/**
 * Shorter sides below which a picture shows too little, in pixels: of a face that is verified (a third of what the
 * strictest verifier asks for), of a portrait as a chip holds it, and of a card whose text is read.
 */
const LEAST_SIDES = { face: 160, reference: 90, cardFront: 300, cardBack: 300, bankCardPicture: 300 } as const;
/** No camera that documents or faces are taken with gives more. */
const MOST_SIDE = 12_000;

/**
 * Whether what a caller gives fits a scheme; null where it does. The detail of a failure names the field and the limit,
 * never what was given: `request.input-unwanted`, `request.input-missing`, `request.input-unfit`.
 *
 * @param today local calendar day, `YYYY-MM-DD`
 */
export function checkInputs(scheme: Scheme, inputs: RequestInputs, today: string): Failure | null {
  const given = INPUTS.filter((input) => inputs[input] !== undefined);
  const unwanted = given.find((input) => scheme.inputs[input] === undefined);
  if (unwanted) return failure('request.input-unwanted', `${unwanted}: ${scheme.id} takes ${takenBy(scheme)}`);
  const missing = INPUTS.find((input) => scheme.inputs[input] === 'required' && inputs[input] === undefined);
  if (missing) return failure('request.input-missing', `${missing}: needed by ${scheme.id}`);
  return missingHalf(inputs) ?? unfitInput(inputs, today) ?? contradiction(inputs);
}

/** Whether the caller says that the person agrees, where nobody stands at the kiosk who could. */
export function checkConsent(scheme: Scheme, consent: NewRequest['consent']): Failure | null {
  if (scheme.actor !== 'caller') return null;
  if (!consent) return failure('request.input-missing', `consent: nobody is asked by ${scheme.id}`);
  return scheme.decides === 'verifier' && !consent.transmit
    ? failure('request.input-unfit', `consent.transmit: ${scheme.id} is decided by the verifier`)
    : null;
}

function takenBy(scheme: Scheme): string {
  const taken = INPUTS.filter((input) => scheme.inputs[input] !== undefined);
  return taken.length === 0 ? 'nothing' : taken.join(', ');
}

/** A name or a number alone says nothing about anybody, and the back of a card belongs to its front. */
function missingHalf({ name, number, cardFront, cardBack }: RequestInputs): Failure | null {
  if (name !== undefined && number === undefined) return failure('request.input-missing', 'number: goes with name');
  if (number !== undefined && name === undefined) return failure('request.input-missing', 'name: goes with number');
  if (cardBack && !cardFront) return failure('request.input-missing', 'cardFront: goes with cardBack');
  return null;
}

function unfitInput(inputs: RequestInputs, today: string): Failure | null {
  const problem =
    (inputs.name !== undefined && nameProblem(inputs.name) !== null && 'name: 2–60 letters') ||
    (inputs.number !== undefined && numberProblem(inputs.number, today)) ||
    (inputs.validity && validityProblem(inputs.validity)) ||
    (inputs.bankCard !== undefined && bankCardProblem(inputs.bankCard)) ||
    PICTURES.map((input) => inputs[input] && pictureProblem(input, inputs[input])).find(Boolean) ||
    (inputs.clip && !startsLikeMp4(inputs.clip.bytes) && 'clip: not an MP4 file');
  return problem ? failure('request.input-unfit', problem) : null;
}

const PICTURES = Object.keys(LEAST_SIDES) as readonly (keyof typeof LEAST_SIDES)[];

function numberProblem(number: string, today: string): string | false {
  const parsed = parseIdentityNumber(number, today);
  return !parsed.ok && `number: ${parsed.error.detail ?? 'not an identity number'}`;
}

function validityProblem({ from, to }: NonNullable<RequestInputs['validity']>): string | false {
  if (!isCalendarDate(from)) return 'validity.from: not a day';
  if (to === 'long-term') return false;
  if (!isCalendarDate(to)) return 'validity.to: not a day';
  return to <= from && 'validity.to: not after validity.from';
}

function bankCardProblem(bankCard: string): string | false {
  const parsed = parseBankCardNumber(bankCard);
  const { least, most } = BANK_CARD_DIGITS;
  return !parsed.ok && `bankCard: ${parsed.error}, ${least}–${most} digits with a check digit`;
}

function pictureProblem(input: keyof typeof LEAST_SIDES, picture: Picture): string | false {
  const read = readPictureFile(picture.bytes);
  if (!read) return `${input}: not a JPEG or PNG file`;
  const { format, width, height } = read;
  if (format !== picture.format) return `${input}: a ${format} file, not ${picture.format}`;
  if (width !== picture.width || height !== picture.height) {
    return `${input}: ${width} × ${height} pixels, not ${picture.width} × ${picture.height}`;
  }
  const least = LEAST_SIDES[input];
  if (Math.min(width, height) < least) return `${input}: ${width} × ${height} pixels, at least ${least} are needed`;
  return Math.max(width, height) > MOST_SIDE && `${input}: ${width} × ${height} pixels, at most ${MOST_SIDE}`;
}

/** A file type box comes first (ISO/IEC 14496-12, 4.3). */
function startsLikeMp4(bytes: Uint8Array): boolean {
  return String.fromCharCode(...bytes.subarray(4, 8)) === 'ftyp';
}

/** What contradicts itself: the same file in two places shows nothing. */
function contradiction(inputs: RequestInputs): Failure | null {
  const files = PICTURES.flatMap((input) => (inputs[input] ? [{ input, bytes: inputs[input].bytes }] : []));
  for (const [i, { input, bytes }] of files.entries()) {
    const other = files.slice(0, i).find((earlier) => isSame(earlier.bytes, bytes));
    if (other) return failure('request.input-unfit', `${input}: the same file as ${other.input}`);
  }
  return null;
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** Whether a caller has given everything that this scheme would ask a person for, so that nobody has to be there. */
export function needsNobody(scheme: Scheme, inputs: Pick<RequestInputs, Input>): boolean {
  if (scheme.actor === 'caller') return true;
  if (scheme.actor === 'phone' || scheme.liveness !== 'none' || scheme.reference !== 'none') return false;
  if (scheme.cardPictures !== 'no') return false;
  return (['name', 'number', ...scheme.asks] as const).every((input) => inputs[input] !== undefined);
}
