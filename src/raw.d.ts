/** A file imported as its text. */
declare module '*?raw' {
  const text: string;
  export default text;
}

/** A WGSL kernel as its text, without comments: kernels are shipped inside the bundle. */
declare module '*.wgsl' {
  const text: string;
  export default text;
}

/** MathML of all TeX in the registries, made while the page is built: [inline, on a line of its own]. */
declare module 'virtual:typeset' {
  const mathml: Readonly<Record<string, readonly [string, string]>>;
  export default mathml;
}

interface ImportMeta {
  /** The bundler's import of many files by a pattern, resolved at build time. */
  glob<T>(pattern: string, options: { query?: string; import: string; eager: true }): Record<string, T>;
}
