import type { CardPhotoPrompt } from '../../../shared/ipc/card-photo.ts';
import type { KioskView } from '../../../shared/ipc/kiosk.ts';
import { useCapture } from '../environment.ts';
import { AttractScreen } from './attract.tsx';
import { CardPhotoScreen } from './card-photo.tsx';
import { CardScreen } from './card.tsx';
import { ConsentScreen } from './consent.tsx';
import { DecidingScreen } from './deciding.tsx';
import { DocumentCaptureScreen, type DocumentCaptureView } from './document-capture.tsx';
import { DocumentConfirmScreen } from './document-confirm.tsx';
import { FaceScreen, type FaceView } from './face.tsx';
import { GuideScreen } from './guide.tsx';
import { IdentityEntryScreen } from './identity-entry.tsx';
import { MaintenanceScreen } from './maintenance.tsx';
import { OtherMethodScreen } from './other-method.tsx';
import { ResultScreen } from './result.tsx';
import { TravelChipScreen } from './travel-chip.tsx';

/** The screen that a view names. Place, light and challenge share one, so that the picture stays where it is. */
export function ScreenOf({ view }: { readonly view: KioskView }) {
  switch (view.screen) {
    case 'attract':
      return <AttractScreen />;
    case 'guide':
      return <GuideScreen />;
    case 'consent':
      return (
        <ConsentScreen
          key={view.certifyId}
          elder={view.elder}
          purpose={view.purpose}
          retentionDays={view.retentionDays}
          keepsPictures={view.keepsPictures ?? false}
          keepsClip={view.keepsClip ?? false}
          sends={view.sends ?? 'record'}
        />
      );
    case 'card':
      return <CardScreen view={view} />;
    case 'identity-entry':
      return <IdentityEntryScreen key={view.certifyId} today={view.today} />;
    case 'card-photo':
      return <LiveCardPhotoScreen hint={view.hint} />;
    case 'document-capture':
      return <LiveDocumentScreen view={view} />;
    case 'document-confirm':
      return <DocumentConfirmScreen key={view.certifyId} fields={view.fields} problem={view.problem} />;
    case 'travel-chip':
      return <TravelChipScreen view={view} />;
    case 'position':
    case 'light':
    case 'challenge':
      return <LiveFaceScreen key="face" view={view} />;
    case 'deciding':
      return <DecidingScreen />;
    case 'result':
      return <ResultScreen result={view.result} />;
    case 'other-method':
      return <OtherMethodScreen receiptNumber={view.receiptNumber} />;
    case 'maintenance':
      return <MaintenanceScreen reason={view.reason} />;
  }
}

function LiveCardPhotoScreen({ hint }: { readonly hint: CardPhotoPrompt | null }) {
  const { video } = useCapture();
  return <CardPhotoScreen hint={hint} video={video} />;
}

function LiveDocumentScreen({ view }: { readonly view: DocumentCaptureView }) {
  const { document } = useCapture();
  return <DocumentCaptureScreen view={view} document={document} />;
}

function LiveFaceScreen({ view }: { readonly view: FaceView }) {
  const { video, guidance, progress } = useCapture();
  return <FaceScreen view={view} video={video} guidance={guidance} progress={progress} />;
}
