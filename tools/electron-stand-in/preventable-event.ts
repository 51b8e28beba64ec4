export type PreventableEvent<T extends object> = T & { preventDefault(): void; readonly defaultPrevented: boolean };

/** An event object as Electron passes it first to every listener. */
export function preventableEvent<T extends object>(details: T): PreventableEvent<T> {
  let prevented = false;
  const behaviour = {
    preventDefault: (): void => {
      prevented = true;
    },
    get defaultPrevented(): boolean {
      return prevented;
    },
  };
  return Object.defineProperties(behaviour, Object.getOwnPropertyDescriptors(details)) as PreventableEvent<T>;
}
