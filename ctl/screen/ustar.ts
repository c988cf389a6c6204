// SPDX-License-Identifier: Apache-2.0
/** Files → an archive in the ustar format (POSIX.1-2024, pax, "ustar Interchange Format"). Pure. */

export interface Entry {
  /** Below the archive's one directory; at most 100 bytes. */
  readonly path: string;
  readonly text: string;
}

const BLOCK = 512;

/**
 * @param directory that all files lie in; at most 155 bytes.
 * @param timeMs when they were changed last, in milliseconds since 1970.
 */
export function writeArchive(directory: string, entries: readonly Entry[], timeMs: number): Buffer {
  const parts = entries.flatMap(({ path, text }) => {
    const content = Buffer.from(text);
    const rest = Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK);
    return [headerOf(directory, path, content.length, timeMs), content, rest];
  });
  return Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]);
}

/** Offset and length of each field that is not left zero. */
const FIELDS = {
  name: [0, 100],
  mode: [100, 8],
  uid: [108, 8],
  gid: [116, 8],
  size: [124, 12],
  mtime: [136, 12],
  chksum: [148, 8],
  typeflag: [156, 1],
  magic: [257, 8],
  uname: [265, 32],
  gname: [297, 32],
  prefix: [345, 155],
} as const;

function headerOf(directory: string, path: string, size: number, timeMs: number): Buffer {
  const header = Buffer.alloc(BLOCK);
  const octal = (value: number, length: number) => value.toString(8).padStart(length - 1, "0");
  const put = (field: keyof typeof FIELDS, text: string) => {
    const [offset, length] = FIELDS[field];
    if (Buffer.byteLength(text) > length) throw new Error(`"${text}" is too long for an archive`);
    header.write(text, offset);
  };
  put("name", path);
  put("mode", octal(0o600, 8));
  put("uid", octal(0, 8));
  put("gid", octal(0, 8));
  put("size", octal(size, 12));
  put("mtime", octal(Math.floor(timeMs / 1000), 12));
  put("chksum", " ".repeat(8)); // counts as spaces in its own sum
  put("typeflag", "0");
  put("magic", "ustar\x0000");
  put("uname", "root");
  put("gname", "root");
  put("prefix", directory);
  const sum = header.reduce((total, byte) => total + byte, 0);
  put("chksum", `${octal(sum, 7)}\0 `);
  return header;
}
