import { useEffect, useEffectEvent } from 'react';

interface DigitKeys {
  readonly onCharacter: (character: string) => void;
  readonly onDelete: () => void;
  readonly onEnter: () => void;
}

/** A keyboard works like the keys on the screen. */
export function useDigitKeys({ onCharacter, onDelete, onEnter }: DigitKeys): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const onButton = event.target instanceof Element && event.target.closest('button') !== null;
    if (/^[0-9a-zA-Z]$/.test(event.key)) onCharacter(event.key);
    else if (event.key === 'Backspace') onDelete();
    else if (event.key === 'Enter' && !onButton) onEnter();
  });
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => onKey(event);
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);
}
