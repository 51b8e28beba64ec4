import { useCallback, useEffect, useState } from 'react';
import type { StaffGate } from '../../shared/ipc/staff.ts';
import type { Failure } from '../../shared/reasons.ts';
import type { Result } from '../../shared/result.ts';
import type { StaffBridge } from './staff-bridge.ts';

const GATE_CHECK_MS = 20_000;

export interface Gate {
  /** Null until main has said. */
  readonly value: StaffGate | null;
  readonly failure: Failure | null;
  readonly reload: () => void;
  readonly replace: (gate: StaffGate) => void;
}

/**
 * Who is at this window, asked again when the window comes to the front and every 20 s; at once too, unless main has
 * said it before the page was drawn (`known`).
 */
export function useGate(bridge: StaffBridge, known: StaffGate | null): Gate {
  const [held, setHeld] = useState<{ value: StaffGate | null; failure: Failure | null }>({
    value: known,
    failure: null,
  });
  const take = useCallback(
    (result: Result<StaffGate, Failure>) =>
      setHeld((before) =>
        result.ok ? { value: result.value, failure: null } : { value: before.value, failure: result.error },
      ),
    [],
  );
  const reload = useCallback(() => void bridge.gate().then(take), [bridge, take]);
  const replace = useCallback((gate: StaffGate) => setHeld({ value: gate, failure: null }), []);
  const isKnown = known !== null;
  useEffect(() => {
    if (!isKnown) reload();
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') reload();
    }, GATE_CHECK_MS);
    addEventListener('focus', reload);
    return () => {
      clearInterval(timer);
      removeEventListener('focus', reload);
    };
  }, [reload, isKnown]);
  return { ...held, reload, replace };
}
