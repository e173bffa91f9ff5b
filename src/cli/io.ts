/** What a command may touch of the world around it; a test hands in its own. */
export interface Io {
  /** Writes to standard output; rejects when that cannot be (disk full, reader gone). */
  out(chunk: string | Uint8Array): Promise<void>;
  /** Writes to standard error. */
  err(text: string): void;
  /** Standard error is a terminal: a progress bar may be drawn. */
  readonly terminal: boolean;
  /** The program's own file, to start further threads of; null where there is none. */
  readonly program: string | null;
}

function writeTo(stream: NodeJS.WriteStream, chunk: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(chunk, (error) => (error ? reject(error) : resolve()));
  });
}

/** The process's own streams. */
export function processIo(program: string): Io {
  // A failed write is reported to its callback; without a listener the same error would end the process with a stack trace.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
  return {
    out: (chunk) => writeTo(process.stdout, chunk),
    err: (text) => {
      process.stderr.write(text);
    },
    terminal: process.stderr.isTTY === true,
    program,
  };
}
