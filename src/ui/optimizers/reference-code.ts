/** A text that is shown: where it lies in the project, and what stands there. */
export interface CodeFile {
  readonly path: string;
  readonly text: string;
}

const texts = import.meta.glob<string>('../../descent/optimizers/*.ts', { query: '?raw', import: 'default', eager: true });

/**
 * The file of an optimizer's float64 reference; its text is empty for an unknown id. Only who reads needs these texts, so
 * that this file is imported when somebody does.
 */
export function referenceCode(id: string): CodeFile {
  const path = `descent/optimizers/${id}.ts`;
  return { path: `src/${path}`, text: texts[`../../${path}`] ?? '' };
}
