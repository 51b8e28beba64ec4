import type { ReactNode } from 'react';
import type { Action } from '../../../shared/domain/challenge.ts';

/**
 * A head that shows what to do, as in a mirror: the person's own left is on the left. It moves gently; standing still
 * it shows the end of the movement, with an arrow where the head turns.
 */
export function ActionDrawing({ action }: { readonly action: Action }) {
  return (
    <svg className="action-art" data-action={action} viewBox="0 0 320 240" aria-hidden="true">
      <path className="art-soft" d={SHOULDERS} />
      <path className="art-ground" d={HEAD} />
      <path className="art-fill" d={HEAD} />
      <path d={HEAD} />
      {DRAWINGS[action]}
    </svg>
  );
}

/** Something has been done: a tick in a ring, as large as the drawings. */
export function DoneDrawing() {
  return (
    <svg className="action-art" data-action="done" viewBox="0 0 320 240" aria-hidden="true">
      <circle className="art-fill" cx="160" cy="116" r="84" />
      <circle cx="160" cy="116" r="84" />
      <path className="action-tick" d="m120 118 28 28 54-58" />
    </svg>
  );
}

const HEAD = 'M160 26c46 0 72 34 72 82 0 54-32 92-72 92s-72-38-72-92c0-48 26-82 72-82Z';
const SHOULDERS = 'M142 188v20c-30 3-52 12-64 30M178 188v20c30 3 52 12 64 30';
const NOSE = 'M160 104v26c0 5-4 8-10 8';
const MOUTH = 'M138 166c14 8 30 8 44 0';

function OpenEyes() {
  return (
    <>
      <path d="M112 100c8-10 24-10 32 0-8 10-24 10-32 0ZM176 100c8-10 24-10 32 0-8 10-24 10-32 0Z" />
      <circle className="action-dot" cx="128" cy="100" r="4" />
      <circle className="action-dot" cx="192" cy="100" r="4" />
    </>
  );
}

/** Eyes, nose and mouth, which move over the head as it turns; the nose moves most. */
function Features() {
  return (
    <g className="action-features">
      <OpenEyes />
      <path className="action-nose" d={NOSE} />
      <path d={MOUTH} />
    </g>
  );
}

function TurnLeft() {
  return (
    <>
      <Features />
      <path className="action-arrow" d="M72 112H18m24-26-26 26 26 26" />
    </>
  );
}

const DRAWINGS: Readonly<Record<Action, ReactNode>> = {
  blink: (
    <>
      <g className="action-eyes-open">
        <OpenEyes />
      </g>
      <path
        className="action-eyes-shut"
        d="M112 98c8 10 24 10 32 0M176 98c8 10 24 10 32 0M114 110l-5 7M128 114v9M142 110l5 7M178 110l-5 7M192 114v9M206 110l5 7"
      />
      <path d={NOSE} />
      <path d={MOUTH} />
    </>
  ),
  'open-mouth': (
    <>
      <OpenEyes />
      <path d="M160 104v22c0 5-4 8-10 8" />
      <ellipse className="action-mouth" cx="160" cy="166" rx="20" ry="19" />
    </>
  ),
  'turn-left': <TurnLeft />,
  'turn-right': (
    <g transform="translate(320 0) scale(-1 1)">
      <TurnLeft />
    </g>
  ),
  nod: (
    <>
      <Features />
      <path className="action-arrow" d="M278 76v76m-24-26 24 28 24-28" />
    </>
  ),
};
