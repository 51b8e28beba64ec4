import type { CSSProperties } from 'react';
import { Camera } from 'lucide-react';
import type { KioskView } from '../../../shared/ipc/kiosk-view.ts';
import { Button } from '../../ui/button.tsx';
import { Phrases } from '../../ui/phrases.tsx';
import { Actions } from '../../ui/screen.tsx';
import { DocumentOutline } from '../art/document-outline.tsx';
import { DocumentSide } from '../art/document-side.tsx';
import { LivePreview } from '../art/live-preview.tsx';
import { StillPicture } from '../art/still-picture.tsx';
import type { DocumentCapture } from '../capture/document-runner.ts';
import { useEnvironment, useWords } from '../environment.ts';
import { useSteadyHint } from '../use-steady-hint.ts';
import { pictureProblem } from './document-advice.ts';
import { documentLead, documentTitle } from './document-words.ts';
import { useTight } from '../../ui/use-tight.ts';
import { OwnProblem, Problem } from './problem.tsx';
import { useShutterKeys } from './use-shutter-keys.ts';
import { CancelButton, OtherMethodButton, UseCardButton } from './ways-out.tsx';

export type DocumentCaptureView = Extract<KioskView, { screen: 'document-capture' }>;

interface DocumentCaptureProps {
  readonly view: DocumentCaptureView;
  readonly document: DocumentCapture;
}

/** A document before the camera: its frame, one instruction at a time, and a button that takes the picture at once. */
export function DocumentCaptureScreen({ view, document }: DocumentCaptureProps) {
  const { capture } = useEnvironment();
  const { t, language } = useWords();
  const hint = useSteadyHint(view.hint);
  const { guidance, video, still } = document;
  const reading = view.reading || still !== null;
  const good = guidance !== null && guidance.outline !== null && guidance.hint === null && view.hint === null;
  const ready = video !== null && !reading;
  const take = (): void => {
    if (ready) capture.takeDocument();
  };
  useShutterKeys(take);
  const state = reading ? 'reading' : video === null ? 'opening' : (hint ?? (good ? 'good' : 'looking'));
  const lead = documentLead({ ...view, reading }, t);
  const main = useTight<HTMLElement>('.screen-words');
  return (
    <main
      ref={main}
      className="screen document-screen"
      data-screen="document-capture"
      data-state={state}
      data-page={view.page}
    >
      <div className="screen-words">
        <h1 tabIndex={-1}>
          <span>
            {documentTitle({ ...view, hint, reading, good, opening: video === null, mirrored: document.mirrored }, t)}
          </span>
        </h1>
        <CaptureNote view={view} document={document} reading={reading}>
          <p className="lead phrases">
            <Phrases text={lead} language={language} />
          </p>
        </CaptureNote>
      </div>
      <PageOf view={view} />
      <div className="document-stage">
        <DocumentPreview view={view} document={document} good={good} reading={reading} />
      </div>
      <div className="screen-actions">
        <Actions
          forward={
            <>
              <OtherMethodButton />
              <Button kind="primary" disabled={!ready} onPress={take} icon={<Camera size="1.1em" strokeWidth={2} />}>
                {t('actions.takePicture')}
              </Button>
            </>
          }
          out={
            <>
              {view.mayUseCard && <UseCardButton />}
              <CancelButton />
            </>
          }
        />
      </div>
    </main>
  );
}

/** Which side is meant, and how many pictures there are. */
function PageOf({ view: { page, part, parts } }: { readonly view: DocumentCaptureView }) {
  const { t } = useWords();
  return (
    <div className="document-page">
      <DocumentSide page={page} />
      <p className="document-page-name">{t(`document.pages.${page}`)}</p>
      {parts > 1 && (
        <p className="document-part">
          <span aria-hidden="true">
            {part} / {parts}
          </span>
          <span className="only-spoken">{t('document.part', { part, parts })}</span>
        </p>
      )}
    </div>
  );
}

interface PreviewProps extends DocumentCaptureProps {
  readonly good: boolean;
  readonly reading: boolean;
}

function DocumentPreview({ view, document, good, reading }: PreviewProps) {
  const { t } = useWords();
  const { video, still, mirrored, guidance } = document;
  const aspect = video && video.videoWidth > 0 ? video.videoWidth / video.videoHeight : 4 / 3;
  const progress = guidance?.progress ?? 0;
  return (
    <div
      className="document-preview"
      data-mirrored={mirrored || undefined}
      style={{ '--aspect': aspect } as CSSProperties}
    >
      <LivePreview video={video} label={t('document.preview')} />
      {video && !reading && (
        <DocumentOutline page={view.page} video={video} mirrored={mirrored} good={good} progress={progress} />
      )}
      {still && <StillPicture still={still} mirrored={mirrored} />}
      {reading && <div className="document-scan" aria-hidden="true" />}
      <div
        className="only-spoken"
        role="progressbar"
        aria-label={t('document.progress')}
        aria-valuenow={Math.round(100 * progress)}
        aria-valuemin={0}
        aria-valuemax={100}
      />
    </div>
  );
}

interface NoteProps extends DocumentCaptureProps {
  readonly reading: boolean;
  readonly children: React.ReactNode;
}

/** What was wrong with the last picture or with the camera, in the place of the explanation. */
function CaptureNote({ view, document, reading, children }: NoteProps) {
  const { t, language } = useWords();
  if (reading) return children;
  if (view.problem) {
    const [what, advice] = pictureProblem(view.problem, t, language);
    return (
      <Problem>
        <strong>{what}</strong> <span className="problem-advice">{advice}</span>
      </Problem>
    );
  }
  if (document.refused) return <OwnProblem text={t('document.notTaken')} />;
  if (document.failed && document.video) return <OwnProblem text={t('document.instead')} />;
  return children;
}
