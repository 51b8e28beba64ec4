import { useEffect, useRef, useState, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { Segments, TickRow } from '../choice.tsx';
import './gallery-page.ts';
import type { GalleryScreen } from './gallery-screen.ts';

const WINDOWS = ['kiosk', 'admin', 'clerk', 'ui'] as const;
const SIZES = ['1080x1920', '1366x768', '1920x1080'] as const;
const FLAGS = ['elder', 'dark', 'branded', 'demo'] as const;
type WindowName = (typeof WINDOWS)[number];
type Size = (typeof SIZES)[number];

const optionsOf = <Value extends string>(values: readonly Value[]) => values.map((value) => ({ value, label: value }));

/** The window's own gallery page in a frame of the chosen size, made small enough to be seen whole. */
function Stage(props: {
  readonly page: string;
  readonly size: Size;
  readonly address: string;
  readonly onScreens: (screens: readonly GalleryScreen[]) => void;
}): ReactNode {
  const frame = useRef<HTMLIFrameElement>(null);
  const [width, height] = props.size.split('x').map(Number) as [number, number];
  const [loaded, setLoaded] = useState(0);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const room = element.parentElement!.getBoundingClientRect();
    const scale = Math.min(1, (room.width - 32) / width, (room.height - 32) / height);
    element.width = String(width);
    element.height = String(height);
    element.style.setProperty('transform', `scale(${scale})`);
  }, [width, height]);
  useEffect(() => {
    const gallery = loaded > 0 ? frame.current?.contentWindow?.gallery : undefined;
    if (gallery && props.address !== '') void gallery.show(props.address);
  }, [props.address, loaded]);
  return (
    <div className="chooser-stage">
      <iframe
        key={props.page}
        ref={frame}
        title="screen"
        src={props.page}
        onLoad={() => {
          props.onScreens(frame.current?.contentWindow?.gallery?.screens ?? []);
          setLoaded((times) => times + 1);
        }}
      />
    </div>
  );
}

function Chooser(): ReactNode {
  const [name, setName] = useState<WindowName>('kiosk');
  const [size, setSize] = useState<Size>('1366x768');
  const [language, setLanguage] = useState<'zh-CN' | 'en' | 'pseudo'>('zh-CN');
  const [flags, setFlags] = useState<ReadonlySet<string>>(new Set());
  const [screens, setScreens] = useState<readonly GalleryScreen[]>([]);
  const [chosen, setChosen] = useState('');
  const address = chosen || screens[0]?.address;
  const lang = language === 'zh-CN' ? 'zh-CN' : 'en';
  const groups = [...new Set(screens.map(({ group }) => group))];
  return (
    <main className="chooser">
      <h1 className="visually-hidden">Gallery</h1>
      <div className="chooser-list">
        <div className="chooser-controls">
          <Segments
            legend="Window"
            value={name}
            options={optionsOf(WINDOWS)}
            onChoose={(window) => {
              setScreens([]);
              setChosen('');
              setName(window);
            }}
          />
          <Segments legend="Size" value={size} options={optionsOf(SIZES)} onChoose={setSize} />
          <Segments
            legend="Language"
            value={language}
            options={optionsOf(['zh-CN', 'en', 'pseudo'] as const)}
            onChoose={setLanguage}
          />
          {FLAGS.map((flag) => (
            <TickRow
              key={flag}
              label={flag}
              note=""
              checked={flags.has(flag)}
              onToggle={(on) => setFlags(new Set([...flags].filter((one) => one !== flag).concat(on ? [flag] : [])))}
            />
          ))}
        </div>
        <select
          className="input chooser-screens"
          aria-label="Screen"
          size={20}
          value={address ?? ''}
          onChange={({ target }) => setChosen(target.value)}
        >
          {groups.map((group) => (
            <optgroup key={group} label={group}>
              {screens
                .filter((screen) => screen.group === group)
                .map((screen) => (
                  <option key={screen.address} value={screen.address}>
                    {screen.name}
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
      </div>
      <Stage
        page={`/${name}/gallery.html${language === 'pseudo' ? '?pseudo' : ''}`}
        size={size}
        address={address === undefined ? '' : [address, `lang=${lang}`, ...flags].join('&')}
        onScreens={setScreens}
      />
    </main>
  );
}

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root');
createRoot(root).render(<Chooser />);
