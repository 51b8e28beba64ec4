import { unconfirmed } from '../../main/verifiers/check-outcomes.ts';
import type { Clock } from '../../shared/clock.ts';
import { stateOf, type Failure, type ReasonCode, isFailureCode } from '../../shared/reasons.ts';
import type { CheckOutcome } from '../../shared/domain/verification.ts';
import type { VerifierPicture } from '../../main/inference/verifier-picture.ts';
import type { DecisionBell } from '../sessions/decision-bell.ts';
import type { RandomBytes } from '../sessions/envelope.ts';
import type { SessionDesk } from '../sessions/session-desk.ts';
import type { Agreement, HandOff } from './hand-off.ts';
import type { HandOffEnds } from './hand-off-ends.ts';
import { CODE_PATTERN, hashOf, isBrowser, newBrowserSecret } from './hand-off-link.ts';
import type { HandOffRows } from './hand-off-rows.ts';
import type { HandOffVault } from './hand-off-vault.ts';
import type { FrameRefusal, PhoneCaptures } from './phone-captures.ts';
import type { PhoneFrame, PhoneSight } from './phone-capture.ts';
import { askByPhone } from './phone-check.ts';
import { firstStep, type PhoneStep } from './phone-step.ts';

/** A browser that names a page: the code of its address, and the secret of its cookie. */
export interface Browser {
  readonly code: string;
  readonly secret: string | null;
}

/** What a person's own phone can do. */
export interface PhoneDesk {
  /** The hand-off for whoever may see its page, or why nobody may. */
  view(browser: Browser): Promise<HandOff | 'unknown' | 'other-browser'>;
  /** The first browser gets the page and a secret of its own; that one may come back. */
  open(browser: Browser): Promise<{ readonly step: PhoneStep; readonly secret: string | null }>;
  agree(browser: Browser, agreement: Omit<Agreement, 'givenAtMs'>): Promise<PhoneStep>;
  refuse(browser: Browser): Promise<PhoneStep>;
  step(browser: Browser): Promise<PhoneStep>;
  frame(browser: Browser, sequence: number, frame: PhoneFrame): Promise<FrameRefusal | PhoneStep>;
}

export interface PhoneDeskParts {
  readonly rows: HandOffRows;
  readonly vault: HandOffVault;
  readonly ends: HandOffEnds;
  readonly captures: PhoneCaptures;
  readonly sessions: Pick<SessionDesk, 'open' | 'upload' | 'submit'>;
  readonly bell: DecisionBell;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
}

/**
 * Nothing is looked at before both consents, and no other browser than the first gets anywhere. No answer says how the
 * check went.
 */
export function createPhoneDesk(parts: PhoneDeskParts): PhoneDesk {
  const { rows, ends, clock, bell } = parts;
  const view = (browser: Browser) => viewOf(parts, browser);
  /** Of a page that this browser has opened. */
  const withOwn = async <T>(browser: Browser, work: (handOff: HandOff) => Promise<T>): Promise<T | PhoneStep> => {
    const found = await view(browser);
    if (typeof found === 'string') return { step: 'over', why: found };
    if (found.browserHash === null && found.state !== 'ended') return { step: 'over', why: 'unknown' };
    return found.state === 'ended' || found.state === 'checking' ? firstStep(found) : work(found);
  };
  return {
    view,
    open: async (browser) => {
      const found = await view(browser);
      if (typeof found === 'string') return { step: { step: 'over', why: found }, secret: null };
      if (found.state !== 'waiting') {
        parts.captures.restart(found.request.handOffId);
        return { step: firstStep(found), secret: null };
      }
      const secret = newBrowserSecret(parts.randomBytes);
      const bound = await rows.bind(found.request.handOffId, hashOf(secret), clock.wallMs());
      if (!bound) return { step: { step: 'over', why: 'other-browser' }, secret: null };
      bell.ring(found.request.handOffId);
      parts.captures.warmUp();
      return { step: { step: 'notice' }, secret };
    },
    agree: (browser, agreement) =>
      withOwn(browser, async (handOff) => {
        await rows.agree(handOff.request.handOffId, { ...agreement, givenAtMs: clock.wallMs() });
        return { step: 'position', hint: null } as const;
      }),
    refuse: (browser) =>
      withOwn(browser, async (handOff) =>
        firstStep(await ends.end(handOff, unconfirmed('handoff.refused', { retry: 'none' }))),
      ),
    step: (browser) => withOwn(browser, async (handOff) => firstStep(handOff)),
    frame: (browser, sequence, frame) => withOwn(browser, (handOff) => seeFrame(parts, handOff, sequence, frame)),
  };
}

async function viewOf({ rows, ends }: PhoneDeskParts, { code, secret }: Browser) {
  if (!CODE_PATTERN.test(code)) return 'unknown';
  const found = await rows.findByCode(hashOf(code));
  if (found === null) return 'unknown';
  const handOff = await ends.settle(found);
  if (handOff.browserHash === null) return handOff;
  return isBrowser(secret, handOff.browserHash) ? handOff : 'other-browser';
}

async function seeFrame(
  parts: PhoneDeskParts,
  handOff: HandOff,
  sequence: number,
  frame: PhoneFrame,
): Promise<FrameRefusal | PhoneStep> {
  // Without both consents no picture is looked at.
  if (handOff.agreement === null) return { step: 'notice' };
  const seen = await parts.captures.see(handOff.request.handOffId, sequence, frame);
  if (seen === 'too-many') return endedBy(parts, handOff, unconfirmed('handoff.expired', { retry: 'none' }));
  if (typeof seen === 'string') return seen;
  if (!seen.ok) return afterFailure(parts, handOff, seen.error);
  return afterSight(parts, handOff, seen.value);
}

async function afterSight(parts: PhoneDeskParts, handOff: HandOff, sight: PhoneSight): Promise<PhoneStep> {
  switch (sight.kind) {
    case 'step':
      return sight.step;
    case 'live':
      return askQuestion(parts, handOff, sight.picture);
    case 'spoof':
    case 'undecided':
      return endedBy(parts, handOff, notLive(sight.reason));
  }
}

/** The person is done: from here on it is a question like any other. */
async function askQuestion(parts: PhoneDeskParts, handOff: HandOff, picture: VerifierPicture): Promise<PhoneStep> {
  const { handOffId } = handOff.request;
  const sealed = parts.vault.identityOf(handOff);
  if (sealed === undefined) return endedBy(parts, handOff, unconfirmed('material.missing', { retry: 'none' }));
  if (!(await parts.rows.toChecking(handOffId))) return { step: 'over', why: 'closed' };
  const asked = await askByPhone(parts.sessions, handOff, sealed, picture);
  picture.jpeg.fill(0);
  if (!asked.ok) {
    const outcome = unconfirmed('verifier.refused', { retry: 'none', detail: asked.error.code });
    return endedBy(parts, handOff, outcome);
  }
  parts.captures.drop(handOffId);
  parts.bell.ring(handOffId);
  return { step: 'over', why: 'done' };
}

/** A picture that nobody can read counts for nothing; a process that was lost begins the try again. */
async function afterFailure(parts: PhoneDeskParts, handOff: HandOff, { code, detail }: Failure): Promise<PhoneStep> {
  if (code === 'inference.image-invalid') return { step: 'position', hint: null };
  if (code === 'handoff.expired') return firstStep((await parts.rows.find(handOff.request.handOffId)) ?? handOff);
  if (code === 'request.invalid' || code === 'inference.crashed') return { step: 'again', why: 'inference.crashed' };
  return endedBy(parts, handOff, unconfirmed(code, { retry: 'none', detail }));
}

async function endedBy({ ends }: PhoneDeskParts, handOff: HandOff, outcome: CheckOutcome): Promise<PhoneStep> {
  return firstStep(await ends.end(handOff, outcome));
}

/** What refuted or hindered the liveness check; a reason that decides nothing bad can't come from there. */
function notLive(reason: ReasonCode): CheckOutcome {
  return isFailureCode(reason) && stateOf(reason) !== 'passed'
    ? unconfirmed(reason, { retry: 'none' })
    : unconfirmed('internal.bug', { retry: 'none', detail: 'liveness' });
}
