import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ROOT, run, runMain, Sentence, say } from './project.js';

/** Scenes for talks, and where their films go. */
const SCENES = join(ROOT, 'public', 'films');
const FILMS = join(ROOT, 'films');

/**
 * Makes a film of every scene for talks, in 4K unless the words say otherwise; what is there already is left, so that it goes on
 * where it stopped. Words such as `--size 1080p` go to the command.
 */
await runMain(async () => {
  mkdirSync(FILMS, { recursive: true });
  const words = process.argv.slice(2);
  const scenes = readdirSync(SCENES).filter((file) => file.endsWith('.json'));
  const failed = [];
  for (const file of scenes.sort()) {
    const film = join(FILMS, `${basename(file, '.json')}.mp4`);
    if (existsSync(film)) {
      say(`${film} is there.`);
      continue;
    }
    say(`${film} is made …`);
    const command = [join('bin', 'thalweg.js'), 'record', '--scene', join(SCENES, file), '--out', film, '--size', '4k'];
    if ((await run(process.execPath, [...command, ...words])) !== 0) failed.push(file);
  }
  if (failed.length > 0) throw new Sentence(`No film was made of ${failed.join(', ')}: the lines above say why.`);
});
