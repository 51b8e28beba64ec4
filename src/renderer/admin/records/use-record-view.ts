import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { addressOf, keptOf, viewOf, type RecordView } from './record-address.ts';

const MOVED = 'countersign:record-view';

function listen(listener: () => void): () => void {
  const events = ['popstate', 'hashchange', MOVED];
  for (const event of events) addEventListener(event, listener);
  return () => {
    for (const event of events) removeEventListener(event, listener);
  };
}

/** A text that changes exactly when the view does. */
function here(): string {
  return JSON.stringify([location.hash, history.state as unknown]);
}

/** Which records are shown: kept in the address, so that going back works. */
export function useRecordView(): readonly [RecordView, (view: RecordView) => void] {
  const place = useSyncExternalStore(listen, here);
  const view = useMemo(() => {
    const [hash, state] = JSON.parse(place) as [string, unknown];
    return viewOf(hash, state);
  }, [place]);
  const show = useCallback((next: RecordView) => {
    history.pushState(keptOf(next), '', addressOf(next));
    dispatchEvent(new Event(MOVED));
  }, []);
  return [view, show];
}
