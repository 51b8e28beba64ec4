import { useEffect, useEffectEvent, useLayoutEffect, useRef, type RefObject } from 'react';

/** How much is left out at most, step by step. */
const LEVELS = ['1', '2'] as const;
/** Of rounding. */
const SLACK_PX = 1;

/**
 * Boxes are compared and not what is written in them: the letters of a line are higher than the line where it is set
 * close, so that a text that has just enough room would seem to have none.
 */
function hasRoom(place: Element): boolean {
  if (getComputedStyle(place).display === 'contents') return true;
  const outer = place.getBoundingClientRect();
  return [...place.querySelectorAll('*:not(svg *, .notice-pages *)')].every((part) => {
    const { display, position } = getComputedStyle(part);
    if (position === 'absolute' || ['inline', 'contents', 'none'].includes(display)) return true;
    const inner = part.getBoundingClientRect();
    if (inner.width === 0 || inner.height === 0) return true;
    return inner.top >= outer.top - SLACK_PX && inner.bottom <= outer.bottom + SLACK_PX;
  });
}

/** On a high screen the places push each other on, until the last of them leaves the screen. */
function holdsAll(screen: Element): boolean {
  const { bottom } = screen.getBoundingClientRect();
  return [...screen.children].every((place) => place.getBoundingClientRect().bottom <= bottom + SLACK_PX);
}

/** Everything that how much room there is depends on. */
function stateOf(element: HTMLElement): string {
  const root = document.documentElement;
  const look = [...root.attributes].map(({ value }) => value);
  return [innerWidth, innerHeight, root.clientHeight, ...look, element.textContent].join();
}

/**
 * Marks an element with `data-tight` while what is in one of its `places` has no room there: some languages need more
 * words, and a style can then leave out or shrink what matters least. Measured anew only when the words or the look of
 * the page have changed.
 */
export function useTight<E extends HTMLElement>(places: string): RefObject<E | null> {
  const ref = useRef<E>(null);
  const measured = useRef('');
  const measure = useEffectEvent(() => {
    const element = ref.current;
    if (element === null) return;
    const state = stateOf(element);
    if (state === measured.current) return;
    measured.current = state;
    delete element.dataset['tight'];
    for (const level of LEVELS) {
      if (holdsAll(element) && [...element.querySelectorAll(places)].every(hasRoom)) return;
      element.dataset['tight'] = level;
    }
  });
  useLayoutEffect(() => measure());
  // Language and size of text are set on the root after what stands in it.
  useEffect(() => measure());
  return ref;
}
