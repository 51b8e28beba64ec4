import { useEffect, useState } from 'react';
import type { RunningCertification, ShownPictures } from '../../../shared/ipc/clerk.ts';
import { ask } from '../answers.ts';
import { useEnvironment } from '../environment.ts';

const LOOK_EVERY_MS = 1_500;

interface Held {
  readonly certifyId: string;
  readonly pictures: ShownPictures;
}

function erase({ portrait, best }: ShownPictures): void {
  portrait?.bytes.fill(0);
  best?.bytes.fill(0);
}

/** The pictures of the certification in hand while they may be seen; dropped and overwritten the moment they may not. */
export function useRunningPictures(running: RunningCertification | null, allowed: boolean): ShownPictures | null {
  const { bridge } = useEnvironment();
  const [held, setHeld] = useState<Held | null>(null);
  const certifyId = allowed && running?.showsPictures ? running.certifyId : null;
  useEffect(() => {
    if (certifyId === null) return;
    let current = true;
    let last: ShownPictures | null = null;
    const look = async (): Promise<void> => {
      const seen = await ask(bridge, 'clerk:pictures', { certifyId });
      if (!seen.ok) return;
      if (!current) return erase(seen.value);
      if (last) erase(last);
      last = seen.value;
      setHeld({ certifyId, pictures: seen.value });
    };
    void look();
    const timer = setInterval(() => void look(), LOOK_EVERY_MS);
    return () => {
      current = false;
      clearInterval(timer);
      if (last) erase(last);
      setHeld(null);
    };
  }, [bridge, certifyId]);
  return held !== null && held.certifyId === certifyId ? held.pictures : null;
}
