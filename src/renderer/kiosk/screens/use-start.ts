import { useState } from 'react';
import type { KioskAction } from '../../../shared/ipc/kiosk-action.ts';
import { nextStepText, reasonText } from '../../../shared/reason-texts.ts';
import { REASONS, type FailureCode } from '../../../shared/reasons.ts';
import { useEnvironment, useWords } from '../environment.ts';

/** Begins a certification; `refusal` says why not, where the kiosk may not begin one now. */
export function useStart(action: Extract<KioskAction, { type: 'start' | 'retry' }>) {
  const { act } = useEnvironment();
  const { language } = useWords();
  const [code, setCode] = useState<FailureCode | null>(null);
  const start = async (): Promise<boolean> => {
    const started = await act(action);
    setCode(started.ok ? null : started.error.code);
    return started.ok;
  };
  const space = language === 'en' ? ' ' : '';
  const refusal =
    code && `${reasonText(code, language, 'person')}${space}${nextStepText(REASONS[code].next, language, 'person')}`;
  return { start, refusal };
}
