import { MemorySink, type Sink } from '../../record/sink.ts';
import { saveFile } from '../files.ts';

/** Where a recording goes on this machine. */
export interface Destination {
  readonly sink: Sink;
  /** The file is whole. */
  keep(): Promise<void>;
  /** There shall be no file. */
  discard(): Promise<void>;
}

/** A file that is written while the recording goes on, and is another's until it is whole. */
interface WritableFile {
  write(piece: { readonly type: 'write'; readonly data: Uint8Array; readonly position: number }): Promise<void>;
  close(): Promise<void>;
  abort(): Promise<void>;
}

/** What a person chose in the browser's own dialog. */
interface FileHandle {
  createWritable(): Promise<WritableFile>;
  getFile(): Promise<File>;
  remove?(): Promise<void>;
}

/** Not every browser has it: https://wicg.github.io/file-system-access */
type SavePicker = (options: {
  readonly suggestedName: string;
  readonly types: readonly object[];
}) => Promise<FileHandle>;

/** Into a chosen file, piece by piece: as long as the disk is large. */
async function onDisk(handle: FileHandle): Promise<Destination> {
  const file = await handle.createWritable();
  return {
    sink: { write: (data, position) => file.write({ type: 'write', data, position }) },
    keep: () => file.close(),
    async discard() {
      await file.abort().catch(() => {});
      // Choosing a new name has made an empty file; one that was there before is as it was.
      if ((await handle.getFile()).size === 0) {
        await handle.remove?.();
      }
    },
  };
}

/** Into memory, and then to where the browser puts downloads. */
function inMemory(name: string, type: string): Destination {
  const sink = new MemorySink();
  return { sink, keep: async () => saveFile(sink.blob(type), name), discard: async () => {} };
}

/**
 * Asks where a file shall go, where the browser can write while it records; else it becomes a download. Null: nowhere.
 * To be called while a click still counts.
 */
export async function askForDestination(name: string, type: string): Promise<Destination | null> {
  const { showSaveFilePicker } = window as { showSaveFilePicker?: SavePicker };
  if (!showSaveFilePicker) {
    return inMemory(name, type);
  }
  const extension = name.slice(name.lastIndexOf('.'));
  try {
    return await onDisk(
      await showSaveFilePicker({ suggestedName: name, types: [{ accept: { [type]: [extension] } }] }),
    );
  } catch (error) {
    if ((error as Error).name === 'AbortError') {
      return null;
    }
    // Forbidden here, as in a frame of another page.
    return inMemory(name, type);
  }
}
