/** A file imported as its text: WGSL kernels are shipped inside the bundle. */
declare module '*?raw' {
  const text: string;
  export default text;
}
