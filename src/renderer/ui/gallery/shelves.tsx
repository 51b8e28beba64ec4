import { Fragment, useState, type ReactNode } from 'react';
import { Badge, VerdictBadge } from '../badge.tsx';
import type { Tone } from '../tone.ts';
import { Button } from '../button.tsx';
import { CheckRow } from '../check-row.tsx';
import { RadioList, Segments, TickRow } from '../choice.tsx';
import { EndShape, type End } from '../end-shape.tsx';
import { Field, SelectInput, TextInput } from '../field.tsx';
import { FailureNotice, Notice } from '../notice.tsx';
import { Progress } from '../progress.tsx';
import { Empty, Facts, Figures, Loading } from '../section.tsx';
import { StatusShape } from '../status-shape.tsx';
import { Steps } from '../steps.tsx';

const COLOURS = ['paper', 'surface', 'wash', 'line', 'edge', 'ink', 'muted', 'accent', 'accent-deep', 'accent-wash'];
const STATES = ['good', 'bad', 'wait', 'unknown'];
const SIZES = ['small', 'body', 'lead', 'strong', 'title'];
const TONES: readonly Tone[] = ['good', 'warning', 'bad', 'waiting', 'off'];
const VERDICTS = ['passed', 'failed', 'review', 'error'] as const;
const ENDS: readonly End[] = ['erased', 'nothing-kept', 'failed', 'pending', 'captured'];
const LONG = 'A sentence that is long enough to need more than one line in its column, with 样例 in it.';

function nothing(): void {
  return undefined;
}

function Part({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <section className="shelf-part">
      <h2>{name}</h2>
      {children}
    </section>
  );
}

function paint(element: HTMLElement | null, name: string): void {
  element?.style.setProperty('background-color', `var(--${name})`);
}

function Tokens(): ReactNode {
  return (
    <>
      <Part name="Colours">
        <div className="shelf-swatches">
          {[...COLOURS, ...STATES].map((name) => (
            <span key={name} className="shelf-swatch">
              <i ref={(element) => paint(element, name)} />
              {name}
            </span>
          ))}
        </div>
      </Part>
      <Part name="Type scale">
        {SIZES.map((name) => (
          <span
            key={name}
            className="shelf-line"
            ref={(element) => element?.style.setProperty('font-size', `var(--text-${name})`)}
          >
            {name} 核验身份 Verify 0123
          </span>
        ))}
      </Part>
    </>
  );
}

function Buttons(): ReactNode {
  return (
    <>
      {(['primary', 'secondary', 'quiet'] as const).map((kind) => (
        <Part key={kind} name={`Button, ${kind}`}>
          <div className="shelf-row">
            <Button kind={kind} onPress={nothing}>
              Continue
            </Button>
            <Button kind={kind} disabled onPress={nothing}>
              继续
            </Button>
          </div>
        </Part>
      ))}
      <Part name="Button, danger">
        <button type="button" className="button button-danger">
          Remove
        </button>
      </Part>
    </>
  );
}

function Fields(): ReactNode {
  const [text, setText] = useState('人民路支行');
  return (
    <>
      <Part name="TextField">
        <Field label="Site name" hint="1 to 30 characters">
          {(control) => <TextInput control={control} value={text} onEdit={setText} />}
        </Field>
      </Part>
      <Part name="TextField, wrong">
        <Field label="Days" problem="Days are a whole number from 1 to 3650">
          {(control) => <TextInput control={control} value="4000" suffix="days" width="short" onEdit={nothing} />}
        </Field>
      </Part>
      <Part name="TextField, read only">
        <Field label="Path" hint="Chosen above">
          {(control) => <TextInput control={control} value="/dev/ttyUSB0" readOnly onEdit={nothing} />}
        </Field>
      </Part>
      <Part name="Select">
        <Field label="Offline" hint="What happens without a network">
          {(control) => (
            <SelectInput<'decide' | 'stop'>
              control={control}
              value="decide"
              options={{ decide: 'Decide here', stop: 'Stop' }}
              onChoose={nothing}
            />
          )}
        </Field>
      </Part>
    </>
  );
}

function Choices(): ReactNode {
  const [chosen, setChosen] = useState<'one' | 'two' | 'three'>('one');
  const [ticked, setTicked] = useState(true);
  const options = [
    { value: 'one', label: 'Decide here', note: LONG },
    { value: 'two', label: '只采集', note: 'Kept until there is a network' },
    { value: 'three', label: 'Stop', note: 'Not available here', disabled: true },
  ] as const;
  return (
    <>
      <Part name="Segments">
        <Segments legend="Period" value={chosen} onChoose={setChosen} options={options} />
      </Part>
      <Part name="RadioList">
        <RadioList legend="Offline" value={chosen} onChoose={setChosen} options={options} />
      </Part>
      <Part name="TickRow">
        <TickRow label="Read fingerprints" note={LONG} checked={ticked} onToggle={setTicked} />
      </Part>
      <Part name="CheckRow: a consent">
        <CheckRow checked={ticked} onChange={setTicked} label="I agree to a face capture" detail={LONG} />
      </Part>
    </>
  );
}

function Tells(): ReactNode {
  return (
    <>
      <Part name="Notice">
        <Notice kind="info">{LONG}</Notice>
        <Notice kind="warning">{LONG}</Notice>
        <Notice kind="demo">Demonstration: simulated devices.</Notice>
        <FailureNotice
          what="The reader is in use elsewhere"
          next="Close the other program."
          detail="reader.port-busy"
          action={<Button onPress={nothing}>Try again</Button>}
        />
      </Part>
      <Part name="Badge">
        {TONES.map((tone) => (
          <Badge key={tone} tone={tone}>
            {tone}
          </Badge>
        ))}
        {VERDICTS.map((state) => (
          <VerdictBadge key={state} state={state}>
            {state}
          </VerdictBadge>
        ))}
      </Part>
      <Part name="Progress">
        <Progress label="Export" done={0.4}>
          40,000 of 100,000 rows
        </Progress>
      </Part>
      <Part name="Loading and Empty">
        <Loading>Loading…</Loading>
        <Empty>No records in these days.</Empty>
      </Part>
      <Part name="Steps">
        <Steps
          names={['Card', 'Camera', 'Done']}
          done={1}
          label="Steps"
          nowLabel="now"
          pastLabel="done"
          hidden={false}
        />
      </Part>
    </>
  );
}

/** What the browser itself keeps moving; no picture of it is ever the same. */
function Moving(): ReactNode {
  return (
    <Part name="Progress, nobody knows how far">
      <Progress label="Search" done={null}>
        Searching, 3 s so far
      </Progress>
    </Part>
  );
}

function Shapes(): ReactNode {
  return (
    <>
      <Part name="StatusShape">
        <div className="shelf-row">
          {VERDICTS.map((state) => (
            <span key={state} className="shelf-shape">
              <StatusShape state={state} />
            </span>
          ))}
        </div>
      </Part>
      <Part name="EndShape">
        <div className="shelf-row">
          {ENDS.map((end) => (
            <span key={end} className="shelf-shape">
              <EndShape end={end} />
            </span>
          ))}
        </div>
      </Part>
      <Part name="Facts">
        <Facts
          facts={[
            { name: 'Reader', value: 'CertCtl 5.03' },
            { name: 'State', value: <Badge tone="good">Ready</Badge> },
          ]}
        />
      </Part>
      <Part name="Figures">
        <Figures
          figures={[
            { name: 'Submitted', value: '1,284' },
            { name: 'Passed', value: '1,231' },
            { name: 'Pass rate', value: '95.9 %' },
          ]}
        />
      </Part>
    </>
  );
}

const PARTS = {
  tokens: Tokens,
  buttons: Buttons,
  fields: Fields,
  choices: Choices,
  tells: Tells,
  moving: Moving,
  shapes: Shapes,
};
export type ShelfName = keyof typeof PARTS;
export const SHELVES = Object.keys(PARTS) as readonly ShelfName[];

/** Every component in every state; `only`: those of one shelf. */
export function Shelves({ only }: { readonly only: ShelfName | null }): ReactNode {
  const names = only === null ? SHELVES : [only];
  return (
    <main className="shelf">
      <h1 className="visually-hidden">Components</h1>
      {names.map((name) => {
        const Shelf = PARTS[name];
        return (
          <Fragment key={name}>
            <Shelf />
          </Fragment>
        );
      })}
    </main>
  );
}
