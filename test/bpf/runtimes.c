// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
/*
 * The guard (bpf/hook/runtimes.bpf.h) on this host, without a kernel. Reads from stdin, a line
 * each:
 *
 *   know KIND INO GENERATION HASH    an element of the map `runtimes`
 *   exec MODE PHASE INO GENERATION DIRECTORY NAME
 *       a task in PHASE executes NAME in the directory of that inode; answers with
 *       the verdict, its phase afterwards, and the denials and audits counted so far
 */
#include <stdio.h>

#include "lockc.bpf.c"

int LINUX_KERNEL_VERSION = KERNEL_VERSION(6, 1, 0);

static struct task_struct task = { .group_leader = &task, .tgid = 42, .bpf_storage = (void *)1 };
static struct lockc_task storage;
static struct lockc_guard_hits hits;
static __u32 mode;
static struct {
	struct lockc_binary_key key;
	__u32 kind;
} known[64];
static unsigned known_count;

void *host_task(void)
{
	return &task;
}

void *host_look_up(void *map, const void *key)
{
	unsigned i;

	if (map == &tasks)
		return &storage;
	if (map == &guard)
		return &mode;
	if (map == &guard_hits)
		return &hits;
	for (i = 0; map == &runtimes && i < known_count; i++)
		if (!memcmp(&known[i].key, key, sizeof(known[i].key)))
			return &known[i].kind;
	return NULL;
}

int main(void)
{
	static char line[1024], act[16], room[512];
	struct super_block sb = { .s_dev = 9 };
	unsigned long ino, directory_ino;
	unsigned long long hash;
	unsigned kind, generation;

	while (fgets(line, sizeof(line), stdin)) {
		if (sscanf(line, "know %u %lu %u %llu", &kind, &ino, &generation, &hash) == 4) {
			known[known_count].kind = kind;
			known[known_count++].key = (struct lockc_binary_key){
				.ino = ino, .name = hash, .dev = sb.s_dev, .generation = generation
			};
		} else if (sscanf(line, "%15s %u %u %lu %u %lu %511s", act, &mode, &storage.phase,
				  &ino, &generation, &directory_ino, room) == 7) {
			struct inode inode = {
				.i_ino = ino, .i_generation = generation, .i_sb = &sb
			};
			struct inode parent = {
				.i_ino = directory_ino, .i_generation = 1, .i_sb = &sb
			};
			struct dentry directory = { .d_inode = &parent };
			struct dentry dentry = {
				.d_inode = &inode,
				.d_parent = &directory,
				.d_name = { .len = strlen(room), .name = (unsigned char *)room },
			};
			struct file file = { .f_path = { .dentry = &dentry } };
			struct member m = member_of(&task);
			int verdict = runtimes_check(&m, &task, &file);

			printf("%d %u %llu %llu\n", verdict, storage.phase, hits.denials,
			       hits.audits);
		} else {
			return 2;
		}
	}
	return 0;
}
