import { useEffect, useRef, type ReactNode } from 'react';
import type { ShownPicture, ShownPictures } from '../../../shared/ipc/clerk.ts';
import { useWords } from '../words.tsx';

/** Shows a picture from this page's memory, and takes it back as soon as it isn't shown any more. */
function Face(props: { readonly name: string; readonly picture: ShownPicture }): ReactNode {
  const image = useRef<HTMLImageElement>(null);
  const { bytes, type } = props.picture;
  useEffect(() => {
    const element = image.current;
    const address = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type }));
    if (element) element.src = address;
    return () => {
      element?.removeAttribute('src');
      URL.revokeObjectURL(address);
    };
  }, [bytes, type]);
  return <img ref={image} alt={props.name} draggable={false} />;
}

function Framed(props: { readonly name: string; readonly picture: ShownPicture | null }): ReactNode {
  const { t } = useWords();
  return (
    <figure className="face">
      {props.picture === null ? (
        <div className="face-none">{t('live.none')}</div>
      ) : (
        <Face name={props.name} picture={props.picture} />
      )}
      <figcaption>{props.name}</figcaption>
    </figure>
  );
}

/** The card's portrait beside the best picture of the face. */
export function Faces(props: { readonly pictures: ShownPictures | null }): ReactNode {
  const { t } = useWords();
  return (
    <div className="faces">
      <Framed name={t('live.portrait')} picture={props.pictures?.portrait ?? null} />
      <Framed name={t('live.best')} picture={props.pictures?.best ?? null} />
    </div>
  );
}
