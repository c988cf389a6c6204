// SPDX-License-Identifier: Apache-2.0
/** Rows of real maps, by what generated/maps.ts says of them; and an image against the maps. */
import assert from "node:assert/strict";
import { closeSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { u64Key, update } from "../../../core/ffi/bpf.ts";
import { Guard, LOCKC_POLICY_SIZE } from "../../../core/generated/layout.ts";
import * as MAPS from "../../../core/generated/maps.ts";
import { readText } from "../../../core/kernel/record.ts";
import { pin } from "../../../ctl/ffi/libbpf.ts";
import { openMaps, readPinnedSettings } from "../../../ctl/kernel/pins.ts";
import { differences } from "../../../ctl/kernel/put.ts";
import { openTable, table } from "../../../ctl/kernel/table.ts";
import { numberOf } from "../../../ctl/policy/entry.ts";
import { compileImage } from "../../../ctl/policy/image.ts";
import { readHostFacts, readWritten, resolveWritten } from "../../../ctl/policy/sources.ts";
import { createMap } from "../../support/create-map.ts";
import {
  BUILT_IN,
  load,
  map,
  OWN,
  PLACES,
  RUNTIME,
  register,
  reload,
  writePolicy,
} from "../../support/loaded.ts";

describe("a table", () => {
  test("gives keys and values as what they are", () => {
    load(PLACES);
    register("box", { name: "shop" }, 7n);
    using maps = openMaps(PLACES.pins)!;
    const containers = table(maps, MAPS.containers)!;
    assert.deepEqual([containers.keys(), containers.get(7n)?.name], [[7n], "shop"]);
    assert.equal(containers.get(8n), undefined);
    assert.deepEqual(table(maps, MAPS.policies)?.keys(), ["baseline"]);
    assert.equal(table(maps, MAPS.guard)?.get(0), Guard.OFF);
    const [row, ...others] = table(maps, MAPS.containers)!.rows();
    assert.deepEqual([row?.key, row?.value.id, others], [7n, "box", []]);
  });

  test("has nothing by a name that no key can have", () => {
    load(PLACES);
    using maps = openMaps(PLACES.pins)!;
    const policies = table(maps, MAPS.policies)!;
    assert.equal(policies.get("x".repeat(LOCKC_POLICY_SIZE)), undefined);
    assert.equal(policies.get("baseline\0"), undefined);
    assert.ok(policies.get("baseline"));
  });

  test("is none where the map is another version's, and none where there is no map", () => {
    load(PLACES);
    const path = join(PLACES.pins, "maps/containers");
    unlinkSync(path);
    const fd = createMap(1, "containers", 8, MAPS.containers.value.size + 8, 16, null);
    const other = { fd, name: "other", keySize: 8, valueSize: MAPS.containers.value.size + 8 };
    update(other, u64Key(1n), new Uint8Array(other.valueSize));
    pin(fd, path);
    closeSync(fd);
    using maps = openMaps(PLACES.pins)!;
    assert.equal(table(maps, MAPS.containers), undefined);
    assert.ok(table(maps, MAPS.policies));
    assert.equal(table(new Map(), MAPS.policies), undefined);
  });

  test("by itself is told from another version's, and is none before a load", () => {
    assert.equal(openTable(PLACES.pins, MAPS.event_counts), undefined);
    load(PLACES);
    using counts = openTable(PLACES.pins, MAPS.event_counts);
    assert.equal(counts?.get(0)?.lost, 0n);
    const wrong = { ...MAPS.event_counts, value: MAPS.settings.value };
    assert.throws(() => openTable(PLACES.pins, wrong), { code: "LOCKC_E_NOT_LOADED" });
  });
});

describe("differences", () => {
  /** What a load would write now that is not in force. */
  function found(): Record<string, readonly Uint8Array[]> {
    using maps = openMaps(PLACES.pins)!;
    const resolved = resolveWritten(readWritten(PLACES));
    const { object } = readPinnedSettings(maps)!;
    const image = compileImage(resolved, readHostFacts(resolved), { object, binaries: [] });
    const all = Object.entries(differences(maps, image));
    return Object.fromEntries(all.filter(([, keys]) => keys.length > 0));
  }

  test("are none after a load, and none after a reload", () => {
    load(PLACES);
    assert.deepEqual(found(), {});
    writePolicy(OWN, "web");
    assert.deepEqual(found().policies?.map(readText), ["web"]);
    reload(PLACES, false);
    assert.deepEqual(found(), {});
  });

  test("are told by map: what is new, what has changed, what is gone", () => {
    for (const name of ["a", "b"]) writePolicy(OWN, name);
    load(PLACES);
    unlinkSync(join(OWN, "a.yaml"));
    writePolicy(OWN, "b", "description: Other.");
    writePolicy(OWN, "c");
    writePolicy(BUILT_IN, "d", "devices: { allow: [{ type: c, major: 1, minor: 3, access: r }] }");
    writeFileSync(PLACES.settings, `runtime: ${RUNTIME}\nevents: { debug: true }\n`);
    const { policies, devices, ...others } = found();
    assert.deepEqual(policies?.map(readText).sort(), ["a", "b", "c", "d"]);
    assert.equal(devices?.length, 1);
    assert.deepEqual(Object.keys(others).sort(), ["event_debug", "settings"]);
    reload(PLACES, false);
    update(map(MAPS.guard), numberOf(0), numberOf(Guard.AUDIT));
    assert.deepEqual(Object.keys(found()), ["guard"]);
  });
});
