import type { ReactNode } from 'react';
import { useTight } from './use-tight.ts';

interface ScreenProps {
  /** Name of the screen, for tests, the watchdog and styles. */
  readonly name: string;
  readonly state?: string;
  readonly reason?: string;
  readonly title: ReactNode;
  /** Under the title. */
  readonly children?: ReactNode;
  /** A drawing, the camera or facts: in the middle, or beside the words on a wide screen. */
  readonly figure?: ReactNode;
  /** What stands above the buttons, or at the bottom of the words on a wide screen: a slip, a list, what is ticked. */
  readonly foot?: ReactNode;
  /** The figure is read before the foot: what somebody agrees to. On a wide screen it stands at the left. */
  readonly figureFirst?: boolean;
  /** The buttons, always at the same place. */
  readonly actions?: ReactNode;
}

/** Where words may run out of room. */
const PLACES = '.screen-words, .screen-foot, .screen-figure:has(.facts-place, .people-place, .code-place)';

/**
 * The fixed places of every public screen between the top bar and the bottom edge: the title always at the upper left,
 * under it what it means, the figure, the foot, the buttons. They are read in this order.
 */
export function Screen({ name, state, reason, title, children, figure, foot, figureFirst, actions }: ScreenProps) {
  const main = useTight<HTMLElement>(PLACES);
  const head = (
    <div className="screen-head">
      <h1 tabIndex={-1}>{title}</h1>
      {children}
    </div>
  );
  const shown = <div className="screen-figure">{figure}</div>;
  const under = foot && <div className="screen-foot">{foot}</div>;
  return (
    <main
      ref={main}
      className="screen"
      data-screen={name}
      data-state={state}
      data-reason={reason}
      data-figure-first={figureFirst}
    >
      {figureFirst ? (
        <>
          {head}
          {shown}
          {under}
        </>
      ) : (
        <>
          <div className="screen-words">
            {head}
            {under}
          </div>
          {shown}
        </>
      )}
      <div className="screen-actions">{actions}</div>
    </main>
  );
}

/** The two rows of buttons: the step forward, and under it the ways out. */
export function Actions({ forward, out }: { readonly forward?: ReactNode; readonly out?: ReactNode }) {
  return (
    <>
      <div className="actions-forward">{forward}</div>
      <div className="actions-out">{out}</div>
    </>
  );
}
