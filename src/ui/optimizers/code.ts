/** A text that is shown: where it lies in the project, and what stands there. */
export interface CodeFile {
  readonly path: string;
  readonly text: string;
}

/** The two files of an optimizer: what the GPU runs, and the float64 reference. */
export type Half = 'kernel' | 'reference';

const kernels = import.meta.glob<string>('../../../shaders/optimizers/*.wgsl', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const references = import.meta.glob<string>('../../descent/optimizers/*.ts', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/**
 * The files of an optimizer of the registry as they were written, comments included; empty for an unknown id. Only who
 * reads needs these texts, so that this file is imported when somebody does.
 */
export const CODE: Readonly<Record<Half, (id: string) => CodeFile>> = {
  kernel(id) {
    const path = `shaders/optimizers/${id}.wgsl`;
    return { path, text: kernels[`../../../${path}`] ?? '' };
  },
  reference(id) {
    const path = `descent/optimizers/${id}.ts`;
    return { path: `src/${path}`, text: references[`../../${path}`] ?? '' };
  },
};
