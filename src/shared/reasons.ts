/**
 * Every way in which a certification, a device or a request can end, as one closed list. `state` is what the
 * code does to a verdict; `next` is the step that the person or the staff should take.
 */
export const REASONS = {
  'ok.matched': { state: 'passed', next: 'none' },
  'ok.confirmed': { state: 'passed', next: 'none' },
  'ok.live': { state: 'passed', next: 'none' },
  'ok.read': { state: 'passed', next: 'none' },
  'ok.approved-by-staff': { state: 'passed', next: 'none' },

  'liveness.code-mismatch': { state: 'failed', next: 'retry' },
  'liveness.spoof-suspected': { state: 'failed', next: 'retry' },
  'liveness.late-response': { state: 'failed', next: 'call-staff' },
  'liveness.face-swapped': { state: 'failed', next: 'retry' },
  'liveness.flat-response': { state: 'failed', next: 'retry' },
  'liveness.still-picture': { state: 'failed', next: 'retry' },
  'liveness.wrong-action': { state: 'failed', next: 'retry' },
  'liveness.wrong-digits': { state: 'failed', next: 'retry' },
  'liveness.not-in-sync': { state: 'failed', next: 'retry' },
  'face.low-similarity': { state: 'failed', next: 'call-staff' },
  'document.chip-forged': { state: 'failed', next: 'call-staff' },
  'identity.not-the-named': { state: 'failed', next: 'call-staff' },
  'identity.mismatch': { state: 'failed', next: 'call-staff' },
  'identity.invalid': { state: 'failed', next: 'call-staff' },
  'phone.mismatch': { state: 'failed', next: 'call-staff' },
  'bank-card.mismatch': { state: 'failed', next: 'call-staff' },
  'bank-card.unusable': { state: 'failed', next: 'call-staff' },
  'staff.refused': { state: 'failed', next: 'call-staff' },

  'face.grey-band': { state: 'review', next: 'call-staff' },
  'document.photo-not-decoded': { state: 'review', next: 'call-staff' },
  'document.no-face': { state: 'review', next: 'call-staff' },
  'document.expired': { state: 'review', next: 'call-staff' },
  'document.not-yet-valid': { state: 'review', next: 'call-staff' },
  'document.number-invalid': { state: 'review', next: 'call-staff' },
  'document.guardian-needed': { state: 'review', next: 'call-staff' },
  'document.typed': { state: 'review', next: 'call-staff' },
  'document.printed-portrait': { state: 'review', next: 'call-staff' },
  'document.photographed': { state: 'review', next: 'call-staff' },
  'document.copy': { state: 'review', next: 'call-staff' },
  'document.black-and-white-copy': { state: 'review', next: 'call-staff' },
  'document.recaptured': { state: 'review', next: 'call-staff' },
  'document.edited': { state: 'review', next: 'call-staff' },
  'document.temporary': { state: 'review', next: 'call-staff' },
  'document.sides-differ': { state: 'review', next: 'call-staff' },
  'document.chip-unchecked': { state: 'review', next: 'call-staff' },
  'user.other-method': { state: 'review', next: 'call-staff' },
  'identity.not-found': { state: 'review', next: 'call-staff' },
  'source.no-photo': { state: 'review', next: 'call-staff' },
  'source.photo-unusable': { state: 'review', next: 'call-staff' },
  'phone.not-found': { state: 'review', next: 'call-staff' },
  'bank-card.not-checked': { state: 'review', next: 'call-staff' },
  'risk.policy': { state: 'review', next: 'call-staff' },
  'authority.contradicts': { state: 'review', next: 'call-staff' },
  'authority.not-asked': { state: 'review', next: 'call-staff' },
  'verification.pending': { state: 'review', next: 'call-staff' },
  'verification.captured': { state: 'review', next: 'call-staff' },
  'identity.already-used': { state: 'review', next: 'call-staff' },
  'risk.review': { state: 'review', next: 'call-staff' },

  'user.refused-consent': { state: 'error', next: 'other-method' },
  'user.cancelled': { state: 'error', next: 'none' },
  'user.timed-out': { state: 'error', next: 'retry' },
  'staff.returned': { state: 'error', next: 'retry' },
  'review.other-record': { state: 'error', next: 'retry' },
  'review.decided-meanwhile': { state: 'error', next: 'retry' },
  'review.verifier-asked': { state: 'error', next: 'retry' },
  'review.not-open': { state: 'error', next: 'none' },
  'review.note-missing': { state: 'error', next: 'retry' },
  'review.nobody-identified': { state: 'error', next: 'retry' },
  'review.second-person': { state: 'error', next: 'call-staff' },

  'document.no-card': { state: 'error', next: 'retry' },
  'document.several-cards': { state: 'error', next: 'retry' },
  'document.wrong-side': { state: 'error', next: 'retry' },
  'document.wrong-kind': { state: 'error', next: 'retry' },
  'document.not-a-card': { state: 'error', next: 'retry' },
  'document.border-cut': { state: 'error', next: 'retry' },
  'document.occluded': { state: 'error', next: 'retry' },
  'document.glare': { state: 'error', next: 'retry' },
  'document.blurred': { state: 'error', next: 'retry' },
  'document.too-small': { state: 'error', next: 'retry' },
  'document.unreadable': { state: 'error', next: 'retry' },
  'document.not-confirmed': { state: 'error', next: 'retry' },
  'document.file-unsupported': { state: 'error', next: 'retry' },
  'document.file-damaged': { state: 'error', next: 'retry' },
  'document.file-too-large': { state: 'error', next: 'retry' },

  'mrz.malformed': { state: 'error', next: 'retry' },
  'mrz.check-digit': { state: 'error', next: 'retry' },

  'chip.driver-missing': { state: 'error', next: 'contact-administrator' },
  'chip.service-missing': { state: 'error', next: 'contact-administrator' },
  'chip.reader-missing': { state: 'error', next: 'check-reader' },
  'chip.reader-lost': { state: 'error', next: 'check-reader' },
  'chip.no-document': { state: 'error', next: 'replace-card' },
  'chip.other-chip': { state: 'error', next: 'call-staff' },
  'chip.access-denied': { state: 'error', next: 'retry' },
  'chip.stopped': { state: 'error', next: 'replace-card' },
  'chip.malformed': { state: 'error', next: 'call-staff' },
  'chip.unsupported': { state: 'error', next: 'call-staff' },
  'chip.certificates-invalid': { state: 'error', next: 'contact-administrator' },

  'card.left-on-reader': { state: 'error', next: 'replace-card' },
  'card.pulled': { state: 'error', next: 'replace-card' },
  'card.read-failed': { state: 'error', next: 'replace-card' },
  'card.select-failed': { state: 'error', next: 'replace-card' },
  'card.refused': { state: 'error', next: 'call-staff' },
  'card.unknown-kind': { state: 'error', next: 'other-method' },
  'card.malformed': { state: 'error', next: 'replace-card' },
  'card.swapped': { state: 'error', next: 'retry' },
  'reader.missing': { state: 'error', next: 'check-reader' },
  'reader.no-answer': { state: 'error', next: 'check-reader' },
  'reader.bad-frame': { state: 'error', next: 'check-reader' },
  'reader.fault': { state: 'error', next: 'check-reader' },
  'reader.crashed': { state: 'error', next: 'retry' },
  'reader.port-busy': { state: 'error', next: 'check-reader' },
  'reader.not-permitted': { state: 'error', next: 'contact-administrator' },
  'reader.driver-missing': { state: 'error', next: 'contact-administrator' },
  'reader.wrong-speed': { state: 'error', next: 'contact-administrator' },
  'reader.several': { state: 'error', next: 'contact-administrator' },
  'reader.other-device': { state: 'error', next: 'contact-administrator' },
  'reader.not-authorised': { state: 'error', next: 'contact-administrator' },
  'reader.self-test-failed': { state: 'error', next: 'contact-administrator' },
  'reader.service-missing': { state: 'error', next: 'check-reader' },
  'reader.service-malformed': { state: 'error', next: 'contact-administrator' },
  'reader.service-slow': { state: 'error', next: 'check-reader' },
  'reader.service-refused': { state: 'error', next: 'check-reader' },

  'decoder.none': { state: 'error', next: 'contact-administrator' },
  'decoder.missing': { state: 'error', next: 'contact-administrator' },
  'decoder.wrong-bitness': { state: 'error', next: 'contact-administrator' },
  'decoder.unfit': { state: 'error', next: 'contact-administrator' },
  'decoder.unlicensed': { state: 'error', next: 'contact-administrator' },
  'decoder.crashed': { state: 'error', next: 'contact-administrator' },
  'decoder.timed-out': { state: 'error', next: 'contact-administrator' },
  'decoder.refused-photo': { state: 'error', next: 'call-staff' },
  'decoder.implausible': { state: 'error', next: 'contact-administrator' },

  'camera.missing': { state: 'error', next: 'check-camera' },
  'camera.denied': { state: 'error', next: 'check-camera' },
  'camera.in-use': { state: 'error', next: 'check-camera' },
  'camera.lost': { state: 'error', next: 'check-camera' },
  'camera.frozen': { state: 'error', next: 'check-camera' },
  'camera.too-slow': { state: 'error', next: 'check-camera' },
  'camera.virtual': { state: 'error', next: 'check-camera' },
  'camera.changed': { state: 'error', next: 'contact-administrator' },
  'camera.not-following': { state: 'error', next: 'check-camera' },
  'microphone.missing': { state: 'error', next: 'call-staff' },
  'microphone.denied': { state: 'error', next: 'call-staff' },

  'capture.no-face': { state: 'error', next: 'retry' },
  'capture.several-faces': { state: 'error', next: 'retry' },
  'capture.face-left': { state: 'error', next: 'retry' },
  'capture.too-few-frames': { state: 'error', next: 'retry' },
  'capture.too-bright': { state: 'error', next: 'call-staff' },
  'capture.too-dark': { state: 'error', next: 'call-staff' },

  'capture.no-speech': { state: 'error', next: 'retry' },
  'capture.clip-unavailable': { state: 'error', next: 'call-staff' },
  'capture.action-not-done': { state: 'error', next: 'retry' },
  'speech.unavailable': { state: 'error', next: 'other-method' },
  'challenge.expired': { state: 'error', next: 'retry' },
  'challenge.replayed': { state: 'error', next: 'retry' },
  'challenge.incomplete': { state: 'error', next: 'retry' },

  'inference.unavailable': { state: 'error', next: 'retry' },
  'inference.crashed': { state: 'error', next: 'retry' },
  'inference.model-refused': { state: 'error', next: 'contact-administrator' },
  'inference.image-invalid': { state: 'error', next: 'retry' },

  'store.unavailable': { state: 'error', next: 'contact-administrator' },
  'store.full': { state: 'error', next: 'contact-administrator' },
  'store.wrong-key': { state: 'error', next: 'contact-administrator' },
  'store.corrupt': { state: 'error', next: 'contact-administrator' },

  'verifier.unreachable': { state: 'error', next: 'check-network' },
  'verifier.malformed': { state: 'error', next: 'contact-administrator' },
  'verifier.bad-signature': { state: 'error', next: 'contact-administrator' },
  'verifier.refused': { state: 'error', next: 'contact-administrator' },
  'verifier.not-enrolled': { state: 'error', next: 'contact-administrator' },
  'verifier.clock-skew': { state: 'error', next: 'contact-administrator' },
  'verifier.throttled': { state: 'error', next: 'retry' },
  'verifier.misconfigured': { state: 'error', next: 'contact-administrator' },
  'verifier.not-paid': { state: 'error', next: 'contact-administrator' },
  'verifier.unsupported': { state: 'error', next: 'contact-administrator' },
  'verifier.too-old': { state: 'error', next: 'contact-administrator' },
  'verifier.record-missing': { state: 'error', next: 'contact-administrator' },
  'verifier.unknown-code': { state: 'error', next: 'contact-administrator' },
  'source.unavailable': { state: 'error', next: 'retry' },
  'quota.daily': { state: 'error', next: 'other-method' },
  'outcome.unknown': { state: 'error', next: 'call-staff' },
  'verification.abandoned': { state: 'error', next: 'retry' },
  'verification.expired': { state: 'error', next: 'retry' },
  'material.picture-unfit': { state: 'error', next: 'retry' },
  'material.clip-unfit': { state: 'error', next: 'retry' },
  'material.missing': { state: 'error', next: 'contact-administrator' },
  'outbox.full': { state: 'error', next: 'check-network' },
  'outbox.too-old': { state: 'error', next: 'check-network' },

  'risk.blocked': { state: 'error', next: 'call-staff' },
  'attempts.person-day': { state: 'error', next: 'call-staff' },
  'attempts.locked': { state: 'error', next: 'call-staff' },
  'guardian.not-adult': { state: 'error', next: 'call-staff' },
  'guardian.same-card': { state: 'error', next: 'replace-card' },
  'handoff.unavailable': { state: 'error', next: 'other-method' },
  'handoff.expired': { state: 'error', next: 'retry' },
  'handoff.refused': { state: 'error', next: 'other-method' },
  'request.unknown': { state: 'error', next: 'contact-administrator' },
  'request.expired': { state: 'error', next: 'contact-administrator' },
  'request.used': { state: 'error', next: 'contact-administrator' },
  'request.passed': { state: 'error', next: 'none' },
  'request.input-missing': { state: 'error', next: 'contact-administrator' },
  'request.input-unwanted': { state: 'error', next: 'contact-administrator' },
  'request.input-unfit': { state: 'error', next: 'contact-administrator' },
  'picture.no-face': { state: 'error', next: 'retry' },
  'picture.several-faces': { state: 'error', next: 'retry' },
  'scene.unknown': { state: 'error', next: 'contact-administrator' },
  'scene.changed': { state: 'error', next: 'retry' },
  'scene.impossible': { state: 'error', next: 'contact-administrator' },
  'setup.untestable': { state: 'error', next: 'contact-administrator' },
  'setup.not-idle': { state: 'error', next: 'retry' },
  'speaker.missing': { state: 'error', next: 'contact-administrator' },
  'printer.missing': { state: 'error', next: 'contact-administrator' },
  'printer.failed': { state: 'error', next: 'contact-administrator' },
  'verifier.other-key': { state: 'error', next: 'contact-administrator' },
  'scheme.not-served': { state: 'error', next: 'contact-administrator' },
  'erasure.nothing-kept': { state: 'error', next: 'none' },
  'record.erased': { state: 'error', next: 'none' },
  'face-return.unreachable': { state: 'error', next: 'check-network' },
  'face-return.refused': { state: 'error', next: 'contact-administrator' },

  'staff.signed-out': { state: 'error', next: 'none' },
  'staff.not-allowed': { state: 'error', next: 'contact-administrator' },
  'staff.wrong-secret': { state: 'error', next: 'retry' },
  'staff.locked': { state: 'error', next: 'none' },
  'staff.same-person': { state: 'error', next: 'none' },
  'staff.last-administrator': { state: 'error', next: 'none' },
  'staff.name-taken': { state: 'error', next: 'none' },
  'staff.list-changed': { state: 'error', next: 'retry' },

  'settings.changed-meanwhile': { state: 'error', next: 'retry' },
  'settings-file.not-json': { state: 'error', next: 'retry' },
  'settings-file.truncated': { state: 'error', next: 'retry' },
  'settings-file.too-large': { state: 'error', next: 'retry' },
  'settings-file.other-product': { state: 'error', next: 'retry' },
  'settings-file.too-old': { state: 'error', next: 'contact-administrator' },
  'settings-file.newer': { state: 'error', next: 'contact-administrator' },
  'settings-file.bad-signature': { state: 'error', next: 'contact-administrator' },
  'settings-file.unknown-signer': { state: 'error', next: 'contact-administrator' },
  'settings-file.unknown-field': { state: 'error', next: 'contact-administrator' },
  'settings-file.unfit': { state: 'error', next: 'contact-administrator' },
  'settings-file.nothing-to-change': { state: 'error', next: 'none' },
  'kiosk.maintenance': { state: 'error', next: 'other-method' },
  'clock.set-back': { state: 'error', next: 'contact-administrator' },
  'clock.jumped': { state: 'error', next: 'contact-administrator' },
  'vault.key-file': { state: 'error', next: 'contact-administrator' },
  'outbox.nearly-full': { state: 'error', next: 'check-network' },
  'audit.broken': { state: 'error', next: 'contact-administrator' },
  'disk.nearly-full': { state: 'error', next: 'contact-administrator' },
  'request.invalid': { state: 'error', next: 'contact-administrator' },
  'internal.bug': { state: 'error', next: 'contact-administrator' },
} as const satisfies Record<string, { state: VerdictState; next: NextStep }>;

export const VERDICT_STATES = ['passed', 'failed', 'review', 'error'] as const;
export type VerdictState = (typeof VERDICT_STATES)[number];

export const NEXT_STEPS = [
  'none',
  'retry',
  'replace-card',
  'call-staff',
  'other-method',
  'check-reader',
  'check-camera',
  'check-network',
  'contact-administrator',
] as const;
export type NextStep = (typeof NEXT_STEPS)[number];

export type ReasonCode = keyof typeof REASONS;

export const REASON_CODES = Object.keys(REASONS) as readonly ReasonCode[];

/** Whether a text is a code of the closed list. */
export function isReasonCode(value: string): value is ReasonCode {
  return Object.hasOwn(REASONS, value);
}

/** The verdict that a reason leads to; a reason never leads to two. */
export function stateOf(code: ReasonCode): VerdictState {
  return REASONS[code].state;
}

/** The codes that a failure can carry: an error can't claim to be a pass, by type and where it is parsed. */
export type FailureCode = Exclude<ReasonCode, `ok.${string}`>;

/** Whether a text is a code that a `Failure` may carry: none of a pass. */
export function isFailureCode(value: string): value is FailureCode {
  return isReasonCode(value) && stateOf(value) !== 'passed';
}

/**
 * An expected failure. `detail` is technical (which field, which limit), goes to logs and the clerk, and never
 * holds personal data.
 */
export interface Failure {
  readonly code: FailureCode;
  readonly detail?: string;
}

/** @param detail for staff and logs; nothing personal. */
export function failure(code: FailureCode, detail?: string): Failure {
  return detail === undefined ? { code } : { code, detail };
}
