interface ImportMeta {
  /** Of the bundler: the modules whose paths fit. */
  readonly glob: <T>(
    pattern: string,
    options: { readonly query: string; readonly import: string; readonly eager: true },
  ) => Readonly<Record<string, T>>;
}
