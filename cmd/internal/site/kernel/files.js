// The file system of a program in a worker: Go's os package calls it as it would call Node's. Files live in memory; below a disk,
// where there is one, they are read when they are opened and written when they are closed.

const READ = { WRONLY: 1, RDWR: 2, CREAT: 64, EXCL: 128, TRUNC: 512, APPEND: 1024, DIRECTORY: 65536 };
const decoder = new TextDecoder();

/** failure is an error as Node gives it. */
function failure(code, what) {
  return Object.assign(new Error(`${code}: ${what}`), { code });
}

export class Files {
  /**
   * disk, where it is given, has lasts(path), read(path), write(path, bytes), remove(path) and list(folder), all but the first
   * asynchronous.
   */
  constructor(disk = null) {
    this.disk = disk;
    /** @type {Map<string, { data: Uint8Array, size: number }>} */
    this.files = new Map();
    this.folders = new Set(["/", "/work", "/tmp"]);
    this.open = new Map(); // by descriptor
    this.next = 100;
    /** print hears what is written to the standard output ("stdout") and error. */
    this.print = (_name, _text) => {};
  }

  put(path, data) {
    this.files.set(path, { data, size: data.length });
  }

  /** get is a file's contents, which are the caller's only until the next write. */
  get(path) {
    const file = this.files.get(path);
    return file.data.subarray(0, file.size);
  }

  full(path) {
    if (!path.startsWith("/")) path = "/work/" + path;
    const parts = [];
    for (const part of path.split("/")) {
      if (part === "..") parts.pop();
      else if (part && part !== ".") parts.push(part);
    }
    return "/" + parts.join("/");
  }

  lasts(path) {
    return this.disk?.lasts(path) ?? false;
  }

  /** find gives a file, from memory or from the disk; null where there is none. What lasts may have been changed by others. */
  async find(path) {
    const here = this.files.get(path);
    if (here) return here;
    const data = await this.disk?.read(path);
    if (!data) return null;
    const file = { data, size: data.length };
    if (!this.lasts(path)) this.files.set(path, file);
    return file;
  }

  async isFolder(path) {
    if (this.folders.has(path)) return true;
    return this.disk ? (await this.disk.list(path)).length > 0 : false;
  }

  stat(file) {
    const size = file?.size ?? 0;
    return {
      dev: 1, ino: 1, mode: file ? 0o100644 : 0o040755, nlink: 1, uid: 0, gid: 0, rdev: 0, size, blksize: 4096, blocks: Math.ceil(size / 512),
      atimeMs: 0, mtimeMs: 0, ctimeMs: 0, isDirectory: () => !file,
    };
  }

  /** read copies bytes from a file, and gives how many. */
  read(fd, to, position) {
    const h = this.open.get(fd);
    if (!h) return 0;
    const at = position ?? h.at;
    const n = Math.max(0, Math.min(to.length, h.file.size - at));
    to.set(h.file.data.subarray(at, at + n));
    if (position === null) h.at += n;
    return n;
  }

  write(fd, from, position) {
    const h = this.open.get(fd);
    if (!h) throw failure("EBADF", "write");
    const at = position ?? (h.appends ? h.file.size : h.at);
    const end = at + from.length;
    if (h.shared) { // what the disk has given isn't changed in place
      h.file.data = h.file.data.slice(0, h.file.size);
      h.shared = false;
    }
    if (end > h.file.data.length) {
      const grown = new Uint8Array(Math.max(end, 2 * h.file.data.length, 4096));
      grown.set(h.file.data.subarray(0, h.file.size));
      h.file.data = grown;
    }
    h.file.data.set(from, at);
    h.file.size = Math.max(h.file.size, end);
    h.written = true;
    if (position === null) h.at = end;
    return from.length;
  }

  /** keep writes a file that lasts to the disk, and forgets it here, so that others' changes are seen. */
  async keep(path, file) {
    try {
      await this.disk.write(path, file.data.slice(0, file.size));
    } catch (e) {
      this.print("stderr", `${e?.message ?? e}\n`);
      throw failure("ENOSPC", path);
    }
    this.files.delete(path);
  }

  /** reader is the module of functions by which the tools read without detours. */
  reader(memory) {
    return {
      read: (fd, address, n, position) => this.read(fd, new Uint8Array(memory(), address, n), position < 0n ? null : Number(position)),
    };
  }

  async opened(path, flags) {
    path = this.full(path);
    let file = await this.find(path);
    if (!file && (await this.isFolder(path))) return { file: { data: new Uint8Array(0), size: 0 }, folder: path, at: 0 };
    if (file && flags & READ.CREAT && flags & READ.EXCL) throw failure("EEXIST", path);
    const shared = file !== null && !this.files.has(path);
    if (!file) {
      if (!(flags & READ.CREAT)) throw failure("ENOENT", path);
      const folder = path.slice(0, path.lastIndexOf("/")) || "/";
      if (!(await this.isFolder(folder))) throw failure("ENOENT", folder);
      file = { data: new Uint8Array(0), size: 0 };
      this.files.set(path, file);
      return { file, path, at: 0, written: true };
    }
    if (flags & READ.TRUNC && flags & (READ.WRONLY | READ.RDWR)) {
      file = { data: new Uint8Array(0), size: 0 };
      this.files.set(path, file);
      return { file, path, at: 0, written: true };
    }
    return { file, path, at: 0, shared, appends: (flags & READ.APPEND) !== 0 };
  }

  async closed(fd) {
    const h = this.open.get(fd);
    this.open.delete(fd);
    if (h?.written && h.path && this.lasts(h.path)) await this.keep(h.path, h.file);
  }

  async unlinked(path) {
    path = this.full(path);
    const file = await this.find(path);
    if (!file) throw failure((await this.isFolder(path)) ? "EISDIR" : "ENOENT", path);
    this.files.delete(path);
    if (this.lasts(path)) await this.disk.remove(path);
  }

  async renamed(from, to) {
    [from, to] = [this.full(from), this.full(to)];
    const file = await this.find(from);
    if (!file) throw failure("ENOENT", from);
    this.files.set(to, file);
    if (this.lasts(to)) await this.keep(to, file);
    this.files.delete(from);
    if (this.lasts(from)) await this.disk.remove(from);
  }

  async listed(path) {
    path = this.full(path);
    if (!(await this.isFolder(path))) throw failure("ENOENT", path);
    const below = path === "/" ? "/" : path + "/";
    const names = new Set(await (this.disk?.list(path) ?? []));
    for (const known of [...this.files.keys(), ...this.folders]) if (known.startsWith(below) && known !== below) names.add(known.slice(below.length).split("/")[0]);
    return [...names];
  }

  async made(path) {
    path = this.full(path);
    if (await this.isFolder(path)) throw failure("EEXIST", path);
    this.folders.add(path);
  }

  /** go is this as Node's module fs, as far as Go's syscall package asks for it. */
  go() {
    let said = "";
    const later = (promise, done) =>
      promise.then((value) => done(null, value), (e) => {
        // What the page says, a program couldn't: it is only given a code.
        if (!e.code && e.message !== said) this.print("stderr", (said = e.message) + "\n");
        done(e.code ? e : failure("EIO", e.message));
      });
    const stat = async (path) => {
      path = this.full(path);
      const file = await this.find(path);
      if (file) return this.stat(file);
      if (await this.isFolder(path)) return this.stat(null);
      throw failure("ENOENT", path);
    };
    const fine = (...args) => args.at(-1)(null);
    return {
      constants: { O_WRONLY: READ.WRONLY, O_RDWR: READ.RDWR, O_CREAT: READ.CREAT, O_TRUNC: READ.TRUNC, O_APPEND: READ.APPEND, O_EXCL: READ.EXCL, O_DIRECTORY: READ.DIRECTORY },
      writeSync: (fd, bytes) => {
        this.print(fd === 2 ? "stderr" : "stdout", decoder.decode(bytes, { stream: true }));
        return bytes.length;
      },
      write: (fd, bytes, from, length, position, done) => {
        const part = bytes.subarray(from, from + length);
        if (fd < 3) {
          this.print(fd === 2 ? "stderr" : "stdout", decoder.decode(part, { stream: true }));
          return done(null, length);
        }
        try {
          done(null, this.write(fd, part, position));
        } catch (e) {
          done(e);
        }
      },
      read: (fd, bytes, from, length, position, done) => done(null, this.read(fd, bytes.subarray(from, from + length), position)),
      open: (path, flags, _mode, done) =>
        later(this.opened(path, flags).then((h) => {
          this.open.set(this.next, h);
          return this.next++;
        }), done),
      close: (fd, done) => later(this.closed(fd), done),
      fstat: (fd, done) => {
        const h = this.open.get(fd);
        done(null, this.stat(h?.folder ? null : (h?.file ?? { size: 0 })));
      },
      stat: (path, done) => later(stat(path), done),
      lstat: (path, done) => later(stat(path), done),
      mkdir: (path, _mode, done) => later(this.made(path), done),
      rmdir: (path, done) => {
        this.folders.delete(this.full(path));
        done(null);
      },
      unlink: (path, done) => later(this.unlinked(path), done),
      rename: (from, to, done) => later(this.renamed(from, to), done),
      readdir: (path, done) => later(this.listed(path), done),
      ftruncate: (fd, size, done) => {
        const h = this.open.get(fd);
        const data = new Uint8Array(size);
        data.set(h.file.data.subarray(0, Math.min(size, h.file.size)));
        Object.assign(h.file, { data, size });
        h.written = true;
        done(null);
      },
      fsync: fine, chmod: fine, fchmod: fine, chown: fine, fchown: fine, lchown: fine, utimes: fine,
      readlink: (path, done) => done(failure("EINVAL", path)),
      link: (path, _to, done) => done(failure("ENOSYS", path)),
      symlink: (path, _to, done) => done(failure("ENOSYS", path)),
      truncate: (path, _size, done) => done(failure("ENOSYS", path)),
    };
  }
}
