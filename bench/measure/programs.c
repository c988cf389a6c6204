// SPDX-License-Identifier: Apache-2.0
/*
 * BPF programs and maps as the kernel knows them.
 *
 *   programs list OBJECT   of each program of an object: section and name
 *   programs hold OBJECT   attaches its programs whose hook the kernel has until stdin ends; says
 *                          "ready"
 *   programs show PREFIX   of each program whose name begins so: hook, runs, nanoseconds
 *                          in them (both only while kernel.bpf_stats_enabled), instructions
 *                          verified, bytes of machine code
 *   programs maps          of each map: name, entries it may have, bytes that the kernel tells
 *   programs fill MAP N    puts N entries of zeros into the hash map of that name
 */
#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <err.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct bpf_object *open_object(const char *path)
{
	struct bpf_object *object = bpf_object__open_file(path, NULL);

	if (!object)
		err(1, "%s", path);
	return object;
}

static int list(const char *path)
{
	struct bpf_object *object = open_object(path);
	struct bpf_program *program;

	bpf_object__for_each_program(program, object)
		printf("%s %s\n", bpf_program__section_name(program), bpf_program__name(program));
	return 0;
}

static bool kernel_has(struct btf *kernel, const char *section)
{
	char name[128];

	if (strncmp(section, "lsm", 3))
		return 1;
	snprintf(name, sizeof(name), "bpf_lsm_%s", strchr(section, '/') + 1);
	return btf__find_by_name_kind(kernel, name, BTF_KIND_FUNC) > 0;
}

/* Until whoever holds the other end of stdin lets go. */
static int wait_for_end(void)
{
	char byte;

	puts("ready");
	fflush(stdout);
	while (read(0, &byte, 1) > 0)
		;
	return 0;
}

/* The maps alone. */
static int keep(const char *path)
{
	struct bpf_object *object = open_object(path);
	struct bpf_program *program;

	bpf_object__for_each_program(program, object)
		bpf_program__set_autoload(program, false);
	if (bpf_object__load(object))
		err(1, "%s", path);
	return wait_for_end();
}

static int hold(const char *path)
{
	struct bpf_object *object = open_object(path);
	struct btf *kernel = btf__load_vmlinux_btf();
	struct bpf_program *program;

	if (!kernel)
		err(1, "the kernel's BTF");
	bpf_object__for_each_program(program, object)
		bpf_program__set_autoload(program,
					  kernel_has(kernel, bpf_program__section_name(program)));
	if (bpf_object__load(object))
		err(1, "%s", path);
	bpf_object__for_each_program(program, object)
		if (bpf_program__autoload(program) && !bpf_program__attach(program))
			err(1, "%s", bpf_program__name(program));
	return wait_for_end();
}

/* The kernel's name of what a program is attached to; NULL: to nothing that has one. */
static const char *hook_name(struct btf *kernel, const struct bpf_prog_info *info)
{
	const struct btf_type *type;
	const char *name;

	if (!info->attach_btf_id)
		return NULL;
	type = btf__type_by_id(kernel, info->attach_btf_id);
	name = btf__name_by_offset(kernel, type->name_off);
	if (!strncmp(name, "bpf_lsm_", 8))
		return name + 8;
	return strncmp(name, "btf_trace_", 10) ? name : name + 10;
}

static int show(const char *prefix)
{
	struct btf *kernel = btf__load_vmlinux_btf();
	__u32 id = 0;

	if (!kernel)
		err(1, "the kernel's BTF");
	while (!bpf_prog_get_next_id(id, &id)) {
		struct bpf_prog_info info = { 0 };
		__u32 length = sizeof(info);
		int fd = bpf_prog_get_fd_by_id(id);
		const char *hook;

		if (fd < 0 || bpf_obj_get_info_by_fd(fd, &info, &length))
			err(1, "program %u", id);
		close(fd);
		hook = hook_name(kernel, &info);
		if (!strncmp(info.name, prefix, strlen(prefix)))
			printf("%s %llu %llu %u %u\n", hook ? hook : info.name,
			       (unsigned long long)info.run_cnt, (unsigned long long)info.run_time_ns,
			       info.verified_insns, info.jited_prog_len);
	}
	return 0;
}

static unsigned long memory_of(int fd)
{
	char path[64], line[256];
	unsigned long bytes = 0;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/self/fdinfo/%d", fd);
	file = fopen(path, "r");
	if (!file)
		err(1, "%s", path);
	while (fgets(line, sizeof(line), file))
		sscanf(line, "memlock: %lu", &bytes);
	fclose(file);
	return bytes;
}

/* The map after *id, which becomes its own; -1 after the last. */
static int next_map(__u32 *id, struct bpf_map_info *info)
{
	__u32 length = sizeof(*info);
	int fd;

	if (bpf_map_get_next_id(*id, id))
		return -1;
	memset(info, 0, length);
	fd = bpf_map_get_fd_by_id(*id);
	if (fd < 0 || bpf_obj_get_info_by_fd(fd, info, &length))
		err(1, "map %u", *id);
	return fd;
}

static int maps(void)
{
	struct bpf_map_info info;
	__u32 id = 0;
	int fd;

	while ((fd = next_map(&id, &info)) >= 0) {
		printf("%s %u %lu\n", info.name, info.max_entries, memory_of(fd));
		close(fd);
	}
	return 0;
}

static int fill(const char *name, unsigned long entries)
{
	static char key[256], value[65536];
	struct bpf_map_info info;
	unsigned long number;
	__u32 id = 0;
	int fd;

	while ((fd = next_map(&id, &info)) >= 0) {
		for (number = 0; !strcmp(info.name, name) && number < entries; number++) {
			*(unsigned long *)key = number | 1ul << 63;
			if (bpf_map_update_elem(fd, key, value, BPF_ANY))
				err(1, "%s", name);
		}
		close(fd);
	}
	return 0;
}

int main(int argc, char **argv)
{
	if (argc == 3 && !strcmp(argv[1], "list"))
		return list(argv[2]);
	if (argc == 3 && !strcmp(argv[1], "hold"))
		return hold(argv[2]);
	if (argc == 3 && !strcmp(argv[1], "keep"))
		return keep(argv[2]);
	if (argc == 3 && !strcmp(argv[1], "show"))
		return show(argv[2]);
	if (argc == 2 && !strcmp(argv[1], "maps"))
		return maps();
	if (argc == 4 && !strcmp(argv[1], "fill"))
		return fill(argv[2], strtoul(argv[3], NULL, 10));
	errx(2, "usage: programs list OBJECT | hold OBJECT | keep OBJECT | show PREFIX | maps | fill MAP N");
}
