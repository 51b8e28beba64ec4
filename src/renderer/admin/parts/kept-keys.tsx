import { useEffect, useRef, type ReactNode } from 'react';
import { Mark } from './mark.tsx';

/** Longer than any key, so that one that is too long is named instead of cut. */
export const KEY_ROOM = 1_000;

export interface KeptKeysWords {
  readonly legend: string;
  readonly kept: string;
  readonly replace: string;
  readonly keepOld: string;
}

/** Keys of another service: typed once, then only told to be kept. Going from the one to the other takes the focus along. */
export function KeptKeys(props: {
  readonly words: KeptKeysWords;
  readonly kept: boolean;
  readonly replacing: boolean;
  readonly onReplace: (replacing: boolean) => void;
  /** The fields in which they are typed. */
  readonly children: ReactNode;
}): ReactNode {
  const { words, kept, replacing } = props;
  const group = useRef<HTMLFieldSetElement>(null);
  const moved = useRef(false);
  useEffect(() => {
    if (moved.current) group.current?.querySelector<HTMLElement>('input, button')?.focus();
    moved.current = false;
  }, [replacing]);
  const replace = (next: boolean): void => {
    moved.current = true;
    props.onReplace(next);
  };
  return (
    <fieldset className="direct-group" ref={group}>
      <legend>{words.legend}</legend>
      {kept && !replacing ? (
        <p className="direct-kept">
          <Mark tone="good">{words.kept}</Mark>
          <button type="button" className="button" onClick={() => replace(true)}>
            {words.replace}
          </button>
        </p>
      ) : (
        <>
          {props.children}
          {replacing ? (
            <button type="button" className="button" onClick={() => replace(false)}>
              {words.keepOld}
            </button>
          ) : null}
        </>
      )}
    </fieldset>
  );
}
