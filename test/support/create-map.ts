// SPDX-License-Identifier: Apache-2.0
/** A map of any layout, as no object of lockc's has it. */
import { lazily } from "../../ctl/ffi/libbpf.ts";

// int bpf_map_create(enum bpf_map_type, const char *name, __u32 key_size, __u32 value_size, __u32 max_entries, const struct bpf_map_create_opts *opts);
export const createMap = lazily<
  (type: number, name: string, key: number, value: number, entries: number, options: null) => number
>("int bpf_map_create(int, const char *, uint32_t, uint32_t, uint32_t, void *)");
