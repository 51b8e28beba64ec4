import {
  Ban,
  CircleCheck,
  CircleHelp,
  Clock,
  OctagonX,
  TriangleAlert,
  UserRoundSearch,
  type LucideIcon,
} from 'lucide-react';
import type { ReactNode } from 'react';
import type { VerdictState } from '../../shared/reasons.ts';
import type { Tone } from './tone.ts';

const TONES = {
  good: CircleCheck,
  warning: TriangleAlert,
  bad: OctagonX,
  waiting: Clock,
  off: Ban,
} as const satisfies Record<Tone, LucideIcon>;

const VERDICTS = {
  passed: CircleCheck,
  failed: OctagonX,
  review: UserRoundSearch,
  error: CircleHelp,
} as const satisfies Record<VerdictState, LucideIcon>;

/** A state told by shape and words first, colour last. */
export function Badge(props: { readonly tone: Tone; readonly children: ReactNode }): ReactNode {
  const Icon = TONES[props.tone];
  return (
    <span className={`mark mark-${props.tone}`}>
      <Icon aria-hidden="true" size={15} strokeWidth={2.25} />
      <span>{props.children}</span>
    </span>
  );
}

/** A verdict by its shape and its name. */
export function VerdictBadge(props: { readonly state: VerdictState; readonly children: ReactNode }): ReactNode {
  const Icon = VERDICTS[props.state];
  return (
    <span className={`mark verdict-${props.state}`}>
      <Icon aria-hidden="true" size={15} strokeWidth={2.25} />
      <span>{props.children}</span>
    </span>
  );
}
