/* SPDX-License-Identifier: Apache-2.0 */
#define HOST_READ_1(source, a) (source)->a
#define HOST_READ_2(source, a, b) (source)->a->b
#define HOST_READ_3(source, a, b, c) (source)->a->b->c
#define HOST_READ(source, a, b, c, name, ...) name
#define BPF_CORE_READ(...) \
	HOST_READ(__VA_ARGS__, HOST_READ_3, HOST_READ_2, HOST_READ_1)(__VA_ARGS__)
#define BPF_CORE_READ_BITFIELD_PROBED(source, field) ((source)->field)
#define bpf_core_field_exists(...) 1
#define bpf_core_field_offset(type, field) offsetof(type, field)
#define bpf_core_read(to, size, from) bpf_probe_read_kernel(to, size, from)
