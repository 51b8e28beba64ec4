import { useState } from 'react';
import { agreementsOf, noticeOf, type Agreement, type NoticeSection } from '../../../shared/consent-notice.ts';
import { Actions, Screen } from '../../ui/screen.tsx';
import { Button } from '../../ui/button.tsx';
import { CheckRow } from '../../ui/check-row.tsx';
import { Phrases } from '../../ui/phrases.tsx';
import { useEnvironment, useWords } from '../environment.ts';
import { noticeFacts, type ConsentView } from '../notice-facts.ts';
import { ReadAloud } from '../speech/read-aloud.tsx';
import { Notice } from './notice.tsx';
import { NoticeReader } from './notice-reader.tsx';
import { CancelButton } from './ways-out.tsx';

type Ticks = Readonly<Record<Agreement['id'], boolean>>;
const UNTICKED: Ticks = { capture: false, transmit: false, returnFace: false };

/** The notice, and each consent its own and unticked; saying no is as large as saying yes. */
export function ConsentScreen({ view }: { readonly view: ConsentView }) {
  const { act } = useEnvironment();
  const { t, language } = useWords();
  const [ticks, setTicks] = useState(UNTICKED);
  const [reading, setReading] = useState(false);
  const facts = noticeFacts(view);
  const sections = noticeOf(facts, language);
  const agreements = agreementsOf(facts, language);
  if (reading) return <NoticeReader sections={sections} onClose={() => setReading(false)} />;
  return (
    <Screen
      name="consent"
      title={t('consent.title')}
      figureFirst
      figure={<NoticeInPlace sections={sections} purpose={view.purpose} onRead={() => setReading(true)} />}
      foot={
        <AgreementRows agreements={agreements} ticks={ticks} onTick={(id, on) => setTicks({ ...ticks, [id]: on })} />
      }
      actions={
        <Actions
          forward={
            <>
              <Button onPress={() => void act({ type: 'refuse-consent' })}>{t('actions.otherMethod')}</Button>
              <Button
                kind="primary"
                disabled={!ticks.capture}
                onPress={() => void act({ type: 'consent', ...givenOf(ticks, view.returnsFace) })}
              >
                {t('actions.agree')}
              </Button>
            </>
          }
          out={
            <>
              <ReadAloud view={view} />
              <CancelButton />
            </>
          }
        />
      }
    />
  );
}

/** What was ticked, in the form of the action; what was not asked is not in it. */
export function givenOf(ticks: Ticks, returnsFace = false) {
  const { capture, transmit, returnFace } = ticks;
  return { capture, transmit, ...(returnsFace && { returnFace }) };
}

interface AgreementRowsProps {
  readonly agreements: readonly Agreement[];
  readonly ticks: Ticks;
  readonly onTick: (id: Agreement['id'], on: boolean) => void;
}

function AgreementRows({ agreements, ticks, onTick }: AgreementRowsProps) {
  return (
    <div className="consents" data-count={agreements.length}>
      {agreements.map(({ id, label, detail }) => (
        <CheckRow key={id} checked={ticks[id]} onChange={(on) => onTick(id, on)} label={label} detail={detail} />
      ))}
    </div>
  );
}

/** Of these the first line stands on the screen where the whole notice has no room. */
const IN_SHORT: readonly NoticeSection['id'][] = ['purpose', 'sent', 'kept', 'other-ways'];

interface NoticeInPlaceProps {
  readonly sections: readonly NoticeSection[];
  readonly purpose: string;
  readonly onRead: () => void;
}

/** A high screen shows the whole notice, a wide one what matters most with the whole of it one touch away. */
function NoticeInPlace({ sections, purpose, onRead }: NoticeInPlaceProps) {
  const { t, language } = useWords();
  const facts = sections.filter(({ id }) => IN_SHORT.includes(id));
  return (
    <>
      <Notice sections={sections} />
      <div className="facts-place">
        <dl className="facts" aria-label={t('consent.facts')}>
          {facts.map(({ id, lines }) => (
            <div key={id} className="fact" data-fact={id}>
              <dt>{t(`consent.short.${id as ShortId}`)}</dt>
              <dd className="phrases">
                <Phrases text={id === 'purpose' ? purpose : lines[0]!} language={language} />
              </dd>
            </div>
          ))}
        </dl>
        <Button onPress={onRead}>{t('consent.readAll')}</Button>
      </div>
    </>
  );
}

type ShortId = 'purpose' | 'sent' | 'kept' | 'other-ways';
