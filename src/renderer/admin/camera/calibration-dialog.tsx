import { useEffect, useId, useRef, type ReactNode } from 'react';
import type { Srgb } from '../../../shared/domain/challenge.ts';
import type { CalibrationProgress } from '../../../shared/ipc/admin-camera.ts';
import type { CameraSource } from '../../../shared/ipc/camera-source.ts';
import type { CalibrationCamera } from '../environment.ts';
import { Mark } from '../parts/mark.tsx';
import { FailureNote, Notice } from '../parts/notice.tsx';
import { Facts } from '../parts/page.tsx';
import { useWords } from '../words.tsx';
import { calibrationBox } from './calibration-box.ts';
import { calibrationFacts } from './calibration-facts.ts';
import { LiveVideo } from './preview.tsx';
import { useCalibration, type CalibrationPhase } from './use-calibration.ts';

type Ended = Exclude<CalibrationProgress, { state: 'more' }>;

/** Makes the whole dialog a colour without a detour through React; null gives it back to the style sheet. */
function paintElement(element: HTMLElement | null, rgb: Srgb | null): void {
  if (element) element.style.backgroundColor = rgb ? `rgb(${rgb.join(' ')})` : '';
}

/** Where the face or the card has to be, drawn over the picture. */
function Outline(props: { readonly camera: CalibrationCamera }): ReactNode {
  const { width, height } = props.camera;
  const box = calibrationBox(props.camera);
  const wide = box.width * width;
  return (
    <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <rect x={box.x * width} y={box.y * height} width={wide} height={box.height * height} rx={wide / 2} />
    </svg>
  );
}

function Ready(props: { readonly camera: CalibrationCamera | null }): ReactNode {
  const { t } = useWords();
  return (
    <>
      <ol className="calibration-steps">
        <li>{t('calibration.stepPlace')}</li>
        <li>{t('calibration.stepStill')}</li>
        <li>{t('calibration.stepLight')}</li>
      </ol>
      <div className="preview calibration-preview">
        {props.camera === null ? (
          <p role="status">{t('camera.opening')}</p>
        ) : (
          <>
            <LiveVideo preview={props.camera} />
            <Outline camera={props.camera} />
          </>
        )}
      </div>
      <Notice kind="warning">{t('calibration.flashWarning')}</Notice>
    </>
  );
}

function Outcome(props: { readonly outcome: Ended }): ReactNode {
  const { t, language } = useWords();
  const { outcome } = props;
  if (outcome.state === 'stored') {
    return (
      <>
        <Mark tone="good">{t('calibration.good')}</Mark>
        <Facts facts={calibrationFacts(outcome.calibration, { t, language })} />
      </>
    );
  }
  return (
    <>
      <Mark tone="warning">{t('calibration.repeat')}</Mark>
      <p>{t(`calibration.flaw.${outcome.flaw}`)}</p>
      <small className="muted code">{outcome.detail}</small>
    </>
  );
}

function Contents(props: { readonly phase: CalibrationPhase }): ReactNode {
  const { t } = useWords();
  const { phase } = props;
  switch (phase.state) {
    case 'opening':
      return <Ready camera={null} />;
    case 'ready':
      return <Ready camera={phase.camera} />;
    case 'measuring':
      return <Mark tone="waiting">{t('calibration.measuring')}</Mark>;
    case 'ended':
      return <Outcome outcome={phase.outcome} />;
    case 'failed':
      return <FailureNote failure={phase.failure} />;
    case 'recording':
      return null;
  }
}

/** What shows while the window flashes: small, so that the light is the screen's. */
function RecordingNote(props: {
  readonly phase: Extract<CalibrationPhase, { state: 'recording' }>;
  readonly onStop: () => void;
}): ReactNode {
  const { t } = useWords();
  const { run, of } = props.phase;
  const stopButton = useRef<HTMLButtonElement>(null);
  useEffect(() => stopButton.current?.focus(), []);
  return (
    <div className="calibration-running">
      <span role="status">{t('calibration.running', { run: run + 1, of })}</span>
      <button ref={stopButton} type="button" className="button" onClick={props.onStop}>
        {t('calibration.stop')}
      </button>
    </div>
  );
}

/** What can be done now; the likeliest comes first, and has the focus once the camera is there. */
function Actions(props: {
  readonly phase: CalibrationPhase;
  readonly onStart: () => void;
  readonly onAgain: () => void;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useWords();
  const { phase } = props;
  const first = useRef<HTMLButtonElement>(null);
  const { state } = phase;
  useEffect(() => {
    if (state !== 'opening') first.current?.focus();
  }, [state]);
  const stored = phase.state === 'ended' && phase.outcome.state === 'stored';
  const again = phase.state === 'ended' || phase.state === 'failed';
  const act = again
    ? ({ word: 'calibration.again', press: props.onAgain } as const)
    : ({ word: 'calibration.start', press: props.onStart } as const);
  const close = { word: again ? 'action.close' : 'calibration.cancel', press: props.onClose } as const;
  const [primary, other] = stored ? [close, act] : [act, close];
  const waits = state === 'opening' || state === 'measuring';
  return (
    <div className="calibration-actions">
      <button ref={first} type="button" className="button button-primary" disabled={waits} onClick={primary.press}>
        {t(primary.word)}
      </button>
      <button type="button" className="button" onClick={other.press}>
        {t(other.word)}
      </button>
    </div>
  );
}

/** The guided step: what to do, the flashing, what was learned. Esc stops it, and then closes it. */
export function CalibrationDialog(props: {
  readonly source: CameraSource;
  readonly onStored: (ended: Ended) => void;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const { phase, start, stop } = useCalibration(props.source, props.onStored);
  const recording = phase.state === 'recording';
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  useEffect(() => {
    if (!recording) paintElement(dialog.current, null);
  }, [recording]);
  return (
    <dialog
      ref={dialog}
      className={recording ? 'calibration calibration-flashing' : 'calibration'}
      aria-labelledby={titleId}
      onClose={props.onClose}
      onCancel={(event) => {
        if (!recording) return;
        event.preventDefault();
        stop();
      }}
    >
      <h2 id={titleId} className={recording ? 'visually-hidden' : ''}>
        {t('calibration.title')}
      </h2>
      {phase.state === 'recording' ? (
        <RecordingNote phase={phase} onStop={stop} />
      ) : (
        <>
          <div className="calibration-body">
            <Contents phase={phase} />
          </div>
          <Actions
            phase={phase}
            onStart={() => start((rgb) => paintElement(dialog.current, rgb))}
            onAgain={stop}
            onClose={() => dialog.current?.close()}
          />
        </>
      )}
    </dialog>
  );
}
