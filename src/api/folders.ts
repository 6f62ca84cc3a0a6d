/** What lies in the folders of `sys.path`, read again only when a folder has changed. */
import { type FileSystem, HostError } from "../host/host.ts";
import type { FolderReader } from "../importlib/state.ts";

interface Listing {
  mtimeNs: bigint;
  stems: ReadonlySet<string>;
}

export function folderReader(files: FileSystem): FolderReader {
  const listings = new Map<string, Listing>();
  return (path) => {
    try {
      const folder = path === "" ? "." : path;
      const { mtimeNs } = files.stat(folder);
      const known = listings.get(path);
      // The working directory may be another one by now.
      if (known !== undefined && known.mtimeNs === mtimeNs && path !== "") return known.stems;
      const stems = new Set(files.readdir(folder).map(({ name }) => name.split(".", 1)[0]));
      listings.set(path, { mtimeNs, stems });
      return stems;
    } catch (error) {
      if (error instanceof HostError) return undefined;
      throw error;
    }
  };
}
