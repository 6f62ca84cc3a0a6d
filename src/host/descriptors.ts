/** File descriptors: small numbers for open files, some of which share one file. */
import { errnoOf } from "./errno.ts";
import { type Host, HostError, type OpenFile } from "./host.ts";

interface Description {
  file: OpenFile;
  references: number;
}

export class Descriptors {
  private readonly table: (Description | undefined)[] = [];
  private readonly inheritable = new Set<number>();

  constructor(host: Host) {
    for (const file of [host.stdin, host.stdout, host.stderr]) this.inheritable.add(this.add(file));
  }

  /** A new descriptor for `file`: the smallest number that is free. */
  add(file: OpenFile, least = 0): number {
    return this.place({ file, references: 0 }, least);
  }
  private place(description: Description, least: number): number {
    let fd = least;
    while (this.table[fd] !== undefined) fd++;
    this.table[fd] = description;
    description.references++;
    this.inheritable.delete(fd);
    return fd;
  }
  /** The file of a descriptor; EBADF when there is none. */
  get(fd: number): OpenFile {
    return this.description(fd).file;
  }
  private description(fd: number): Description {
    const description = this.table[fd];
    if (description === undefined) throw new HostError(errnoOf("EBADF"));
    return description;
  }
  /** Holds the file open beyond its descriptor, as a child process would; call the result to let go. */
  hold(fd: number): { file: OpenFile; release: () => void } {
    const description = this.description(fd);
    description.references++;
    const release = (): void => {
      if (--description.references === 0) description.file.close();
    };
    return { file: description.file, release };
  }
  has(fd: number): boolean {
    return this.table[fd] !== undefined;
  }
  close(fd: number): void {
    const description = this.description(fd);
    this.table[fd] = undefined;
    this.inheritable.delete(fd);
    if (--description.references === 0) description.file.close();
  }
  dup(fd: number, least = 0): number {
    return this.place(this.description(fd), least);
  }
  /** `target` becomes another name for what `fd` is. */
  dup2(fd: number, target: number, inheritable: boolean): number {
    const description = this.description(fd);
    if (fd === target) return target;
    if (this.table[target] !== undefined) this.close(target);
    this.table[target] = description;
    description.references++;
    this.setInheritable(target, inheritable);
    return target;
  }
  isInheritable(fd: number): boolean {
    this.description(fd);
    return this.inheritable.has(fd);
  }
  setInheritable(fd: number, value: boolean): void {
    this.description(fd);
    if (value) this.inheritable.add(fd);
    else this.inheritable.delete(fd);
  }
}
