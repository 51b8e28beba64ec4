import { BAUD_RATES, type BaudRate } from '../../../shared/domain/reader-transport.ts';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { PLAIN_CARD_FAULTS, PLAIN_LINE_FAULTS, STEPS, type Fault, type Step } from './fault-kinds.ts';

/** How a fault is written, and what it does. The words after `@` in capitals are to be filled in. */
export interface FaultName {
  readonly form: string;
  readonly does: string;
}

/** Every fault that can be named; `docs/readers/simulator.md` repeats this table. */
export const FAULT_TABLE: readonly FaultName[] = [
  { form: 'none', does: 'Everything works.' },
  { form: 'lost-leading-aa', does: 'The first byte of every reply is lost.' },
  { form: 'garbage-before', does: 'Seven bytes of noise come before every reply.' },
  { form: 'split', does: 'Every byte of a reply comes in a chunk of its own.' },
  { form: 'two-replies-in-one-chunk', does: 'The reply before comes once more, in one chunk with the present one.' },
  { form: 'length-beyond-4089', does: 'The reply to a read claims 65,535 bytes.' },
  { form: 'bad-checksum', does: 'Every reply to a read has a wrong checksum.' },
  { form: 'bad-checksum@STEP', does: 'The same at another step.' },
  { form: 'bad-checksum-once', does: 'Only the next reply to a read has a wrong checksum.' },
  { form: 'bad-checksum-once@STEP', does: 'The same at another step.' },
  { form: 'silent', does: 'Nothing is answered.' },
  { form: 'silent@STEP', does: 'One step is not answered.' },
  { form: 'slow', does: 'Reads are answered after two seconds.' },
  { form: 'slow@MS', does: 'Reads are answered after so many milliseconds (at most 60,000).' },
  { form: 'echo', does: 'Every command is sent back before its reply.' },
  { form: 'no-card', does: 'Finds no card, whatever lies there.' },
  { form: 'no-card@SECONDS', does: 'The same for so long.' },
  { form: 'moving-card', does: 'The card is found (9F), but its first selection fails (81).' },
  { form: 'moving-card@TIMES', does: 'So many selections fail.' },
  { form: 'status-41', does: 'The same as status@read:41.' },
  { form: 'read-status@HEX', does: 'The same as status@read:HEX.' },
  { form: 'status@STEP:HEX', does: 'A step is answered with this SW3 and nothing else.' },
  { form: 'pull-mid-frame@BYTES', does: 'The card leaves after so many bytes of the reply to a read; 0 gives 41.' },
  { form: 'unplug-mid-frame@BYTES', does: 'The cable is out for a second, once, after so many bytes of a read.' },
  { form: 'swapped-card', does: 'After the read another card takes the place of the one that was read.' },
  { form: 'listens-at@BAUD', does: 'The serial line runs at this speed; another one garbles the bytes both ways.' },
  { form: 'refuses-30-10', does: 'An old module: reading with fingerprint is answered with 21.' },
  { form: 'photo-length-0', does: 'The card gives no photo block.' },
  { form: 'fingerprint-bytes@BYTES', does: 'The card has 0, 512 or 1024 bytes of fingerprint.' },
  { form: 'unknown-type-flag', does: 'The type flag of the card is Z.' },
  { form: 'all-zero-dates', does: 'Birth date and validity are zeros.' },
  { form: 'bad-check-digit', does: 'The last character of the identity number is another one.' },
];

export const FAULT_NAMES: readonly string[] = FAULT_TABLE.map(({ form }) => form);

const PLAIN = ['none', ...PLAIN_LINE_FAULTS, ...PLAIN_CARD_FAULTS] as const;

/**
 * Reads a fault's name, or several with commas between them. Fails with `request.invalid`, naming what is wrong: the
 * name, or what follows its `@`.
 *
 * @param nowMs monotonic time of the simulated reader, from which `no-card@SECONDS` counts.
 */
export function parseFault(text: string, nowMs = 0): Result<readonly Fault[], Failure> {
  const faults: Fault[] = [];
  for (const each of text.split(',')) {
    const parsed = parseOne(each.trim(), nowMs);
    if (!parsed.ok) return parsed;
    faults.push(parsed.value);
  }
  return ok(faults);
}

function parseOne(text: string, nowMs: number): Result<Fault, Failure> {
  const at = text.indexOf('@');
  const name = at < 0 ? text : text.slice(0, at);
  const rest = at < 0 ? undefined : text.slice(at + 1);
  const plain = PLAIN.find((each) => each === name);
  if (plain) return rest === undefined ? ok({ kind: plain }) : invalid(`${plain} takes no @`);
  const read = Object.hasOwn(WITH_PARAMETER, name) ? WITH_PARAMETER[name] : undefined;
  if (!read) return invalid(`unknown fault; known: ${FAULT_NAMES.join(', ')}`);
  const fault = read(rest, nowMs);
  return fault ? ok(fault) : invalid(`${name} is written ${formsOf(name).join(' or ')}`);
}

type ReadParameter = (rest: string | undefined, nowMs: number) => Fault | undefined;

const WITH_PARAMETER: Readonly<Record<string, ReadParameter>> = {
  silent: (rest) => stepped(rest, (step) => ({ kind: 'silent', ...step })),
  'bad-checksum': (rest) => stepped(rest, (step) => ({ kind: 'bad-checksum', ...step })),
  'bad-checksum-once': (rest) => stepped(rest, (step) => ({ kind: 'bad-checksum-once', ...step })),
  slow: (rest) =>
    rest === undefined ? { kind: 'slow' } : counted(rest, 60_000, (thinkMs) => ({ kind: 'slow', thinkMs })),
  'no-card': (rest, nowMs) =>
    rest === undefined
      ? { kind: 'no-card' }
      : counted(rest, 86_400, (seconds) => ({ kind: 'no-card', untilMs: nowMs + seconds * 1000 })),
  'moving-card': (rest) =>
    rest === undefined ? { kind: 'moving-card' } : counted(rest, 1000, (times) => ({ kind: 'moving-card', times })),
  'status-41': (rest) => (rest === undefined ? { kind: 'status', step: 'read', status: 0x41 } : undefined),
  'read-status': (rest) => statusAt('read', rest),
  status: (rest) => {
    const [step, status] = (rest ?? '').split(':');
    return isStep(step) ? statusAt(step, status) : undefined;
  },
  'pull-mid-frame': (rest) => counted(rest, 9999, (afterBytes) => ({ kind: 'pull-mid-frame', afterBytes })),
  'unplug-mid-frame': (rest) => counted(rest, 9999, (afterBytes) => ({ kind: 'unplug-mid-frame', afterBytes })),
  'listens-at': (rest) => {
    const baud = BAUD_RATES.find((rate) => String(rate) === rest);
    return baud && { kind: 'listens-at', baud: baud satisfies BaudRate };
  },
  'fingerprint-bytes': (rest) => {
    const bytes = ([0, 512, 1024] as const).find((each) => String(each) === rest);
    return bytes === undefined ? undefined : { kind: 'fingerprint-bytes', bytes };
  },
};

function stepped(rest: string | undefined, build: (step: { readonly step?: Step }) => Fault): Fault | undefined {
  if (rest === undefined) return build({});
  return isStep(rest) ? build({ step: rest }) : undefined;
}

function counted(rest: string | undefined, max: number, build: (count: number) => Fault): Fault | undefined {
  const count = rest !== undefined && /^\d{1,5}$/.test(rest) ? Number(rest) : NaN;
  return count <= max ? build(count) : undefined;
}

function statusAt(step: Step, digits: string | undefined): Fault | undefined {
  if (digits === undefined || !/^[0-9a-fA-F]{2}$/.test(digits)) return undefined;
  return { kind: 'status', step, status: parseInt(digits, 16) };
}

function isStep(text: string | undefined): text is Step {
  return STEPS.some((step) => step === text);
}

function formsOf(name: string): readonly string[] {
  const forms = FAULT_NAMES.filter((form) => form === name || form.startsWith(`${name}@`));
  return forms.some((form) => form.includes('STEP')) ? [...forms, `(STEP: ${STEPS.join(', ')})`] : forms;
}

function invalid(detail: string): Result<never, Failure> {
  return err(failure('request.invalid', detail));
}
