import type { CSSProperties } from 'react';
import type { CardPhotoPrompt } from '../../../shared/ipc/card-photo.ts';
import { cardFrameIn } from '../../camera/card-frame.ts';
import { Button } from '../../ui/button.tsx';
import { Phrases } from '../../ui/phrases.tsx';
import { Actions, Screen } from '../../ui/screen.tsx';
import { LivePreview } from '../art/live-preview.tsx';
import { useEnvironment, useWords } from '../environment.ts';
import { useSteadyHint } from '../use-steady-hint.ts';
import { CancelButton, OtherMethodButton } from './ways-out.tsx';

export interface CardPhotoScreenProps {
  readonly hint: CardPhotoPrompt | null;
  readonly video: HTMLVideoElement | null;
}

/** The card's photo side before the camera; its frame on the screen shows where and how near. */
export function CardPhotoScreen({ hint, video }: CardPhotoScreenProps) {
  const { act } = useEnvironment();
  const { t, language } = useWords();
  const shown = useSteadyHint(hint);
  const title = shown ? t(`cardPhoto.hints.${shown}`) : t(video ? 'cardPhoto.title' : 'cardPhoto.opening');
  return (
    <Screen
      name="card-photo"
      state={shown ?? 'looking'}
      title={title}
      figure={<CardPreview video={video} good={shown === 'hold-still'} />}
      actions={
        <Actions
          forward={
            <>
              <Button onPress={() => void act({ type: 'skip-card-photo' })}>{t('actions.skip')}</Button>
              <OtherMethodButton />
            </>
          }
          out={<CancelButton />}
        />
      }
    >
      <p className="lead phrases">
        <Phrases text={t('cardPhoto.lead')} language={language} />
      </p>
    </Screen>
  );
}

/** Shows the part of the picture around the frame, so that the card is as large as there is room for. */
function CardPreview({ video, good }: { readonly video: HTMLVideoElement | null; readonly good: boolean }) {
  const { t } = useWords();
  const width = video?.videoWidth ?? 0;
  const share = width > 0 ? cardFrameIn({ width, height: video!.videoHeight }).width / width : 1;
  const style = { '--card-share': share } as CSSProperties;
  return (
    <div className="card-preview" style={style}>
      <LivePreview video={video} label={t('cardPhoto.preview')} />
      <svg className="card-guide" data-good={good || undefined} viewBox="0 0 856 540" aria-hidden="true">
        <rect x="3" y="3" width="850" height="534" rx="32" />
      </svg>
    </div>
  );
}
