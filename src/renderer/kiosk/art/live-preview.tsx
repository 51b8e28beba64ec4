import { useLayoutEffect, useRef } from 'react';

/** Shows the camera's own element, mirrored by its style; what is sent stays as the camera saw it. */
export function LivePreview({ video, label }: { readonly video: HTMLVideoElement | null; readonly label: string }) {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const box = place.current;
    if (!box || !video) return;
    box.append(video);
    void video.play().catch(() => undefined);
    return () => video.remove();
  }, [video]);
  return <div ref={place} className="preview" role="img" aria-label={label} />;
}
