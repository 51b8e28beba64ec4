import { useState, type ReactNode } from 'react';
import type { NoticeVersion } from '../../../shared/ipc/admin-system.ts';
import { useAnswer } from '../answers.ts';
import { count, dateTime } from '../formats.ts';
import { Segments } from '../parts/choice.tsx';
import { Drawer } from '../parts/drawer.tsx';
import { Mark } from '../parts/mark.tsx';
import { Loaded, Section } from '../parts/page.tsx';
import { useWords } from '../words.tsx';

function NoticeText({ texts }: { readonly texts: NonNullable<NoticeVersion['texts']> }): ReactNode {
  const { t, language } = useWords();
  const [shown, setShown] = useState<'zh-CN' | 'en'>(language);
  return (
    <>
      <Segments
        legend={t('privacyOverview.texts.language')}
        options={[
          { value: 'zh-CN', label: t('privacyOverview.texts.chinese') },
          { value: 'en', label: t('privacyOverview.texts.english') },
        ]}
        value={shown}
        onChoose={setShown}
      />
      <div className="notice-text" lang={shown}>
        {texts[shown].map((line, at) =>
          line.startsWith('# ') ? <h3 key={`${at} ${line}`}>{line.slice(2)}</h3> : <p key={`${at} ${line}`}>{line}</p>,
        )}
      </div>
    </>
  );
}

function NoticeRow(props: { readonly notice: NoticeVersion; readonly onShow: () => void }): ReactNode {
  const { t, language } = useWords();
  const { notice } = props;
  return (
    <tr>
      <th scope="row">{notice.sceneName}</th>
      <td>
        <Mark tone={notice.current ? 'good' : 'off'}>
          {t(notice.current ? 'privacyOverview.texts.current' : 'privacyOverview.texts.former')}
        </Mark>
      </td>
      <td>{notice.sinceMs === null ? t('privacyOverview.texts.unused') : dateTime(notice.sinceMs).slice(0, 16)}</td>
      <td className="number">{count(notice.records, language)}</td>
      <td className="code" title={notice.hash}>
        {notice.hash.slice(0, 16)}
      </td>
      <td className="end">
        {notice.texts === null ? null : (
          <button type="button" className="button" onClick={props.onShow}>
            {t('privacyOverview.texts.show')}
          </button>
        )}
      </td>
    </tr>
  );
}

const COLUMNS = ['scene', 'current', 'since', 'records', 'hash'] as const;

/** What visitors read before they consent: each wording by its hash, since when, and the text itself. */
export function NoticesSection(): ReactNode {
  const { t } = useWords();
  const notices = useAnswer('admin:notices', null);
  const [shown, setShown] = useState<NoticeVersion | null>(null);
  return (
    <Section title={t('privacyOverview.texts.title')}>
      <p className="muted">{t('privacyOverview.texts.lead')}</p>
      <Loaded answer={notices}>
        {(rows) => (
          <table>
            <caption className="visually-hidden">{t('privacyOverview.texts.title')}</caption>
            <thead>
              <tr>
                {COLUMNS.map((column) => (
                  <th key={column} scope="col" className={column === 'records' ? 'number' : ''}>
                    {t(`privacyOverview.texts.${column}`)}
                  </th>
                ))}
                <th scope="col">
                  <span className="visually-hidden">{t('privacyOverview.texts.show')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((notice) => (
                <NoticeRow key={`${notice.sceneId} ${notice.hash}`} notice={notice} onShow={() => setShown(notice)} />
              ))}
            </tbody>
          </table>
        )}
      </Loaded>
      {shown?.texts ? (
        <Drawer title={shown.sceneName} wide onClose={() => setShown(null)}>
          <NoticeText texts={shown.texts} />
        </Drawer>
      ) : null}
    </Section>
  );
}
