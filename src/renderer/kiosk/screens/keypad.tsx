import { useWords } from '../environment.ts';

interface KeypadProps {
  readonly letters: boolean;
  /** Whether a key's character can stand at the next place. */
  readonly fits: (character: string) => boolean;
  readonly onKey: (character: string) => void;
  readonly onDelete: () => void;
  readonly onClear: () => void;
  readonly onPad: (letters: boolean) => void;
}

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', 'X', '0'] as const;
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** Keys for a finger: digits and X, or letters. A key that can't come next stays in its place and does nothing. */
export function Keypad(props: KeypadProps) {
  const { letters, fits, onKey } = props;
  const { t } = useWords();
  return (
    <div
      className="keypad"
      data-letters={letters || undefined}
      role="group"
      aria-label={t(letters ? 'entry.letters' : 'entry.keypad')}
    >
      {(letters ? LETTERS : DIGITS).map((character) => (
        <button
          key={character}
          type="button"
          className="key"
          data-key={character}
          aria-disabled={!fits(character) || undefined}
          onClick={() => onKey(character)}
        >
          {character}
        </button>
      ))}
      <KeypadTools {...props} />
    </div>
  );
}

function KeypadTools({ letters, onDelete, onClear, onPad }: KeypadProps) {
  const { t } = useWords();
  return (
    <>
      <button
        type="button"
        className="key key-tool"
        data-key="delete"
        aria-label={t('entry.delete')}
        onClick={onDelete}
      >
        <svg viewBox="0 0 48 32" aria-hidden="true">
          <path d="M16 3h27a2 2 0 0 1 2 2v22a2 2 0 0 1-2 2H16L3 16zM23 11l10 10m0-10L23 21" />
        </svg>
      </button>
      {!letters && (
        <button type="button" className="key key-tool" data-key="clear" onClick={onClear}>
          {t('entry.clear')}
        </button>
      )}
      <button type="button" className="key key-tool" data-key="pad" onClick={() => onPad(!letters)}>
        {t(letters ? 'entry.toDigits' : 'entry.toLetters')}
      </button>
    </>
  );
}
