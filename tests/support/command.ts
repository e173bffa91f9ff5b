import { main } from '../../src/cli/command.ts';

/** What a command answered. */
export interface Answer {
  readonly status: number;
  readonly out: string;
  readonly bytes: Buffer;
  readonly err: string;
}

/** Runs the command line in this process. */
export async function thalweg(...argv: readonly string[]): Promise<Answer> {
  const chunks: Buffer[] = [];
  let err = '';
  const status = await main(argv, {
    out: async (chunk) => {
      chunks.push(Buffer.from(chunk));
    },
    err: (text) => {
      err += text;
    },
    terminal: false,
    program: null,
  });
  const bytes = Buffer.concat(chunks);
  return { status, out: bytes.toString('utf8'), bytes, err };
}

/** Runs a command that must succeed and gives its JSON. */
export async function answerOf(...argv: readonly string[]): Promise<any> {
  const { status, out, err } = await thalweg(...argv);
  if (status !== 0) {
    throw new Error(`thalweg ${argv.join(' ')} ended with ${status}: ${err}`);
  }
  return JSON.parse(out);
}
