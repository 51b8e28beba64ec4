import { PRESENTATIONS, type DemoChoice } from '../../shared/ipc/camera-source.ts';
import { useEnvironment, useWords } from './environment.ts';

interface Segment {
  readonly label: string;
  /** The whole of what is said; the short one stands on the button. */
  readonly name: string;
  readonly choice: Partial<DemoChoice>;
}

/** Chooses the simulated person, how they are presented, and their card. */
export function DemoStrip({ demo, hidden }: { readonly demo: DemoChoice; readonly hidden: boolean }) {
  const { t } = useWords();
  return (
    <aside className="demo" data-hidden={hidden || undefined} aria-label={t('demo.label')}>
      <span className="demo-label">{t('demo.label')}</span>
      <Segments
        demo={demo}
        title={t('demo.person')}
        segments={[
          { label: 'A', name: t('demo.personA'), choice: { person: 'a' } },
          { label: 'B', name: t('demo.personB'), choice: { person: 'b' } },
        ]}
      />
      <Segments
        demo={demo}
        title={t('demo.presentation')}
        segments={PRESENTATIONS.map((presentation) => ({
          label: t(`demo.${presentation}`),
          name: t(`demo.${presentation}`),
          choice: { presentation },
        }))}
      />
      <Segments
        demo={demo}
        title={t('demo.card')}
        segments={[
          { label: 'A', name: t('demo.cardA'), choice: { card: 'a' } },
          { label: 'B', name: t('demo.cardB'), choice: { card: 'b' } },
          { label: t('demo.cardNone'), name: t('demo.cardNone'), choice: { card: null } },
        ]}
      />
    </aside>
  );
}

function Segments(props: { readonly demo: DemoChoice; readonly title: string; readonly segments: readonly Segment[] }) {
  const { demo, title, segments } = props;
  const { act } = useEnvironment();
  const isChosen = (choice: Partial<DemoChoice>): boolean =>
    Object.entries(choice).every(([key, value]) => demo[key as keyof DemoChoice] === value);
  return (
    <div className="demo-group" role="group" aria-label={title}>
      <span className="demo-title" aria-hidden="true">
        {title}
      </span>
      {segments.map(({ label, name, choice }) => (
        <button
          key={name}
          type="button"
          className="demo-segment"
          aria-label={name}
          aria-pressed={isChosen(choice)}
          onClick={() => void act({ type: 'demo-choose', ...demo, ...choice })}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
