import { Phrases } from '../../ui/phrases.tsx';
import { Actions } from '../../ui/screen.tsx';
import { CardAndFace } from '../art/card-and-face.tsx';
import { BusyRing } from '../art/progress-ring.tsx';
import { useWords } from '../environment.ts';
import { FaceStage } from './face-stage.tsx';
import { CancelButton, OtherMethodButton } from './ways-out.tsx';

/** The comparison: a drawing where the picture was, so that the person sees that nobody looks any more. */
export function DecidingScreen() {
  const { t, language } = useWords();
  return (
    <FaceStage
      screen="deciding"
      words={t('deciding.title')}
      cue={
        <div className="cue-words">
          <p className="cue-next phrases">
            <Phrases text={t('deciding.lead')} language={language} />
          </p>
        </div>
      }
      oval={
        <>
          <div className="preview preview-drawn">
            <CardAndFace />
          </div>
          <BusyRing />
        </>
      }
      actions={<Actions forward={<OtherMethodButton />} out={<CancelButton />} />}
    />
  );
}
