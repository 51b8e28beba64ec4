import { useEffect, useRef, type ReactNode } from 'react';
import type { EncodedPicture } from '../../../shared/domain/document-reading.ts';

/** A picture in memory; it has an address only while it is shown. */
export function MemoryPicture({ picture, alt }: { readonly picture: EncodedPicture; readonly alt: string }): ReactNode {
  const image = useRef<HTMLImageElement>(null);
  useEffect(() => {
    const { current } = image;
    if (current === null) return;
    const url = URL.createObjectURL(new Blob([new Uint8Array(picture.bytes)], { type: picture.mediaType }));
    current.src = url;
    return () => {
      current.removeAttribute('src');
      URL.revokeObjectURL(url);
    };
  }, [picture]);
  return <img ref={image} alt={alt} width={picture.width} height={picture.height} />;
}
