// SPDX-License-Identifier: Apache-2.0
/** Absolute paths as text: nothing here asks the host. */

/** Whether `path` is `directory` or lies below it. Both absolute and normalised. */
export function isWithin(path: string, directory: string): boolean {
  return directory === "/" || path === directory || path.startsWith(`${directory}/`);
}

export function relative(path: string, directory: string): string {
  return directory === "/" ? path.slice(1) : path.slice(directory.length + 1);
}

export function join(directory: string, rest: string): string {
  if (rest === "") return directory;
  return directory === "/" ? `/${rest}` : `${directory}/${rest}`;
}
