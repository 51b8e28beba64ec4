import { useShortcuts } from '../use-shortcuts.ts';

/** Arrow keys go through a list of records. */
export function useListKeys(
  ids: readonly string[],
  chosen: string | null,
  onChoose: (certifyId: string) => void,
): void {
  const move = (by: number) => (): void => {
    const at = chosen === null ? -1 : ids.indexOf(chosen);
    const next = ids[at < 0 ? (by > 0 ? 0 : ids.length - 1) : at + by];
    if (next === undefined) return;
    onChoose(next);
    document.getElementById(`case-${next}`)?.scrollIntoView({ block: 'nearest' });
  };
  useShortcuts({ ArrowDown: move(1), ArrowUp: move(-1) });
}
