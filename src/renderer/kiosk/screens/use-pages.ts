import { useEffect, useState, type RefObject } from 'react';

export interface Pages {
  /** From 0. */
  readonly page: number;
  readonly count: number;
  readonly turn: (by: 1 | -1) => void;
}

/** Turns the pages of an element whose text runs on in columns to the right, as many as its size makes of it. */
export function usePages(place: RefObject<HTMLElement | null>): Pages {
  const [page, setPage] = useState(0);
  const [count, setCount] = useState(1);
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const measure = (): void => {
      const step = pageStep(element);
      const found = step > 0 ? Math.max(1, Math.ceil(element.scrollWidth / step - 0.05)) : 1;
      setCount(found);
      setPage((shown) => Math.min(shown, found - 1));
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, [place]);
  useEffect(() => {
    const element = place.current;
    element?.scrollTo({ left: page * pageStep(element) });
  }, [place, page, count]);
  return { page, count, turn: (by) => setPage((shown) => Math.min(count - 1, Math.max(0, shown + by))) };
}

/** From the left edge of one page to that of the next. */
function pageStep(element: HTMLElement): number {
  return element.clientWidth + (parseFloat(getComputedStyle(element).columnGap) || 0);
}
