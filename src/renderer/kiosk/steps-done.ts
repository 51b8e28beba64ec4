import type { KioskView } from '../../shared/ipc/kiosk-view.ts';
import { USUAL_STEPS, type KioskStepPlan } from '../../shared/ipc/kiosk-steps.ts';
import { stateOf, type ReasonCode } from '../../shared/reasons.ts';

type StepName = NonNullable<KioskStepPlan['identifying' | 'checking']> | 'done';

/** The steps that the person sees, in their order. */
export function stepNames({ steps = USUAL_STEPS }: Pick<KioskView, 'steps'>): readonly StepName[] {
  const { identifying, checking } = steps;
  return [...(identifying ? [identifying] : []), ...(checking ? [checking] : []), 'done'];
}

/** How many of the named steps are behind the person; null where no steps are shown. */
export function stepsDone(view: KioskView): number | null {
  const phase = phaseOf(view);
  if (phase === null) return null;
  const names = stepNames(view);
  if (phase === 'over') return names.length;
  const { identifying, checking } = view.steps ?? USUAL_STEPS;
  const before = { identifying: [], checking: [identifying], deciding: [identifying, checking] }[phase];
  return before.filter((step) => step !== null).length;
}

/** Whether somebody came with a card or a document, which they have to take along. */
export function holdsCard({ steps = USUAL_STEPS }: Pick<KioskView, 'steps'>): boolean {
  return steps.identifying === 'card' || steps.identifying === 'pictures';
}

type Phase = 'identifying' | 'checking' | 'deciding' | 'over';

function phaseOf(view: KioskView): Phase | null {
  switch (view.screen) {
    case 'attract':
    case 'maintenance':
    case 'other-method':
    case 'methods':
    case 'withdrawal-card':
    case 'withdrawal-review':
    case 'withdrawal-erasing':
    case 'withdrawal-done':
      return null;
    case 'guide':
    case 'consent':
    case 'card':
    case 'guardian-card':
    case 'guardian-consent':
    case 'identity-entry':
    case 'element-entry':
    case 'card-photo':
    case 'document-capture':
    case 'document-confirm':
    case 'travel-chip':
      return 'identifying';
    case 'hand-off':
    case 'position':
    case 'light':
    case 'challenge':
      return 'checking';
    case 'deciding':
    case 'awaiting':
      return view.steps?.checking === 'matching' ? 'checking' : 'deciding';
    case 'result':
      if (view.result.state === 'passed') return 'over';
      return endedBeforeCamera(view.result.reason) ? 'identifying' : 'deciding';
  }
}

/** What the document or its reader ended has not got past the first step. */
function endedBeforeCamera(reason: ReasonCode): boolean {
  if (/^(card|reader|guardian)\./.test(reason) || reason === 'document.chip-forged') return true;
  return /^(document|mrz|chip)\./.test(reason) && stateOf(reason) === 'error';
}
