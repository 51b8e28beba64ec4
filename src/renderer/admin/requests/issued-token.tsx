import { useState, type ReactNode } from 'react';
import type { IssuedRequest } from '../../../shared/domain/certification-request.ts';
import { dateTime } from '../formats.ts';
import { Drawer } from '../parts/drawer.tsx';
import { Field } from '../parts/field.tsx';
import { Notice } from '../parts/notice.tsx';
import { Facts } from '../parts/page.tsx';
import { useSceneName } from '../use-scene-name.ts';
import { useWords } from '../words.tsx';

type Copying = 'not-yet' | 'copied' | 'failed';

/** The one time that a token is shown. */
export function IssuedToken(props: { readonly issued: IssuedRequest; readonly onClose: () => void }): ReactNode {
  const { t } = useWords();
  const sceneName = useSceneName();
  const [copying, setCopying] = useState<Copying>('not-yet');
  const { request, token } = props.issued;
  const copy = (): void => {
    void navigator.clipboard.writeText(token).then(
      () => setCopying('copied'),
      () => setCopying('failed'),
    );
  };
  return (
    <Drawer title={t('requests.issued.title')} onClose={props.onClose}>
      <Notice kind="warning">{t('requests.issued.note')}</Notice>
      <Field label={t('requests.issued.token')}>
        {(control) => (
          <span className="with-suffix">
            <input
              {...control}
              className="input code"
              readOnly
              value={token}
              onFocus={(event) => event.currentTarget.select()}
            />
            <button type="button" className="button button-primary" onClick={copy}>
              {t('requests.issued.copy')}
            </button>
          </span>
        )}
      </Field>
      <p role="status" className={copying === 'failed' ? 'field-problem' : 'saved'}>
        {copying === 'copied' ? t('requests.issued.copied') : null}
        {copying === 'failed' ? t('requests.issued.copyFailed') : null}
      </p>
      <Facts
        facts={[
          { name: t('requests.issued.order'), value: <span className="code">{request.orderId}</span> },
          { name: t('requests.fact.scene'), value: `${sceneName(request.sceneId)} · ${request.scheme}` },
          { name: t('requests.issued.expires'), value: dateTime(request.expiresAtMs) },
        ]}
      />
      <div className="save-bar">
        <button type="button" className="button" onClick={props.onClose}>
          {t('requests.issued.done')}
        </button>
      </div>
    </Drawer>
  );
}
