import type { DetectedReader, DiagnosisFinding, ReaderIdentity } from '../../../shared/domain/reader-diagnosis.ts';
import type { CardReading } from '../../../shared/domain/card-reading.ts';
import type { AdminAnswers, ReaderStatus } from '../../../shared/ipc/admin.ts';
import { nextStepText, reasonText } from '../../../shared/reason-texts.ts';
import { REASONS, type Failure } from '../../../shared/reasons.ts';
import { count } from '../formats.ts';
import type { Tone } from '../parts/tone.ts';
import type { Speech, WordKey } from '../translation.ts';
import { speedWords } from './transport-words.ts';

/** Something that is not right: what it is, what to do, and what staff quote to whoever helps them. */
export interface Trouble {
  readonly what: string;
  readonly doThis: string;
  readonly code: string;
}

/** A failure for whoever runs the terminal; `doThis` instead of the usual next step where more is known. */
export function troubleOf(failure: Failure, { language }: Speech, doThis?: string): Trouble {
  return {
    what: reasonText(failure.code, language, 'clerk'),
    doThis: doThis ?? nextStepText(REASONS[failure.code].next, language, 'clerk'),
    code: failure.detail === undefined ? failure.code : `${failure.code} · ${failure.detail}`,
  };
}

export interface SeenState {
  readonly tone: Tone;
  readonly state: string;
  readonly trouble: Trouble | null;
}

const STATE_TONES = { ready: 'good', missing: 'bad', fault: 'bad', off: 'off' } as const satisfies Record<
  ReaderStatus['state'],
  Tone
>;

/** The reader's state as it is now. A reader that is ready but has a failure to tell of isn't shown as good. */
export function seenState(status: ReaderStatus, words: Speech): SeenState {
  const { state, failure } = status;
  const tone = state === 'ready' && failure !== null ? 'warning' : STATE_TONES[state];
  return {
    tone,
    state: words.t(`reader.${state}`),
    trouble: failure === null ? null : troubleOf(failure, words, ownStep(failure, words)),
  };
}

/** Whoever reads the page is the administrator: instead of "contact the administrator" it points to the check. */
function ownStep(failure: Failure, { t }: Speech): string | undefined {
  return REASONS[failure.code].next === 'contact-administrator' ? t('reader.seeCheck') : undefined;
}

/** Who answered: id, speed, service, in that order, as far as they are known. */
export function identityWords(identity: ReaderIdentity, { t }: Speech): string {
  return [
    identity.simulated ? t('reader.simulated') : null,
    identity.samId,
    identity.baud === null || identity.baud === undefined ? null : speedWords(identity.baud, t),
    identity.service ?? null,
  ]
    .filter((part) => part !== null)
    .join(' · ');
}

/** One candidate of a search: ready with its identity, silent with the reason, or left unasked. */
export function seenReader(
  found: DetectedReader,
  words: Speech,
): SeenState & { readonly who: string; readonly note?: string } {
  const { identity, failure } = found;
  if (identity !== null) {
    return { tone: 'good', state: words.t('reader.find.answered'), who: identityWords(identity, words), trouble: null };
  }
  if (found.asked === false) {
    const state = words.t('reader.find.notAsked');
    return { tone: 'off', state, who: '', note: words.t('reader.find.notAskedNote'), trouble: null };
  }
  return {
    tone: found.known ? 'warning' : 'off',
    state: words.t(found.known ? 'reader.find.knownSilent' : 'reader.find.silent'),
    who: '',
    trouble: failure === null ? null : troubleOf(failure, words),
  };
}

const FINDING_TONES = { ok: 'good', warning: 'warning', failed: 'bad', unknown: 'off' } as const satisfies Record<
  DiagnosisFinding['state'],
  Tone
>;

export interface SeenStep extends SeenState {
  readonly name: string;
  readonly detail: string | null;
}

/** One step of a diagnosis; whatever isn't right says what to do at this very step. */
export function seenStep(finding: DiagnosisFinding, words: Speech): SeenStep {
  const { step, state, failure, detail } = finding;
  const { t } = words;
  const doThis = t(`reader.check.doThis.${step}`);
  return {
    name: t(`reader.check.steps.${step}`),
    tone: FINDING_TONES[state],
    state: t(`reader.check.states.${state}`),
    trouble: failure === null || state === 'ok' ? null : troubleOf(failure, words, doThis),
    detail,
  };
}

const OUTCOMES = { failed: 'bad', unknown: 'warning', warning: 'warning', ok: 'good' } as const satisfies Record<
  DiagnosisFinding['state'],
  Tone
>;

/** What the steps come to: bad with one that failed, and never good while one is unknown. */
export function outcomeOf(findings: readonly DiagnosisFinding[]): { readonly tone: Tone; readonly key: WordKey } {
  const worst = (['failed', 'unknown', 'warning'] as const).find((state) =>
    findings.some((finding) => finding.state === state),
  );
  const state = worst ?? (findings.length === 0 ? 'unknown' : 'ok');
  return { tone: OUTCOMES[state], key: `reader.check.outcome.${state}` };
}

/** What a test read says of fingerprints. */
export function fingerprintWords(
  bytes: AdminAnswers['admin:test-reader']['fingerprintBytes'],
  asked: CardReading['fingerprint'] | null,
  { t, language }: Speech,
): string {
  if (bytes !== null && bytes > 0) return t('reader.fingerprintBytes', { n: count(bytes, language) });
  return bytes === 0 || asked === 'recognise' ? t('reader.fingerprintNone') : t('reader.fingerprintNotAsked');
}
