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
import type { VerdictState } from '../../../shared/reasons.ts';
import { useWords } from '../words.tsx';
import type { Tone } from './tone.ts';

const TONES = {
  good: CircleCheck,
  warning: TriangleAlert,
  bad: OctagonX,
  waiting: Clock,
  off: Ban,
} as const satisfies Record<Tone, LucideIcon>;

/** A state told by shape and words first, colour last. */
export function Mark(props: { readonly tone: Tone; readonly children: ReactNode }): ReactNode {
  const Icon = TONES[props.tone];
  return (
    <span className={`mark mark-${props.tone}`}>
      <Icon aria-hidden="true" size={15} strokeWidth={2.25} />
      <span>{props.children}</span>
    </span>
  );
}

const VERDICTS = {
  passed: CircleCheck,
  failed: OctagonX,
  review: UserRoundSearch,
  error: CircleHelp,
} as const satisfies Record<VerdictState, LucideIcon>;

/** The name of a verdict with its shape. */
export function VerdictMark(props: { readonly state: VerdictState }): ReactNode {
  const { t } = useWords();
  const Icon = VERDICTS[props.state];
  return (
    <span className={`mark verdict-${props.state}`}>
      <Icon aria-hidden="true" size={15} strokeWidth={2.25} />
      <span>{t(`verdict.${props.state}`)}</span>
    </span>
  );
}
