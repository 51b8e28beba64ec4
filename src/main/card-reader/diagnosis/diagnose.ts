import type { PhotoDecoding } from '../../../shared/domain/photo-decoding.ts';
import type { DiagnosisFinding, ReaderDiagnosis, ReaderIdentity } from '../../../shared/domain/reader-diagnosis.ts';
import type { ReaderTransport } from '../../../shared/domain/reader-transport.ts';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, type Result } from '../../../shared/result.ts';
import type { CardSource } from '../card-source.ts';
import type { CandidateList } from '../detection/candidates.ts';
import { FindingList, failedStep, noReaderChosen } from './findings.ts';

/** What a diagnosis asks, passed in: it touches no device by itself. */
export interface DiagnosisDeps {
  /** Everything on this machine that may be a reader, and what could not be listed. */
  readonly candidates: () => Promise<CandidateList>;
  /**
   * The way to the one reader that `auto` or a pinned device means now; other transports come back as they are.
   * `reader.missing`, `reader.several` or `reader.other-device` when there isn't exactly one.
   */
  readonly resolve: (transport: ReaderTransport) => Promise<Result<ReaderTransport, Failure>>;
  /** A fresh, unopened source; asked for again for every attempt. */
  readonly createSource: (transport: ReaderTransport) => Result<CardSource, Failure>;
  /** Loads the library that decodes portraits and has it decode something; gives its name. */
  readonly checkDecoder: (decoding: PhotoDecoding) => Promise<Result<{ readonly name: string }, Failure>>;
  /** Each step as soon as it is known. */
  readonly onFinding?: (finding: DiagnosisFinding) => void;
}

/**
 * Goes through the steps from the port to the portrait (`DIAGNOSIS_STEPS`), every one in the answer. A step that fails
 * leaves those after it unknown. Nothing else may hold the reader meanwhile: it would be found busy.
 *
 * A fixed line speed that gets no answer is tried again with every speed, so that `reader.wrong-speed` can say which
 * one is right. Portraits that can't be decoded because no library is set up are a warning: cards are read all the
 * same. A library that is set up and doesn't work fails its step.
 */
export async function diagnose(
  transport: ReaderTransport | null,
  decoding: PhotoDecoding,
  deps: DiagnosisDeps,
): Promise<ReaderDiagnosis> {
  const findings = new FindingList(deps.onFinding ?? (() => undefined));
  const way = await findReader(transport, deps);
  if (!way.ok) {
    findings.fail(way.error, 'found');
    return { transport, findings: findings.complete() };
  }
  await examine(way.value, findings, deps);
  if (findings.next === 'photo-decoder') await examineDecoder(way.value, decoding, findings, deps);
  return { transport, findings: findings.complete() };
}

async function findReader(
  transport: ReaderTransport | null,
  deps: DiagnosisDeps,
): Promise<Result<ReaderTransport, Failure>> {
  if (transport !== null) return deps.resolve(transport);
  return err(noReaderChosen(await deps.candidates()));
}

async function examine(transport: ReaderTransport, findings: FindingList, deps: DiagnosisDeps): Promise<void> {
  const asked = await ask(transport, deps);
  if (asked.ok) {
    findings.ok(wayOf(transport));
    findings.ok();
    findings.ok(speedOf(asked.value));
    findings.ok();
    return findings.ok(identityOf(asked.value));
  }
  const { why, reached } = asked.error;
  const other = await otherSpeed(transport, why, deps);
  const step = other ? 'answers' : failedStep(why, reached);
  if (step !== 'found') findings.ok(wayOf(transport));
  findings.fail(other ?? why, step);
}

interface Trouble {
  readonly why: Failure;
  /** The step at which it came up. */
  readonly reached: 'found' | 'opened' | 'answers' | 'authorised' | 'identified';
}

async function ask(transport: ReaderTransport, deps: DiagnosisDeps): Promise<Result<ReaderIdentity, Trouble>> {
  const source = deps.createSource(transport);
  if (!source.ok) return err({ why: source.error, reached: 'found' });
  try {
    const opened = await source.value.open();
    if (!opened.ok) return err({ why: opened.error, reached: 'opened' });
    const identity = await source.value.identify();
    if (identity.ok) return identity;
    return err(await located(source.value, identity.error));
  } finally {
    await source.value.close();
  }
}

/** A source that is well when asked for its status failed at telling its id, whatever the code. */
async function located(source: CardSource, why: Failure): Promise<Trouble> {
  const code = why.code;
  const mayAnswer = code === 'reader.no-answer' || code === 'reader.bad-frame' || code === 'reader.fault';
  if (!mayAnswer) return { why, reached: 'answers' };
  const status = await source.checkStatus();
  if (status.ok) return { why: failure('reader.fault', why.detail ?? code), reached: 'identified' };
  return { why, reached: code === 'reader.fault' ? 'authorised' : 'answers' };
}

/** `reader.wrong-speed` with the speed that does answer; null when none does, or when speeds have no part in it. */
async function otherSpeed(transport: ReaderTransport, why: Failure, deps: DiagnosisDeps): Promise<Failure | null> {
  if (transport.kind !== 'serial' || transport.baud === 'auto') return null;
  if (why.code !== 'reader.no-answer' && why.code !== 'reader.bad-frame') return null;
  const asked = await ask({ ...transport, baud: 'auto' }, deps);
  if (!asked.ok || typeof asked.value.baud !== 'number' || asked.value.baud === transport.baud) return null;
  return failure('reader.wrong-speed', `set to ${transport.baud} baud, answers at ${asked.value.baud}`);
}

async function examineDecoder(
  transport: ReaderTransport,
  decoding: PhotoDecoding,
  findings: FindingList,
  deps: DiagnosisDeps,
): Promise<void> {
  if (transport.kind === 'vendor-http' || transport.kind === 'vendor-ws') {
    return findings.ok('the service decodes portraits itself');
  }
  if (transport.kind === 'simulated') return findings.ok('simulated portraits');
  if (decoding.library === null) return findings.warn(failure('decoder.none'));
  const checked = await deps.checkDecoder(decoding);
  if (checked.ok) findings.ok(checked.value.name);
  else findings.fail(checked.error, 'photo-decoder');
}

/** A way in words, for people: `serial /dev/ttyUSB0`, `usb 0400:c35a`. */
export function wayOf(transport: ReaderTransport): string {
  switch (transport.kind) {
    case 'serial':
      return `serial ${transport.path}`;
    case 'usb':
    case 'hid':
      return `${transport.kind} ${transport.device.vendorId}:${transport.device.productId}`;
    case 'tcp':
      return `tcp ${transport.host}:${transport.port}`;
    case 'vendor-http':
    case 'vendor-ws':
      return `${transport.dialect} at ${transport.address}`;
    default:
      return transport.kind;
  }
}

function speedOf(identity: ReaderIdentity): string | null {
  return typeof identity.baud === 'number' ? `${identity.baud} baud` : null;
}

function identityOf(identity: ReaderIdentity): string {
  const known = [identity.samId, identity.service ?? null].filter((part) => part !== null);
  const words = known.length === 0 ? 'the service does not tell the id' : known.join(', ');
  return identity.simulated ? `${words} (simulated)` : words;
}
