/** A terrain palette as people name it; its colours are the view's. */
export interface Palette {
  readonly id: string;
  readonly name: string;
  readonly help: string;
}

/** Palettes of the terrain, in the order in which they are offered. All are even in lightness and safe for colour-blind eyes. */
export const palettes = [
  { id: 'atlas', name: 'Atlas', help: 'A printed atlas: sea green through meadow and sand to pale rock.' },
  { id: 'batlow', name: 'Batlow', help: 'Crameri’s scientific map: navy through olive to pink.' },
  { id: 'viridis', name: 'Viridis', help: 'Violet through green to yellow.' },
  { id: 'cividis', name: 'Cividis', help: 'Blue to yellow, alike for all colour vision.' },
  { id: 'grey', name: 'Grey', help: 'Lightness alone, for print.' },
] as const satisfies readonly Palette[];

export type PaletteId = (typeof palettes)[number]['id'];
