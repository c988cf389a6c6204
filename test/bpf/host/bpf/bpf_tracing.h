/* SPDX-License-Identifier: Apache-2.0 */
#define BPF_PROG(name, ...) name(__VA_ARGS__)

/* The arguments of a hook as BPF_PROG also has them; nothing here depends on them. */
static unsigned long long ctx[12];
