import type { ClerkBridge } from '../../../preload/bridge.ts';
import { DEFAULT_BRAND } from '../../../shared/domain/brand-default.ts';
import { OUTCOME_OF_REVIEW, type AskedReview } from '../../../shared/domain/review.ts';
import { RIGHTS_OF, type StaffRole } from '../../../shared/domain/staff.ts';
import { CLERK_CHANNELS, type ClerkAnswers, type ClerkChannel, type ReviewCase } from '../../../shared/ipc/clerk.ts';
import type { StaffChoice, StaffGate } from '../../../shared/ipc/staff.ts';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { fixtureCase, fixtureQueue, fixtureRows, LIN, NOW_MS, ZHOU } from './fixture-cases.ts';
import { FIXTURE_SCENES, fixtureLive, fixturePictures } from './fixture-live.ts';
import type { GalleryCase } from './gallery-case.ts';

const CHOICES: readonly StaffChoice[] = [
  { staffId: ZHOU, name: '周敏', triesLeft: 5, lockedForSeconds: null },
  { staffId: LIN, name: '林岚', triesLeft: 5, lockedForSeconds: null },
];

export function fixtureGate(role: StaffRole | null): StaffGate {
  if (role === null) return { state: 'signed-out', choices: CHOICES };
  return { state: 'signed-in', staff: { staffId: ZHOU, name: '周敏', role }, rights: RIGHTS_OF[role] };
}

type Answers = {
  readonly [C in ClerkChannel]: (
    request: never,
  ) => Result<ClerkAnswers[C], Failure> | Promise<Result<ClerkAnswers[C], Failure>>;
};

/** A terminal of fixtures that remembers what is done to it: sign-in, answered calls, decisions. */
export function fixtureBridge(which: GalleryCase, role: StaffRole | null): ClerkBridge {
  let gate = fixtureGate(role);
  let live = fixtureLive(which);
  const decided = new Map<string, ReviewCase>();
  const signIn = (): Result<StaffGate, Failure> => ok((gate = fixtureGate(role ?? 'reviewer')));
  const shown = (id: string): ReviewCase =>
    decided.get(id) ?? fixtureCase(id, which, role === null || RIGHTS_OF[role].includes('decide-reviews'));
  const decide = ({ review }: { readonly review: AskedReview }, override: boolean): Result<ReviewCase, Failure> => {
    if (which === 'troubled') return err(failure('review.decided-meanwhile', 'by the staff'));
    const before = shown(review.certifyId);
    const outcome = OUTCOME_OF_REVIEW[review.decision];
    const after: ReviewCase = {
      ...before,
      action: 'override',
      standing: {
        ...before.standing,
        state: outcome.state,
        settledBy: 'staff',
        revision: before.standing.revision + 1,
      },
      detail: { ...before.detail, settled: { by: 'staff', ...outcome } },
      reviews: [
        ...before.reviews,
        {
          revision: before.standing.revision + 1,
          decision: review.decision,
          state: outcome.state,
          outcomeReason: outcome.reason,
          reason: review.reason,
          note: review.note,
          override,
          staffId: ZHOU,
          secondStaffId: override ? LIN : null,
          receiptHash: before.standing.receiptHash,
          decidedAtMs: NOW_MS,
          staffName: '周敏',
          secondStaffName: override ? '林岚' : null,
          delivery: { state: 'waiting', reason: null },
        },
      ],
    };
    decided.set(review.certifyId, after);
    return ok(after);
  };
  const answers: Answers = {
    'clerk:brand': () => ok(DEFAULT_BRAND),
    'clerk:gate': () => ok(gate),
    'clerk:create-first': signIn,
    'clerk:sign-in': signIn,
    'clerk:sign-out': () => ok((gate = fixtureGate(null))),
    'clerk:change-own-secret': () => ok(gate),
    'clerk:live': () => ok(live),
    'clerk:pictures': async () => ok(await fixturePictures()),
    'clerk:answer-call': () => ok((live = { ...live, call: live.call && { ...live.call, answeredAtMs: NOW_MS } })),
    'clerk:scenes': () => ok(which === 'empty' ? [] : FIXTURE_SCENES),
    'clerk:start': () => ok({ certifyId: null }),
    'clerk:take-back': () => ok((live = { ...live, expected: null })),
    'clerk:cancel': () => ok((live = { ...live, running: null })),
    'clerk:queue': ({ sceneId, reason }: { sceneId: string | null; reason: never }) => {
      const queue = fixtureQueue(which, sceneId, reason);
      const rows = queue.rows.filter((row) => !decided.has(row.certifyId));
      return ok({ ...queue, rows, total: rows.length });
    },
    'clerk:records': ({ state }: { state: string | null }) => {
      const rows = fixtureRows(which).filter((row) => state === null || row.state === state);
      return ok({ total: rows.length, rows });
    },
    'clerk:case': ({ certifyId }: { certifyId: string }) => ok(shown(certifyId)),
    'clerk:evidence': async () => ok(await fixturePictures()),
    'clerk:staff-choices': () => ok(which === 'empty' ? CHOICES.slice(0, 1) : CHOICES),
    'clerk:decide': (asked: { review: AskedReview }) => decide(asked, false),
    'clerk:override': (asked: { review: AskedReview }) => decide(asked, true),
    'clerk:receipt': ({ certifyId }: { certifyId: string }) => {
      const { detail, standing, sceneName } = shown(certifyId);
      return ok({
        certifyId,
        number: '7K4P-QX2M',
        code: `countersign:1:${certifyId}:a1b2c3d4a1b2c3d4`,
        siteName: live.siteName,
        sceneName,
        decidedAtMs: detail.record.decidedAtMs,
        state: standing.state,
        settledByStaff: standing.settledBy === 'staff',
        nameMasked: detail.record.subject?.nameMasked ?? null,
        simulated: detail.record.simulated,
        canPrint: true,
      });
    },
    'clerk:print': () => (which === 'troubled' ? err(failure('printer.failed')) : ok(null)),
    'clerk:open-admin': () => ok(null),
  };
  const ALWAYS = new Set<ClerkChannel>(['clerk:brand', 'clerk:gate', 'clerk:sign-in', 'clerk:sign-out']);
  return {
    onChange: () => () => undefined,
    invoke: async (channel, request) => {
      const parsed = CLERK_CHANNELS[channel].safeParse(request);
      if (!parsed.success) return err(failure('request.invalid', channel));
      if (which === 'loading' && !ALWAYS.has(channel)) return new Promise(() => undefined);
      if (which === 'failing' && !ALWAYS.has(channel)) return err(failure('store.unavailable', 'SQLITE_IOERR'));
      return answers[channel](parsed.data as never);
    },
  };
}
