// SPDX-License-Identifier: Apache-2.0
/**
 * The door to libbpf: object files, programs, links and pins. Only lockctl comes
 * through here; a create needs no more than bpf.ts. libbpf 1.x returns a negative
 * errno and sets errno as well. Pointers are opaque bigints.
 */

import { LockcError } from "../../core/errors.ts";
import { isLink, linkInfo, readInfo } from "../../core/ffi/bpf.ts";
import { checkStatus, KernelError } from "../../core/ffi/kernel-error.ts";
import { koffi } from "../../core/ffi/koffi.ts";
import { closing } from "./opened.ts";

/** The library of libbpf 1.x, whose functions below have kept their prototypes. */
const LIBRARY = "libbpf.so.1";

type Library = ReturnType<ReturnType<typeof koffi>["load"]>;
let library: Library | undefined;

/** libbpf itself, loaded on the first call. */
function libbpf(): Library {
  try {
    library ??= koffi().load(LIBRARY);
  } catch (cause) {
    if (cause instanceof LockcError) throw cause;
    throw new LockcError(
      "LOCKC_E_NOT_LOADED",
      `cannot load "${LIBRARY}"`,
      "install libbpf 1.x (Debian: libbpf1)",
      { cause },
    );
  }
  return library;
}

/**
 * A C function that is looked up when it is first called.
 * @param prototype its C signature, with koffi's names for the types.
 */
export function lazily<F extends (...args: never[]) => unknown>(prototype: string): F {
  let bound: F | undefined;
  return ((...args) => {
    bound ??= libbpf().func(prototype) as unknown as F;
    return bound(...args);
  }) as F;
}

type Pointer = bigint | null;

// struct bpf_object *bpf_object__open(const char *path);
const bpf_object__open = lazily<(path: string) => Pointer>("void *bpf_object__open(const char *)");
// int bpf_object__load(struct bpf_object *obj);
const bpf_object__load = lazily<(object: Pointer) => number>("int bpf_object__load(void *)");
// void bpf_object__close(struct bpf_object *object);
const bpf_object__close = lazily<(object: Pointer) => void>("void bpf_object__close(void *)");
// struct bpf_map *bpf_object__next_map(const struct bpf_object *obj, const struct bpf_map *map);
const bpf_object__next_map = lazily<(object: Pointer, map: Pointer) => Pointer>(
  "void *bpf_object__next_map(void *, void *)",
);
// struct bpf_program *bpf_object__next_program(const struct bpf_object *obj, struct bpf_program *prog);
const bpf_object__next_program = lazily<(object: Pointer, program: Pointer) => Pointer>(
  "void *bpf_object__next_program(void *, void *)",
);
// const char *bpf_map__name(const struct bpf_map *map);
const bpf_map__name = lazily<(map: Pointer) => string>("const char *bpf_map__name(void *)");
// int bpf_map__set_initial_value(struct bpf_map *map, const void *data, size_t size);
const bpf_map__set_initial_value = lazily<
  (map: Pointer, value: Uint8Array, size: number) => number
>("int bpf_map__set_initial_value(void *, void *, size_t)");
// int bpf_map__fd(const struct bpf_map *map);
const bpf_map__fd = lazily<(map: Pointer) => number>("int bpf_map__fd(void *)");
// int bpf_map__reuse_fd(struct bpf_map *map, int fd);
const bpf_map__reuse_fd = lazily<(map: Pointer, fd: number) => number>(
  "int bpf_map__reuse_fd(void *, int)",
);
// enum bpf_map_type bpf_map__type(const struct bpf_map *map);
const bpf_map__type = lazily<(map: Pointer) => number>("int bpf_map__type(void *)");
// __u32 bpf_map__key_size(const struct bpf_map *map);
const bpf_map__key_size = lazily<(map: Pointer) => number>("uint32_t bpf_map__key_size(void *)");
// __u32 bpf_map__value_size(const struct bpf_map *map);
const bpf_map__value_size = lazily<(map: Pointer) => number>(
  "uint32_t bpf_map__value_size(void *)",
);
// __u32 bpf_map__max_entries(const struct bpf_map *map);
const bpf_map__max_entries = lazily<(map: Pointer) => number>(
  "uint32_t bpf_map__max_entries(void *)",
);
// const char *bpf_program__name(const struct bpf_program *prog);
const bpf_program__name = lazily<(program: Pointer) => string>(
  "const char *bpf_program__name(void *)",
);
// int bpf_program__set_autoload(struct bpf_program *prog, bool autoload);
const bpf_program__set_autoload = lazily<(program: Pointer, autoload: boolean) => number>(
  "int bpf_program__set_autoload(void *, bool)",
);
// bool bpf_program__autoload(const struct bpf_program *prog);
const bpf_program__autoload = lazily<(program: Pointer) => boolean>(
  "bool bpf_program__autoload(void *)",
);
// const char *bpf_program__section_name(const struct bpf_program *prog);
const bpf_program__section_name = lazily<(program: Pointer) => string>(
  "const char *bpf_program__section_name(void *)",
);
// int bpf_program__set_type(struct bpf_program *prog, enum bpf_prog_type type);
const bpf_program__set_type = lazily<(program: Pointer, type: number) => number>(
  "int bpf_program__set_type(void *, int)",
);
// int bpf_program__set_expected_attach_type(struct bpf_program *prog, enum bpf_attach_type type);
const bpf_program__set_expected_attach_type = lazily<(program: Pointer, type: number) => number>(
  "int bpf_program__set_expected_attach_type(void *, int)",
);
// int bpf_program__set_attach_target(struct bpf_program *prog, int attach_prog_fd, const char *attach_func_name);
const bpf_program__set_attach_target = lazily<
  (program: Pointer, fd: number, name: string) => number
>("int bpf_program__set_attach_target(void *, int, const char *)");
// struct bpf_link *bpf_program__attach_trace(const struct bpf_program *prog);
const bpf_program__attach_trace = lazily<(program: Pointer) => Pointer>(
  "void *bpf_program__attach_trace(void *)",
);
// struct bpf_link *bpf_program__attach(const struct bpf_program *prog);
const bpf_program__attach = lazily<(program: Pointer) => Pointer>(
  "void *bpf_program__attach(void *)",
);
// enum bpf_prog_type bpf_program__type(const struct bpf_program *prog);
const bpf_program__type = lazily<(program: Pointer) => number>("int bpf_program__type(void *)");
// int bpf_program__fd(const struct bpf_program *prog);
const bpf_program__fd = lazily<(program: Pointer) => number>("int bpf_program__fd(void *)");
// int bpf_prog_get_fd_by_id(__u32 id);
const bpf_prog_get_fd_by_id = lazily<(id: number) => number>("int bpf_prog_get_fd_by_id(uint32_t)");
// int bpf_link__fd(const struct bpf_link *link);
const bpf_link__fd = lazily<(link: Pointer) => number>("int bpf_link__fd(void *)");
// int bpf_link__destroy(struct bpf_link *link);
const bpf_link__destroy = lazily<(link: Pointer) => number>("int bpf_link__destroy(void *)");
// int bpf_obj_pin(int fd, const char *pathname);
const bpf_obj_pin = lazily<(fd: number, path: string) => number>(
  "int bpf_obj_pin(int, const char *)",
);
// int bpf_map_freeze(int fd);
const bpf_map_freeze = lazily<(fd: number) => number>("int bpf_map_freeze(int)");
// const char *libbpf_version_string(void);
const libbpf_version_string = lazily<() => string>("const char *libbpf_version_string(void)");
// libbpf_print_fn_t libbpf_set_print(libbpf_print_fn_t fn);
const libbpf_set_print = lazily<(print: bigint) => Pointer>("void *libbpf_set_print(void *)");

/** "v1.1". */
export function libbpfVersion(): string {
  return libbpf_version_string();
}

/** A map as the object file declares it. */
export interface MapDeclaration {
  readonly name: string;
  readonly type: number;
  readonly keySize: number;
  readonly valueSize: number;
  readonly maxEntries: number;
}

/**
 * What becomes of an optional program: attach it, load it for whoever attaches it for a while,
 * leave it out, or the kernel has no such hook.
 */
export type Choice = "wanted" | "ready" | "spare" | "lacking";

/** An opened object file, until it is disposed of; pins survive that. */
export interface BpfObject extends Disposable {
  /** The declared maps, without those that the compiler makes for variables. */
  readonly maps: readonly MapDeclaration[];
  /** The programs that this kernel can run, without those that nobody wants. */
  readonly programs: readonly string[];
  /** The section of each program, by name: "lsm/file_open". */
  readonly sections: ReadonlyMap<string, string>;
  /** Those for a hook that it lacks (optional: SEC("?lsm/HOOK")). */
  readonly lacking: readonly string[];
  /** Those of `programs` that `attach` leaves at no hook. */
  readonly unattached: ReadonlySet<string>;
  /** Makes `load` use the map open at `fd` instead of a new one. */
  reuseMap(name: string, fd: number): void;
  /** Makes `load` make the maps only, and that one program. */
  skipPrograms(but?: string): void;
  /**
   * Makes `attach` put the program before a function of the kernel, not at its section's hook.
   * @param answers whether what it returns is the function's answer, when not 0.
   */
  moveToFunction(program: string, name: string, answers: boolean): void;
  /** Hands maps and programs to the kernel, which verifies them. Nothing runs yet. */
  load(): void;
  /** fd of a map, after load. */
  mapFd(name: string): number;
  /** Attaches a program to the hook that its section names, or where it was moved; one of `unattached` is only held open. */
  attach(program: string): BpfLink;
}

/** BPF_PROG_TYPE_* of <linux/bpf.h>: runs with a function; runs when it is called, at no hook. */
const TRACING_PROGRAM = 26;
const SYSCALL_PROGRAM = 31;
/** BPF_TRACE_FENTRY, BPF_MODIFY_RETURN and BPF_LSM_MAC of <linux/bpf.h>. */
const BEFORE_FUNCTION = 24;
const INSTEAD_OF_FUNCTION = 26;
const LSM_HOOK = 27;

/** A program at its hook. It stays there while the link is open or pinned. */
export interface BpfLink extends Disposable {
  readonly fd: number;
}

/**
 * Opens an object file; touches no kernel state, so it needs no privilege.
 * @param choose what becomes of the program for that LSM hook; asked for optional ones only.
 * @throws KernelError with libbpf's own words
 */
export function openObject(path: string, choose: (hook: string) => Choice): BpfObject {
  capturePrint();
  const object = pointerOrThrow(`open the object "${path}"`, bpf_object__open(path));
  const maps = new Map(list(object, bpf_object__next_map, bpf_map__name));
  const programs = new Map(list(object, bpf_object__next_program, bpf_program__name));
  const moved = new Set<string>();
  const constants = [...maps].find(([name]) => name.endsWith(".rodata"))?.[1];
  for (const name of maps.keys()) if (name.includes(".")) maps.delete(name);
  const lacking: string[] = [];
  const unattached = new Set<string>();
  for (const [name, program] of programs) {
    if (bpf_program__type(program) === SYSCALL_PROGRAM) unattached.add(name);
    if (bpf_program__autoload(program)) continue;
    const choice = choose(bpf_program__section_name(program).replace("lsm/", ""));
    if (choice === "wanted" || choice === "ready") {
      bpf_program__set_autoload(program, true);
      if (choice === "ready") unattached.add(name);
      continue;
    }
    programs.delete(name);
    if (choice === "lacking") lacking.push(name);
  }
  return {
    maps: [...maps].map(([name, map]) => ({
      name,
      type: bpf_map__type(map),
      keySize: bpf_map__key_size(map),
      valueSize: bpf_map__value_size(map),
      maxEntries: bpf_map__max_entries(map),
    })),
    programs: [...programs.keys()],
    sections: new Map([...programs].map(([name, it]) => [name, bpf_program__section_name(it)])),
    lacking,
    unattached,
    reuseMap(name, fd) {
      checkStatus(`reuse the map "${name}"`, bpf_map__reuse_fd(maps.get(name)!, fd));
    },
    skipPrograms(but) {
      for (const [name, program] of programs) {
        bpf_program__set_autoload(program, name === but);
      }
    },
    moveToFunction(name, target, answers) {
      const program = programs.get(name)!;
      const type = answers ? INSTEAD_OF_FUNCTION : BEFORE_FUNCTION;
      const act = `move the program "${name}" to the function "${target}"`;
      checkStatus(act, bpf_program__set_type(program, TRACING_PROGRAM));
      checkStatus(act, bpf_program__set_expected_attach_type(program, type));
      checkStatus(act, bpf_program__set_attach_target(program, 0, target));
      if (moved.size === 0 && constants) {
        const byFunction = new Uint8Array([1, 0, 0, 0]); // kernel_by_function, the only constant
        checkStatus(act, bpf_map__set_initial_value(constants, byFunction, byFunction.length));
      }
      moved.add(name);
    },
    load() {
      const status = bpf_object__load(object);
      if (status < 0) throw new KernelError(`load "${path}"`, -status, printed.join("\n"));
    },
    mapFd: (name) => bpf_map__fd(maps.get(name)!),
    attach(program) {
      const act = `attach the program "${program}"`;
      if (unattached.has(program)) {
        return { fd: bpf_program__fd(programs.get(program)!), [Symbol.dispose]: () => {} };
      }
      const attach = moved.has(program) ? bpf_program__attach_trace : bpf_program__attach;
      const link = pointerOrThrow(act, attach(programs.get(program)!));
      return { fd: bpf_link__fd(link), [Symbol.dispose]: () => void bpf_link__destroy(link) };
    },
    [Symbol.dispose]: () => bpf_object__close(object),
  };
}

/**
 * Whether the link open at `fd` holds its program at an LSM hook or at a function;
 * undefined for one of another kind, and for a program that is pinned itself.
 */
export function placeOf(fd: number): "hook" | "function" | undefined {
  const tracing = 2;
  if (!isLink(fd)) return undefined;
  const { type, attachType } = linkInfo(fd);
  if (type !== tracing) return undefined;
  return attachType === LSM_HOOK ? "hook" : "function";
}

/** What the kernel counted of a program since it was loaded. */
export interface ProgramCounts {
  /** These two only while kernel.bpf_stats_enabled is set. */
  readonly runs: bigint;
  readonly runNs: bigint;
  /** How often it was passed over, since it ran on that processor already. */
  readonly skips: bigint;
}

/** The counts of the program open at `fd`, or of the one that the link there holds. */
export function programCounts(fd: number): ProgramCounts {
  if (!isLink(fd)) return readCounts(fd);
  const id = linkInfo(fd).program;
  using held = closing(checkStatus(`open the program ${id}`, bpf_prog_get_fd_by_id(id)));
  return readCounts(held.fd);
}

function readCounts(fd: number): ProgramCounts {
  // struct bpf_prog_info: run_time_ns at 192, run_cnt, recursion_misses
  const info = readInfo("read what a program is", fd, 216);
  const [runNs, runs, skips] = new BigUint64Array(info.buffer, 192, 3);
  return { runs: runs!, runNs: runNs!, skips: skips! };
}

/** Pins what is open at `fd`; the kernel keeps it until the file is unlinked. */
export function pin(fd: number, path: string): void {
  checkStatus(`pin "${path}"`, bpf_obj_pin(fd, path));
}

/** Makes a map read-only for every process, for good. Programs may still write. */
export function freezeMap(fd: number): void {
  checkStatus("freeze a map", bpf_map_freeze(fd));
}

function list(
  object: Pointer,
  next: (object: Pointer, from: Pointer) => Pointer,
  name: (item: Pointer) => string,
): [string, Pointer][] {
  const items: [string, Pointer][] = [];
  for (let item = next(object, null); item !== null; item = next(object, item)) {
    items.push([name(item), item]);
  }
  return items;
}

function pointerOrThrow(act: string, pointer: Pointer): Pointer {
  if (pointer !== null) return pointer;
  throw new KernelError(act, koffi().errno(), printed.join("\n"));
}

/** libbpf's last warnings, the verifier's log among them. */
let printed: string[] = [];
let capturing = false;
const LINES_KEPT = 40;

/**
 * Collects what libbpf would print to stderr.
 * typedef int (*libbpf_print_fn_t)(enum libbpf_print_level, const char *, va_list);
 * A va_list argument is passed as an address on x86-64 and arm64 alike, so
 * vsnprintf takes it as it came.
 */
function capturePrint(): void {
  printed = [];
  if (capturing) return;
  capturing = true;
  const { load, proto, pointer, register } = koffi();
  // int vsnprintf(char *str, size_t size, const char *format, va_list ap);
  const vsnprintf = load("libc.so.6").func("int vsnprintf(void *, size_t, const char *, void *)");
  const type = proto("int libbpf_print_fn(int level, const char *format, void *arguments)");
  const warning = 0; // LIBBPF_WARN
  const print = (level: number, format: string, words: bigint): number => {
    if (level !== warning) return 0;
    const text = Buffer.alloc(1 << 16);
    const length = Math.min(vsnprintf(text, text.length, format, words), text.length - 1);
    printed.push(...text.toString("utf8", 0, Math.max(length, 0)).trimEnd().split("\n"));
    printed = printed.slice(-LINES_KEPT);
    return 0;
  };
  libbpf();
  libbpf_set_print(register(print, pointer(type)));
}
