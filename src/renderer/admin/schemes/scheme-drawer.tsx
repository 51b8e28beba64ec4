import { useState, type ReactNode } from 'react';
import type { SceneBook, SchemeEntry } from '../../../shared/ipc/admin-schemes.ts';
import { serviceRefusalText } from '../../../shared/service-refusal-texts.ts';
import { useAction } from '../answers.ts';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { Drawer } from '../parts/drawer.tsx';
import { Notice } from '../parts/notice.tsx';
import { Facts } from '../parts/page.tsx';
import { ChangeableBy } from '../parts/read-only.tsx';
import { useWords } from '../words.tsx';
import { schemeFacts } from './scheme-facts.ts';
import { schemeDoes, schemeGives } from './scheme-words.ts';
import { ServedMark } from './served-mark.tsx';

interface DrawerProps {
  readonly entry: SchemeEntry;
  readonly onClose: () => void;
  readonly onCopy: () => void;
  readonly onChange: () => void;
  readonly onBook: (book: SceneBook) => void;
}

function RemoveScheme({ entry, onBook, onNo }: DrawerProps & { readonly onNo: () => void }): ReactNode {
  const { t } = useWords();
  const { phase, run } = useAction('admin:remove-scheme');
  return (
    <ConfirmDialog
      title={t('schemes.removeTitle', { id: entry.scheme.id })}
      yes={t('schemes.remove')}
      phase={phase}
      onNo={onNo}
      onYes={() =>
        void run({ id: entry.scheme.id }).then((answer) => {
          if (answer.ok) onBook(answer.value);
        })
      }
    >
      {t('schemes.removeText')}
    </ConfirmDialog>
  );
}

function Actions(props: DrawerProps & { readonly onRemove: () => void }): ReactNode {
  const { t } = useWords();
  const { preset, scenes } = props.entry;
  return (
    <>
      {!preset && scenes.length > 0 ? (
        <p className="muted">{t('schemes.removeBlocked', { scenes: scenes.join(t('documents.between')) })}</p>
      ) : null}
      <div className="save-bar">
        <button type="button" className="button button-primary" onClick={props.onCopy}>
          {t('schemes.copy')}
        </button>
        {preset ? null : (
          <>
            <button type="button" className="button" onClick={props.onChange}>
              {t('schemes.change')}
            </button>
            <button
              type="button"
              className="button button-danger"
              disabled={scenes.length > 0}
              onClick={props.onRemove}
            >
              {t('schemes.remove')}
            </button>
          </>
        )}
      </div>
    </>
  );
}

/** One scheme in full, and what can be done with it. */
export function SchemeDrawer(props: DrawerProps): ReactNode {
  const { t, language } = useWords();
  const [removing, setRemoving] = useState(false);
  const { scheme, scenes } = props.entry;
  return (
    <Drawer title={scheme.id} onClose={props.onClose}>
      <p className="lead">{schemeDoes(scheme, t)}</p>
      <p className="lead-next">{schemeGives(scheme, t)}</p>
      {props.entry.refusal === null ? null : (
        <Notice kind="warning">{serviceRefusalText(props.entry.refusal, language)}</Notice>
      )}
      <Facts
        facts={[
          ...schemeFacts(scheme, t),
          { name: t('schemes.fact.scenes'), value: scenes.join(t('documents.between')) || t('schemes.nothing') },
          { name: t('schemes.fact.served'), value: <ServedMark entry={{ ...props.entry, refusal: null }} /> },
        ].filter(({ name }) => props.entry.refusal === null || name !== t('schemes.fact.served'))}
      />
      <ChangeableBy right="change-settings">
        <Actions {...props} onRemove={() => setRemoving(true)} />
      </ChangeableBy>
      {removing ? <RemoveScheme {...props} onNo={() => setRemoving(false)} /> : null}
    </Drawer>
  );
}
