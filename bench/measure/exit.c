// SPDX-License-Identifier: Apache-2.0
/* The least that can be executed, so that execve(2) is what is measured. Linked without libc. */
void _start(void)
{
	__asm__ volatile("syscall" : : "a"(60 /* exit */), "D"(0));
	__builtin_unreachable();
}
