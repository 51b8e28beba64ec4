import { useState, type ReactNode } from 'react';
import { useAction } from '../answers.ts';
import { Drawer } from '../parts/drawer.tsx';
import { downloadBytes } from '../parts/download.ts';
import { FailureNote } from '../parts/notice.tsx';
import { Section } from '../parts/page.tsx';
import { useWords } from '../words.tsx';

/** The draft of the impact assessment: what the settings say is filled in, the rest is for people. */
export function AssessmentSection(): ReactNode {
  const { t } = useWords();
  const [draft, setDraft] = useState<{ readonly name: string; readonly text: string } | null>(null);
  const { phase, run } = useAction('admin:assessment');
  const show = async (): Promise<void> => {
    const result = await run(null);
    if (result.ok) setDraft(result.value);
  };
  return (
    <Section title={t('privacyOverview.assessment.title')}>
      <p className="muted">{t('privacyOverview.assessment.lead')}</p>
      {phase.state === 'failed' ? <FailureNote failure={phase.failure} /> : null}
      <p className="buttons">
        <button type="button" className="button" disabled={phase.state === 'running'} onClick={() => void show()}>
          {t('privacyOverview.assessment.show')}
        </button>
      </p>
      {draft === null ? null : (
        <Drawer title={t('privacyOverview.assessment.title')} wide onClose={() => setDraft(null)}>
          <p className="buttons">
            <button
              type="button"
              className="button"
              onClick={() => downloadBytes(draft.name, draft.text, 'text/markdown')}
            >
              {t('privacyOverview.assessment.save')}
            </button>
          </p>
          <pre className="assessment">{draft.text}</pre>
        </Drawer>
      )}
    </Section>
  );
}
