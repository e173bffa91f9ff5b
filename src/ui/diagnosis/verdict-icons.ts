import { svg } from '../dom.ts';

/** What a loss curve of each verdict looks like, on a field of 20 × 20. */
const PATHS: Readonly<Record<string, string>> = {
  descending: 'M3 4c3 8 7 11 14 12M13.5 13l3.5 3-4.2 1.6',
  arrived: 'M4 10.5l4 4L16 5.5',
  stalled: 'M2.5 5c2 4 4 5 6 5h9',
  saddle: 'M3 5c2 8 12 8 14 0M10 11v6M7.5 14.5L10 17l2.5-2.5',
  oscillating: 'M2 10l2.5-6 4 12 4-12 3.5 9 2-3',
  diverging: 'M3 16c8 0 11-4 12-12M11.5 6.5L15.2 3.6l2.3 4.2',
  'non-finite': 'M10 3.5l7.5 13h-15zM10 8.5v4M10 14.4v.1',
  noise: 'M2 10h2.5l1.5-3 2 6 2-9 2 12 2-8 1.5 4 1-2H18',
  spiking: 'M2 15.5h5.5L10 3l2.5 12.5H18',
  crawling: 'M3 8.5l2.6.5M8 9.6l2.6.5M13 10.7l4 .8M3 15.5h14',
  overfitting: 'M3 4c3 8 7 11 14 12M3 4c3 6 5 7 7 7s5-2 7-5',
};

/** The sign of a verdict, in the text's colour. */
export const verdictIcon = (id: string): SVGSVGElement =>
  svg(
    'svg',
    { viewBox: '0 0 20 20', class: 'icon', 'aria-hidden': 'true', focusable: 'false' },
    svg('path', { d: PATHS[id] ?? PATHS.descending, class: 'icon-line' }),
  );
