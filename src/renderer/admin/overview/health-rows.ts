import { reasonText } from '../../../shared/reason-texts.ts';
import type { Failure } from '../../../shared/reasons.ts';
import type { TerminalState } from '../../../shared/ipc/admin-system.ts';
import { size } from '../outbox/outbox-figures.ts';
import type { CameraChoice, ReaderStatus, SystemStatus, VerifierStatus } from '../../../shared/ipc/admin.ts';
import { count, dateTime, timeOfDay } from '../formats.ts';
import type { Tone } from '../parts/tone.ts';
import type { Section } from '../shell/sections.ts';
import type { Speech } from '../translation.ts';

export type HealthItem =
  | 'key'
  | 'models'
  | 'audit'
  | 'reader'
  | 'camera'
  | 'verifier'
  | 'unsent'
  | 'terminal'
  | 'calls'
  | 'reviews'
  | 'disk'
  | 'test';

/** One line of the overview. `section` is the page where it is dealt with, or the clerk's window. */
export interface HealthRow {
  readonly item: HealthItem;
  readonly tone: Tone;
  readonly state: string;
  readonly detail: string;
  readonly section: Section | 'clerk' | null;
}

type Seen = Pick<HealthRow, 'tone' | 'state' | 'detail'>;

/** What has been answered so far. */
interface Known<T> {
  readonly value: T | null;
  readonly failure: Failure | null;
}

function failed(failure: Failure, words: Speech): Seen {
  return {
    tone: 'bad',
    state: words.t('state.problem'),
    detail: reasonText(failure.code, words.language, 'clerk'),
  };
}

/** What is known about one thing: an answer that did not come is never shown as good. */
function seen<T>(answer: Known<T>, words: Speech, say: (value: T) => Seen): Seen {
  if (answer.failure !== null) return failed(answer.failure, words);
  if (answer.value === null) return { tone: 'waiting', state: words.t('state.loading'), detail: '' };
  return say(answer.value);
}

function keyState(system: SystemStatus, { t }: Speech): Seen {
  return system.databaseKey === 'vault'
    ? { tone: 'good', state: t('overview.keyVault'), detail: t('overview.keyVaultDetail') }
    : { tone: 'warning', state: t('overview.keyFile'), detail: t('overview.keyFileDetail') };
}

function modelState(system: SystemStatus, words: Speech): Seen {
  if (system.models === 'ready')
    return { tone: 'good', state: words.t('overview.modelsReady'), detail: words.t('overview.modelsReadyDetail') };
  if (system.models === 'loading') return { tone: 'waiting', state: words.t('overview.modelsLoading'), detail: '' };
  return failed(system.models, words);
}

function auditState(system: SystemStatus, { t, language }: Speech): Seen {
  const audit = system.audit;
  if (audit === null)
    return { tone: 'waiting', state: t('overview.auditUnknown'), detail: t('overview.auditUnknownDetail') };
  const entries = { n: count(audit.entries, language) };
  if (audit.ok) return { tone: 'good', state: t('overview.auditOk'), detail: t('overview.auditOkDetail', entries) };
  const first = audit.firstBadEntry === null ? '—' : count(audit.firstBadEntry, language);
  return { tone: 'bad', state: t('overview.auditBad'), detail: t('overview.auditBadDetail', { ...entries, first }) };
}

/** What a reader's state means, for the overview and for its own page. */
export function readerState(reader: ReaderStatus, words: Speech): Seen {
  const { t } = words;
  const detail = [reader.simulated ? t('reader.simulated') : null, reader.samId]
    .filter((part) => part !== null)
    .join(' · ');
  if (reader.failure !== null) return failed(reader.failure, words);
  switch (reader.state) {
    case 'ready':
      return { tone: 'good', state: t('reader.ready'), detail };
    case 'off':
      return { tone: 'off', state: t('reader.off'), detail: t('reader.offDetail') };
    case 'missing':
      return { tone: 'bad', state: t('reader.missing'), detail: t('reader.missingDetail') };
    case 'fault':
      return { tone: 'bad', state: t('reader.fault'), detail: t('reader.faultDetail') };
  }
}

function cameraState(camera: CameraChoice, { t }: Speech): Seen {
  return camera.deviceId === null
    ? { tone: 'good', state: t('camera.first'), detail: t('camera.firstNote') }
    : { tone: 'good', state: t('overview.cameraChosen'), detail: camera.label ?? camera.deviceId };
}

function verifierState(verifier: VerifierStatus, words: Speech): Seen {
  const { t } = words;
  if (!verifier.enrolled)
    return { tone: 'warning', state: t('verifier.notEnrolled'), detail: t('verifier.notEnrolledDetail') };
  if (verifier.lastFailure !== null) return failed(verifier.lastFailure, words);
  return { tone: 'good', state: t('verifier.enrolled'), detail: verifier.address ?? '' };
}

function unsentState(verifier: VerifierStatus, { t, language }: Speech): Seen {
  const last =
    verifier.lastSyncAtMs === null
      ? t('verifier.neverSynced')
      : t('verifier.syncedAt', { time: dateTime(verifier.lastSyncAtMs) });
  return verifier.unsent === 0
    ? { tone: 'good', state: t('overview.nothingUnsent'), detail: last }
    : { tone: 'waiting', state: t('overview.unsent', { n: count(verifier.unsent, language) }), detail: last };
}

const LOW_DISK_BYTES = 2 * 1024 ** 3;

/** What the staff has to know before anything else: whether anybody can be served. */
function terminalState(terminal: TerminalState, words: Speech): Seen {
  const { t, language } = words;
  if (terminal.maintenance)
    return { tone: 'warning', state: t('overview.inMaintenance'), detail: t('overview.inMaintenanceDetail') };
  if (terminal.refusal !== null)
    return {
      tone: 'bad',
      state: t('overview.refusing'),
      detail: reasonText(terminal.refusal.code, language, 'clerk'),
    };
  if (terminal.outboxNearlyFull) {
    const n = count(Math.round((terminal.outboxShare ?? 0) * 100), language);
    return { tone: 'warning', state: t('overview.outboxNear'), detail: t('overview.outboxNearDetail', { n }) };
  }
  return { tone: 'good', state: t('overview.inService'), detail: '' };
}

function callState({ call }: TerminalState, { t }: Speech): Seen {
  return call === null
    ? { tone: 'good', state: t('overview.noCall'), detail: '' }
    : {
        tone: 'warning',
        state: t('overview.call'),
        detail: t('overview.callSince', { time: timeOfDay(call.sinceMs) }),
      };
}

function reviewState({ waitingReviews }: TerminalState, { t, language }: Speech): Seen {
  return waitingReviews === 0
    ? { tone: 'good', state: t('overview.noReviews'), detail: '' }
    : {
        tone: 'waiting',
        state: t('overview.reviews', { n: waitingReviews, shown: count(waitingReviews, language) }),
        detail: t('overview.reviewsDetail'),
      };
}

function machineState({ clock, freeBytes }: TerminalState, words: Speech): Seen {
  const { t, language } = words;
  const free = freeBytes === null ? '—' : t('overview.diskFree', { size: size(freeBytes) });
  if (clock.jump !== null) {
    const code = clock.jump.byMs < 0 ? 'clock.set-back' : 'clock.jumped';
    return { tone: 'warning', state: free, detail: reasonText(code, language, 'clerk') };
  }
  if (freeBytes !== null && freeBytes < LOW_DISK_BYTES)
    return { tone: 'warning', state: free, detail: reasonText('disk.nearly-full', language, 'clerk') };
  return { tone: freeBytes === null ? 'waiting' : 'good', state: free, detail: '' };
}

function testState({ lastTest }: TerminalState, { t }: Speech): Seen {
  if (lastTest === null) return { tone: 'off', state: t('overview.testNever'), detail: '' };
  const detail = t('overview.testAt', { time: dateTime(lastTest.atMs) });
  if (lastTest.bad > 0) return { tone: 'bad', state: t('overview.testBad', { n: lastTest.bad }), detail };
  return lastTest.warnings > 0
    ? { tone: 'warning', state: t('overview.testWarnings', { n: lastTest.warnings }), detail }
    : { tone: 'good', state: t('overview.testGood'), detail };
}

export interface HealthAnswers {
  readonly terminal: Known<TerminalState>;
  readonly system: Known<SystemStatus>;
  readonly reader: Known<ReaderStatus>;
  readonly camera: Known<CameraChoice>;
  readonly verifier: Known<VerifierStatus>;
}

/** The lines of the overview in their fixed order. */
export function healthRows(answers: HealthAnswers, words: Speech): readonly HealthRow[] {
  const { terminal, system, reader, camera, verifier } = answers;
  return [
    { item: 'terminal', section: 'system', ...seen(terminal, words, (value) => terminalState(value, words)) },
    { item: 'calls', section: 'clerk', ...seen(terminal, words, (value) => callState(value, words)) },
    { item: 'reviews', section: 'clerk', ...seen(terminal, words, (value) => reviewState(value, words)) },
    { item: 'key', section: null, ...seen(system, words, (value) => keyState(value, words)) },
    { item: 'models', section: null, ...seen(system, words, (value) => modelState(value, words)) },
    { item: 'audit', section: null, ...seen(system, words, (value) => auditState(value, words)) },
    { item: 'reader', section: 'reader', ...seen(reader, words, (value) => readerState(value, words)) },
    { item: 'camera', section: 'camera', ...seen(camera, words, (value) => cameraState(value, words)) },
    { item: 'verifier', section: 'verifier', ...seen(verifier, words, (value) => verifierState(value, words)) },
    { item: 'unsent', section: 'outbox', ...seen(verifier, words, (value) => unsentState(value, words)) },
    { item: 'disk', section: 'system', ...seen(terminal, words, (value) => machineState(value, words)) },
    { item: 'test', section: 'system', ...seen(terminal, words, (value) => testState(value, words)) },
  ];
}
