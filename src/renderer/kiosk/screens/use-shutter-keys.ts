import { useEffect, useEffectEvent } from 'react';

/** A reader that types sends its Enter this soon after its last character; a person does not. */
const TYPED_MS = 500;

/** Space and Enter take the picture, unless a button has them or a swipe reader has just typed. */
export function useShutterKeys(take: () => void): void {
  const press = useEffectEvent(take);
  useEffect(() => {
    let typedAtMs = -Infinity;
    const pressed = (event: KeyboardEvent): void => {
      if (event.repeat || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.key !== ' ' && event.key !== 'Enter') {
        if (event.key.length === 1) typedAtMs = event.timeStamp;
        return;
      }
      const onButton = event.target instanceof Element && event.target.closest('button, input') !== null;
      if (!onButton && event.timeStamp - typedAtMs > TYPED_MS) press();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);
}
