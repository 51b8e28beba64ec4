import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import type { KioskView } from '../../shared/ipc/kiosk-view.ts';
import { announced, type Announced } from './speech/urgent.ts';
import { useSpoken } from './speech/use-spoken.ts';

type Tell = (text: string | null) => void;

const NOTHING: Announced = { urgent: '', polite: { opening: '', now: '' } };

const TellContext = createContext<Tell>(() => undefined);

/** Has a screen reader say at once what only one screen knows of; null while there is nothing of that kind. */
export function useUrgent(text: string | null): void {
  const tell = useContext(TellContext);
  useEffect(() => {
    if (text === null) return;
    tell(text);
    return () => tell(null);
  }, [text, tell]);
}

interface LiveRegionProps {
  /** Null until there is a first view: the places are there before there is anything to say in them. */
  readonly view: KioskView | null;
  readonly children: ReactNode;
}

/**
 * What the voice says, for screen readers, of every screen at one place that stays: whatever is urgent in one part, all
 * else in the other. No screen has a place of its own for the same words, or they would be heard twice.
 */
export function LiveRegion({ view, children }: LiveRegionProps) {
  const [ofScreen, tell] = useState<string | null>(null);
  const spoken = useSpoken(view);
  const { urgent, polite } = view ? announced(view, spoken) : NOTHING;
  return (
    <>
      <div className="only-spoken" data-live="urgent" role="alert" aria-atomic="true">
        {ofScreen ?? urgent}
      </div>
      <div className="only-spoken" data-live="polite" role="status" aria-atomic="false">
        <p>{polite.opening}</p>
        <p>{polite.now}</p>
      </div>
      <TellContext value={tell}>{children}</TellContext>
    </>
  );
}
