import Reveal from './reveal.js/dist/reveal.esm.js';

const deck = new Reveal({ hash: true });
await deck.initialize();

/** A landscape runs from its start whenever its slide comes, and rests when it goes. */
deck.on('slidechanged', ({ currentSlide, previousSlide }) => {
  for (const landscape of previousSlide?.querySelectorAll('thalweg-landscape') ?? []) landscape.pause();
  for (const landscape of currentSlide.querySelectorAll('thalweg-landscape')) {
    landscape.reset().then(() => landscape.play());
  }
});
