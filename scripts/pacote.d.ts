declare module 'pacote' {
  interface Pacote {
    /** Downloads a package's tarball, checks its integrity and unpacks it into `folder`. */
    extract(
      spec: string,
      folder: string,
      options: { readonly integrity: string; readonly registry?: string },
    ): Promise<unknown>;
  }
  const pacote: Pacote;
  export default pacote;
}
