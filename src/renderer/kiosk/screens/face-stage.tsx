import type { ReactNode } from 'react';

export interface FaceStageProps {
  /** Name of the screen, for tests, the watchdog and styles. */
  readonly screen: 'position' | 'light' | 'challenge' | 'deciding';
  readonly state?: string;
  /** The one instruction, above the oval. */
  readonly words: ReactNode;
  /** What explains the instruction: under it, or beside the oval on a wide screen. */
  readonly cue?: ReactNode;
  readonly oval: ReactNode;
  /** Beside the face and never over it: why nothing is counted at the moment. */
  readonly remark?: string | null;
  readonly actions: ReactNode;
}

/** The fixed places of every screen that looks at the face; nothing moves from one to the next. */
export function FaceStage({ screen, state, words, cue, oval, remark, actions }: FaceStageProps) {
  return (
    <main className="screen face-screen" data-screen={screen} data-state={state}>
      <h1 className="hint" tabIndex={-1}>
        <span>{words}</span>
      </h1>
      <div className="cue">{cue}</div>
      <div className="stage">
        <div className="oval">{oval}</div>
      </div>
      <p className="remark">{remark ? <span>{remark}</span> : null}</p>
      <div className="screen-actions">{actions}</div>
    </main>
  );
}
