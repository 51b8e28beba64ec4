import type { ReactNode } from 'react';
import type { VerdictState } from '../../../shared/reasons.ts';
import { VerdictBadge } from '../../ui/badge.tsx';
import { useWords } from '../words.tsx';

export { Badge as Mark } from '../../ui/badge.tsx';

/** The name of a verdict with its shape. */
export function VerdictMark(props: { readonly state: VerdictState }): ReactNode {
  const { t } = useWords();
  return <VerdictBadge state={props.state}>{t(`verdict.${props.state}`)}</VerdictBadge>;
}
