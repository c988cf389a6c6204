// SPDX-License-Identifier: Apache-2.0
/** The door to maps, on real maps; needs root, but no program and no bpffs of the host. */
import assert from "node:assert/strict";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import {
  type BpfMap,
  keysOf,
  lookUp,
  mapInfo,
  openMap,
  openPin,
  remove,
  Update,
  u32Key,
  u64Key,
  update,
} from "../../../core/ffi/bpf.ts";
import { errnoName, KernelError } from "../../../core/ffi/kernel-error.ts";
import { openObject, pin } from "../../../ctl/ffi/libbpf.ts";
import { mountPseudo } from "../../../ctl/ffi/libc.ts";
import { createMap } from "../../support/create-map.ts";
import { enterPrivateMounts, unmount } from "../../support/private-mounts.ts";

const HASH = 1; // BPF_MAP_TYPE_HASH
const PER_CPU_HASH = 5; // BPF_MAP_TYPE_PERCPU_HASH
const SCRATCH = enterPrivateMounts();
const BPFFS = join(SCRATCH, "bpf");
mkdirSync(BPFFS);
mountPseudo("bpf", BPFFS, "mode=0700");

after(() => {
  unmount(BPFFS);
  rmSync(SCRATCH, { recursive: true });
});

function newMap(entries = 4): BpfMap {
  const fd = createMap(HASH, "test", 8, 16, entries, null);
  assert.ok(fd >= 0, `cannot make a map: ${errnoName(-fd)}`);
  return { fd, name: "test", keySize: 8, valueSize: 16 };
}

const VALUE = new Uint8Array(16).fill(7);

test("what is written is read back, and what is removed is gone", () => {
  const map = newMap();
  update(map, u64Key(5n), VALUE);
  assert.deepEqual(lookUp(map, u64Key(5n)), VALUE);
  assert.equal(lookUp(map, u64Key(6n)), undefined);
  assert.equal(remove(map, u64Key(5n)), true);
  assert.equal(remove(map, u64Key(5n)), false);
  assert.equal(lookUp(map, u64Key(5n)), undefined);
});

test("a write tells EEXIST, ENOENT and E2BIG by the errno's name", () => {
  const map = newMap(1);
  assert.throws(() => update(map, u64Key(1n), VALUE, Update.EXIST), { errno: "ENOENT" });
  update(map, u64Key(1n), VALUE, Update.NOEXIST);
  assert.throws(() => update(map, u64Key(1n), VALUE, Update.NOEXIST), { errno: "EEXIST" });
  update(map, u64Key(1n), VALUE, Update.EXIST);
  assert.throws(
    () => update(map, u64Key(2n), VALUE),
    (error: unknown) => {
      assert.ok(error instanceof KernelError);
      assert.equal(error.message, 'cannot write to the map "test": E2BIG');
      return true;
    },
  );
});

test("a buffer of another size than the map's never reaches the kernel", () => {
  const map = newMap();
  assert.throws(() => update(map, u32Key(1), VALUE), { code: "LOCKC_E_BUG" });
  assert.throws(() => update(map, u64Key(1n), new Uint8Array(15)), { code: "LOCKC_E_BUG" });
  assert.throws(() => lookUp(map, new Uint8Array(9)), { code: "LOCKC_E_BUG" });
  assert.throws(() => remove(map, new Uint8Array(7)), { code: "LOCKC_E_BUG" });
});

test("every key of a map is listed once", () => {
  const map = newMap(500);
  for (let key = 0n; key < 500n; key++) update(map, u64Key(key), VALUE);
  const keys = keysOf(map).map((key) => new DataView(key.buffer).getBigUint64(0, true));
  assert.equal(keys.length, 500);
  assert.equal(new Set(keys).size, 500);
  assert.deepEqual(keysOf(newMap()), []);
});

test("a pin is opened by those who know its sizes", () => {
  const path = join(BPFFS, "one");
  pin(newMap().fd, path);
  assert.ok(openMap(path, 8, 16));
  for (const [key, value] of [
    [8, 8],
    [8, 17],
    [4, 16],
  ] as const) {
    assert.throws(() => openMap(path, key, value), { code: "LOCKC_E_NOT_LOADED" });
  }
});

test("a map with a value for each processor is not opened, since its values are larger", () => {
  const path = join(BPFFS, "percpu");
  pin(createMap(PER_CPU_HASH, "test", 8, 16, 4, null), path);
  assert.throws(() => openMap(path, 8, 16), { code: "LOCKC_E_NOT_LOADED" });
});

test("where nothing is pinned nothing is opened", () => {
  assert.equal(openPin(join(BPFFS, "nothing")), undefined);
  assert.equal(openMap(join(BPFFS, "no/such/folder"), 8, 16), undefined);
});

test("what is no pin is refused with the errno's name", () => {
  assert.throws(() => openPin("/etc/hostname"), { name: "KernelError" });
});

test("the kernel's word on a map is read", () => {
  const { type, keySize, valueSize, maxEntries } = mapInfo(newMap(9).fd);
  assert.deepEqual(
    { type, keySize, valueSize, maxEntries },
    { type: HASH, keySize: 8, valueSize: 16, maxEntries: 9 },
  );
});

test("an object file that is none is refused in libbpf's own words", () => {
  assert.throws(() => openObject("/etc/hostname", () => "wanted"), {
    name: "KernelError",
    message: /cannot open the object "\/etc\/hostname".*\nlibbpf: elf: .*not a proper ELF object/s,
  });
});
