import { type EndKind, type Ends, endingsOf } from '../../analysis/endings.ts';
import { laneNames } from '../../scene/lane-names.ts';
import type { Bars } from '../charts/bars.ts';
import { counted, shown } from '../format.ts';
import { colourOf, outlineOf } from '../shapes.ts';
import type { RaceNews } from './background-race.ts';

/** Colours of the first few minima, of other ends, and how many minima are told apart. */
const BASINS = ['#4f8fb8', '#dba95a', '#5fae8c', '#b0729a'] as const;
const ENDS: Readonly<Record<EndKind, { readonly name: string; readonly colour: string }>> = {
  minimum: { name: 'other minima', colour: '#8fb6c4' },
  saddle: { name: 'saddle', colour: '#8a7cc2' },
  maximum: { name: 'maximum', colour: '#d8cdb4' },
  plateau: { name: 'plateau', colour: '#a39b86' },
  wandering: { name: 'on the way', colour: '#5d6a6e' },
  gone: { name: 'gone', colour: '#b5412d' },
};

/** Where particles ended: the minima in which most did each by itself, all others by their kind. */
export function* endingBars(news: RaceNews): Generator<void, Bars> {
  const names = laneNames(news.scene);
  const { ends } = news;
  const counts: (readonly number[])[] = [];
  for (const { seen } of ends ? news.results : []) {
    counts.push(endingsOf(ends as Ends, seen).counts);
    yield;
  }
  const list = ends?.list ?? [];
  const total = (end: number): number => counts.reduce((sum, each) => sum + each[end], 0);
  const minima = [...list.keys()].filter((end) => list[end].kind === 'minimum' && total(end) > 0);
  const own = minima
    .sort((a, b) => total(b) - total(a))
    .slice(0, BASINS.length)
    .sort((a, b) => a - b);
  const place = (value: number): string => shown(value, 2);
  const parts = [
    ...own.map((end, k) => ({
      name: own.length === 1 ? 'minimum' : `${place(list[end].point?.x ?? 0)}, ${place(list[end].point?.y ?? 0)}`,
      colour: BASINS[k],
      of: (other: number) => other === end,
    })),
    ...Object.entries(ENDS).map(([kind, look]) => ({
      ...look,
      of: (other: number) => list[other].kind === kind && !own.includes(other),
    })),
  ];
  return {
    title: 'Where particles ended',
    note: `percent of ${counted(news.starts.length / 2)}, by ${own.length > 1 ? 'minimum (x, y) and other ends' : 'end'}`,
    parts,
    bars: news.results.flatMap((result, k) => {
      const lane = news.scene.lanes[result.lane];
      const count = result.seen.diverged.length;
      const shares = parts.map(
        ({ of }) =>
          [...list.keys()].filter(of).reduce((sum, end) => sum + (counts[k]?.[end] ?? 0), 0) / Math.max(1, count),
      );
      return [
        { lane: result.lane, name: names[result.lane], colour: colourOf(lane), outline: outlineOf(lane), shares },
      ];
    }),
  };
}
