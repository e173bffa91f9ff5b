import { svg } from './dom.ts';

/** Pictograms on a field of 20 × 20: strokes, and filled shapes after `|`. */
const PATHS = {
  play: '|M6.5 4.2v11.6a.6.6 0 0 0 .92.5l8.9-5.8a.6.6 0 0 0 0-1l-8.9-5.8a.6.6 0 0 0-.92.5z',
  pause: '|M5.5 4h3v12h-3zM11.5 4h3v12h-3z',
  step: '|M4 4.6v10.8a.5.5 0 0 0 .8.4l7.2-5.3V16h2.2V4H12v5.5L4.8 4.2a.5.5 0 0 0-.8.4z',
  restart: 'M4.2 9.8a5.9 5.9 0 1 0 2-4.3|M3.6 3.2v5h5z',
  link: 'M8.3 11.7a3 3 0 0 0 4.3 0l2.9-2.9a3 3 0 0 0-4.3-4.3l-.9.9M11.7 8.3a3 3 0 0 0-4.3 0l-2.9 2.9a3 3 0 0 0 4.3 4.3l.9-.9',
  unlink: 'M9.3 13.2l-1 1a3 3 0 0 1-4.3-4.3l1.6-1.6M10.7 6.8l1-1a3 3 0 0 1 4.3 4.3l-1.6 1.6M4.5 4.5l11 11',
  moon: '|M15.9 12.4A6.5 6.5 0 0 1 7.6 4.1a6.5 6.5 0 1 0 8.3 8.3z',
  sun: 'M10 2.5v1.6M10 15.9v1.6M2.5 10h1.6M15.9 10h1.6M4.7 4.7l1.1 1.1M14.2 14.2l1.1 1.1M4.7 15.3l1.1-1.1M14.2 5.8l1.1-1.1M13 10a3 3 0 1 1-6 0 3 3 0 0 1 6 0z',
  help: 'M7.4 7.3a2.7 2.7 0 1 1 4 2.4c-.9.5-1.4 1-1.4 2.1|M9 13.8h2v2H9z',
  grid: 'M3.5 3.5h5v5h-5zM11.5 3.5h5v5h-5zM3.5 11.5h5v5h-5zM11.5 11.5h5v5h-5z',
  eye: 'M2 10s3-5.2 8-5.2 8 5.2 8 5.2-3 5.2-8 5.2S2 10 2 10zM12.3 10a2.3 2.3 0 1 1-4.6 0 2.3 2.3 0 0 1 4.6 0z',
  'eye-off': 'M4.3 6.7A14 14 0 0 0 2 10s3 5.2 8 5.2a7.6 7.6 0 0 0 3-.6M8 5a8 8 0 0 1 2-.2c5 0 8 5.2 8 5.2a14 14 0 0 1-2 2.6M3.5 3.5l13 13',
  plus: 'M10 4v12M4 10h12',
  close: 'M5 5l10 10M15 5L5 15',
  copy: 'M7.5 7.5h9v9h-9zM4.5 12.5h-1v-9h9v1',
  up: 'M10 16V4.5M5 9.5l5-5 5 5',
  down: 'M10 4v11.5M5 10.5l5 5 5-5',
  solo: 'M16 10a6 6 0 1 1-12 0 6 6 0 0 1 12 0z|M12.4 10a2.4 2.4 0 1 1-4.8 0 2.4 2.4 0 0 1 4.8 0z',
  chevron: 'M7.5 5l5 5-5 5',
  camera: 'M3 6.5h3l1.4-2h5.2l1.4 2h3v9H3zM12.8 10.7a2.8 2.8 0 1 1-5.6 0 2.8 2.8 0 0 1 5.6 0z',
  record: '|M14.6 10a4.6 4.6 0 1 1-9.2 0 4.6 4.6 0 0 1 9.2 0z',
  save: 'M10 3v9M6.3 8.6L10 12.3l3.7-3.7M3.5 13.5v3h13v-3',
  open: 'M2.8 15.5V5h4.6l1.6 2h6.5v2.5M2.8 15.5l2.4-6h12.5l-2.4 6z',
  undo: 'M7.5 4L4 7.5 7.5 11M4.5 7.5H12a4 4 0 0 1 0 8H8',
  redo: 'M12.5 4L16 7.5 12.5 11M15.5 7.5H8a4 4 0 0 0 0 8h4',
  die: 'M4 4h12v12H4z|M7 6a1 1 0 1 0 .01 0zM13 6a1 1 0 1 0 .01 0zM10 9a1 1 0 1 0 .01 0zM7 12a1 1 0 1 0 .01 0zM13 12a1 1 0 1 0 .01 0z',
  book: 'M10 5.6c-2-1.4-4.5-1.7-7-1.1v10.9c2.5-.6 5-.3 7 1.1 2-1.4 4.5-1.7 7-1.1V4.5c-2.5-.6-5-.3-7 1.1zM10 5.6v10.9',
  'sign-plateau': 'M3 4h14v12H3zM3 9l5-5M3 15L14 4M7.5 16L17 6.5M13 16l4-4',
  'sign-arrows': 'M4 16L15.5 4.5M9.5 4.5h6v6',
  'sign-flow': 'M2.5 5.5C8 5.5 9 14 17.5 14M2.5 10.5c3 0 4.5 5.5 9 5.5M7 3.5c3 0 4.5 5.5 10.5 5.5',
  layers: 'M10 3.5l7 4-7 4-7-4zM3.5 11.3l6.5 3.7 6.5-3.7',
  more: '|M4.5 8.5a1.5 1.5 0 1 0 .01 0zM10 8.5a1.5 1.5 0 1 0 .01 0zM15.5 8.5a1.5 1.5 0 1 0 .01 0z',
} as const;

/** A pictogram's name. */
export type IconName = keyof typeof PATHS;

/** A pictogram in the text's colour; what it means is said by the control that it stands in. */
export function icon(name: IconName): SVGSVGElement {
  const [stroked, filled] = PATHS[name].split('|');
  return svg(
    'svg',
    { viewBox: '0 0 20 20', class: 'icon', 'aria-hidden': 'true', focusable: 'false' },
    stroked ? svg('path', { d: stroked, class: 'icon-line' }) : null,
    filled ? svg('path', { d: filled, class: 'icon-shape' }) : null,
  );
}

/** The mark of Thalweg: a valley's cross-section, and its floor seen along the way. */
export function logo(): SVGSVGElement {
  return svg(
    'svg',
    { viewBox: '0 0 32 26', class: 'logo', 'aria-hidden': 'true', focusable: 'false' },
    svg('path', { d: 'M3 3.5c7 1 7.5 19 13 19s6-18 13-19', class: 'logo-valley' }),
    svg('path', { d: 'M9.5 3.5c3.7 2.5 3.5 11.5 6.5 11.5s2.8-9 6.5-11.5', class: 'logo-floor' }),
  );
}
