import { useEffect, useState } from 'react';
import { useEnvironment } from './environment.ts';

/** Wall time, once a second. */
export function useNow(): number {
  const { clock } = useEnvironment();
  const [now, setNow] = useState(() => clock.wallMs());
  useEffect(() => {
    const timer = setInterval(() => setNow(clock.wallMs()), 1_000);
    return () => clearInterval(timer);
  }, [clock]);
  return now;
}
