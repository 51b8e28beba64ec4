/** Vite builds the module as a script of its own and gives its address: a worklet may only come from a file here. */
declare module '*?worker&url' {
  const address: string;
  export default address;
}
