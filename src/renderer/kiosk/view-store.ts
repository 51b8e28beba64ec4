import type { KioskBridge } from '../../preload/bridge.ts';
import type { KioskView } from '../../shared/ipc/kiosk-view.ts';

export interface ViewStore {
  /** Null until the main process has answered for the first time. */
  readonly view: () => KioskView | null;
  readonly onChange: (listener: () => void) => () => void;
}

const ASK_AGAIN_MS = 1_000;

/** Holds the newest view that the main process has pushed; asks for the first one until it gets it. */
export function createViewStore(bridge: KioskBridge, later: (run: () => void, ms: number) => void): ViewStore {
  const listeners = new Set<() => void>();
  let shown: KioskView | null = null;
  const take = (view: KioskView): void => {
    if (shown && view.revision < shown.revision) return;
    shown = view;
    listeners.forEach((listener) => listener());
  };
  const ask = async (): Promise<void> => {
    const answer = await bridge.invoke('kiosk:view', null);
    if (answer.ok) take(answer.value);
    else if (!shown) later(() => void ask(), ASK_AGAIN_MS);
  };
  bridge.onView(take);
  void ask();
  return {
    view: () => shown,
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
