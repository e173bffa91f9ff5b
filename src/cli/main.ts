import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort } from 'node:worker_threads';
import { serveLoops } from './bench/threads.ts';
import { main } from './command.ts';
import { processIo } from './io.ts';

if (isMainThread || !parentPort) {
  // No process.exit: what is still being written goes out first, and a GPU device does not keep the process alive.
  process.exitCode = await main(process.argv.slice(2), processIo(fileURLToPath(import.meta.url)));
} else {
  // `bench` starts this very file in other threads, for the loop that it compares with.
  serveLoops(parentPort);
}
