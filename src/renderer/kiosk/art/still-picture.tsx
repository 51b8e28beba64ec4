import { useLayoutEffect, useRef } from 'react';

/** The picture that was taken, as it was taken. */
export function StillPicture({ still, mirrored }: { readonly still: HTMLCanvasElement; readonly mirrored: boolean }) {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    place.current?.append(still);
    return () => still.remove();
  }, [still]);
  return <div ref={place} className="still" data-mirrored={mirrored || undefined} aria-hidden="true" />;
}
