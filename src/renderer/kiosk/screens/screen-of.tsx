import type { CardPhotoPrompt } from '../../../shared/ipc/card-photo.ts';
import type { KioskView } from '../../../shared/ipc/kiosk-view.ts';
import { useCapture } from '../environment.ts';
import { holdsCard } from '../steps-done.ts';
import { AttractScreen } from './attract.tsx';
import { AwaitingScreen } from './awaiting.tsx';
import { CardPhotoScreen } from './card-photo.tsx';
import { CardScreen } from './card.tsx';
import { ConsentScreen } from './consent.tsx';
import { DecidingScreen } from './deciding.tsx';
import { DocumentCaptureScreen, type DocumentCaptureView } from './document-capture.tsx';
import { DocumentConfirmScreen } from './document-confirm.tsx';
import { ElementEntryScreen } from './element-entry.tsx';
import { FaceScreen, type FaceView } from './face.tsx';
import { GuardianCardScreen } from './guardian-card.tsx';
import { GuardianConsentScreen } from './guardian-consent.tsx';
import { GuideScreen } from './guide.tsx';
import { HandOffScreen } from './hand-off.tsx';
import { IdentityEntryScreen } from './identity-entry.tsx';
import { MaintenanceScreen } from './maintenance.tsx';
import { MethodsScreen } from './methods.tsx';
import { OtherMethodScreen } from './other-method.tsx';
import { ResultScreen } from './result.tsx';
import { TravelChipScreen } from './travel-chip.tsx';
import { WithdrawalCardScreen } from './withdrawal-card.tsx';
import { WithdrawalDoneScreen } from './withdrawal-done.tsx';
import { WithdrawalErasingScreen } from './withdrawal-erasing.tsx';
import { WithdrawalReviewScreen } from './withdrawal-review.tsx';

/** The screen that a view names. Place, light and challenge share one, so that the picture stays where it is. */
export function ScreenOf({ view }: { readonly view: KioskView }) {
  switch (view.screen) {
    case 'attract':
      return <AttractScreen view={view} />;
    case 'guide':
      return <GuideScreen />;
    case 'consent':
      return <ConsentScreen key={view.certifyId} view={view} />;
    case 'card':
      return <CardScreen view={view} />;
    case 'guardian-card':
      return <GuardianCardScreen view={view} />;
    case 'guardian-consent':
      return <GuardianConsentScreen key={view.certifyId} view={view} />;
    case 'element-entry':
      return <ElementEntryScreen key={`${view.certifyId} ${view.asks}`} asks={view.asks} />;
    case 'methods':
      return <MethodsScreen methods={view.methods} mayGoBack={view.mayGoBack} />;
    case 'hand-off':
      return <HandOffScreen view={view} />;
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
    case 'awaiting':
      return <AwaitingScreen view={view} />;
    case 'result':
      return <ResultScreen result={view.result} hasCard={holdsCard(view)} />;
    case 'other-method':
      return <OtherMethodScreen receiptNumber={view.receiptNumber} />;
    case 'maintenance':
      return <MaintenanceScreen reason={view.reason} />;
    case 'withdrawal-card':
      return <WithdrawalCardScreen view={view} />;
    case 'withdrawal-review':
      return <WithdrawalReviewScreen kept={view.kept} />;
    case 'withdrawal-erasing':
      return <WithdrawalErasingScreen />;
    case 'withdrawal-done':
      return <WithdrawalDoneScreen view={view} />;
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
