import { useSyncExternalStore } from 'react';
import { SECTIONS, type Section } from './sections.ts';

function sectionOfHash(): Section {
  const [name] = location.hash.slice(1).split('?');
  return SECTIONS.find((section) => section === name) ?? 'overview';
}

function onHashChange(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}

/** The open page, kept in the address so that going back works. */
export function useSection(): Section {
  return useSyncExternalStore(onHashChange, sectionOfHash);
}

export function openSection(section: Section): void {
  location.hash = section;
}
