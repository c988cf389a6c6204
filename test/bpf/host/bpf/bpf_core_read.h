/* SPDX-License-Identifier: Apache-2.0 */
/* What cannot be read is zero, as in the kernel. */
#define HOST_FIELD(source, a)                                                  \
	({                                                                     \
		__auto_type host_source = (source);                            \
		__typeof__(*(__typeof__(host_source->a) *)0) host_field;       \
		memset((void *)&host_field, 0, sizeof(host_field));            \
		if (host_source)                                               \
			memcpy((void *)&host_field, &host_source->a, sizeof(host_field)); \
		host_field;                                                    \
	})
#define HOST_READ_1(source, a) HOST_FIELD(source, a)
#define HOST_READ_2(source, a, b) HOST_FIELD(HOST_READ_1(source, a), b)
#define HOST_READ_3(source, a, b, c) HOST_FIELD(HOST_READ_2(source, a, b), c)
#define HOST_READ(source, a, b, c, name, ...) name
#define BPF_CORE_READ(...) \
	HOST_READ(__VA_ARGS__, HOST_READ_3, HOST_READ_2, HOST_READ_1)(__VA_ARGS__)
#define BPF_CORE_READ_BITFIELD_PROBED(source, field) ((source)->field)
#define BPF_CORE_READ_STR_INTO(to, source, field) \
	bpf_probe_read_kernel_str((char *)(to), sizeof(*(to)), (source)->field)
#define bpf_core_field_exists(...) 1
#define bpf_core_field_offset(type, field) offsetof(type, field)
#define bpf_core_type_size(type) sizeof(type)
#define bpf_core_read(to, size, from) bpf_probe_read_kernel(to, size, from)
