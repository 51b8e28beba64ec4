import type { ReactNode } from 'react';
import { useWords } from '../environment.ts';

interface KeypadProps {
  readonly letters?: boolean;
  /** Without the X that an ID number can end with. */
  readonly digitsOnly?: boolean;
  /** Whether a key's character can stand at the next place. */
  readonly fits: (character: string) => boolean;
  readonly onKey: (character: string) => void;
  readonly onDelete: () => void;
  readonly onClear: () => void;
  /** Changes between digits and letters; absent where there are only digits. */
  readonly onPad?: (letters: boolean) => void;
  /** A key of its own in the corner, for what isn't typed; its name is what it says. */
  readonly extra?: { readonly label: string; readonly onPress: () => void };
}

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', 'X', '0'] as const;
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** Keys for a finger: digits and X, or letters. A key that can't come next stays in its place and does nothing. */
export function Keypad(props: KeypadProps) {
  const { letters = false, digitsOnly = false, fits, onKey } = props;
  const { t } = useWords();
  const digits = digitsOnly ? DIGITS.filter((digit) => digit !== 'X') : DIGITS;
  return (
    <div
      className="keypad"
      data-letters={letters || undefined}
      data-digits-only={digitsOnly || undefined}
      role="group"
      aria-label={t(letters ? 'entry.letters' : 'entry.keypad')}
    >
      {(letters ? LETTERS : digits).map((character) => (
        <Key key={character} name={character} disabled={!fits(character)} onPress={() => onKey(character)}>
          {character}
        </Key>
      ))}
      <KeypadTools {...props} />
    </div>
  );
}

function KeypadTools({ letters = false, onDelete, onClear, onPad, extra }: KeypadProps) {
  const { t } = useWords();
  return (
    <>
      <Key name="delete" label={t('entry.delete')} onPress={onDelete}>
        <svg viewBox="0 0 48 32" aria-hidden="true">
          <path d="M16 3h27a2 2 0 0 1 2 2v22a2 2 0 0 1-2 2H16L3 16zM23 11l10 10m0-10L23 21" />
        </svg>
      </Key>
      {!letters && (
        <Key name="clear" onPress={onClear}>
          {t('entry.clear')}
        </Key>
      )}
      {onPad && (
        <Key name="pad" onPress={() => onPad(!letters)}>
          {t(letters ? 'entry.toDigits' : 'entry.toLetters')}
        </Key>
      )}
      {extra && (
        <Key name="extra" onPress={extra.onPress}>
          {extra.label}
        </Key>
      )}
    </>
  );
}

interface KeyProps {
  readonly name: string;
  readonly label?: string;
  readonly disabled?: boolean;
  readonly onPress: () => void;
  readonly children: ReactNode;
}

/** A touched key leaves the focus where it is, so that Enter on a keyboard doesn't press it again. */
function Key({ name, label, disabled = false, onPress, children }: KeyProps) {
  return (
    <button
      type="button"
      className={name.length === 1 ? 'key' : 'key key-tool'}
      data-key={name}
      aria-label={label}
      aria-disabled={disabled || undefined}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onPress}
    >
      {children}
    </button>
  );
}
