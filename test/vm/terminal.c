// SPDX-License-Identifier: Apache-2.0
/*
 * terminal PROGRAM [ARGUMENT…]: runs it on a terminal of its own, whatever this program was
 * given itself, says what it says there, and ends with its status. script(1) does so only
 * where it has a terminal, or by luck: its child is sent the end of its own input.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

static void run(const char *name, char **arguments)
{
	int terminal;

	setsid();
	terminal = open(name, O_RDWR);
	if (terminal < 0 || ioctl(terminal, TIOCSCTTY, 0))
		exit(126);
	for (int fd = 0; fd < 3; fd++)
		dup2(terminal, fd);
	execvp(arguments[0], arguments);
	exit(127);
}

int main(int count, char **arguments)
{
	int ours = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC), status;
	char text[4096];
	ssize_t size;
	pid_t child;

	if (count < 2 || ours < 0 || grantpt(ours) || unlockpt(ours)) {
		perror("terminal");
		return 126;
	}
	child = fork();
	if (!child)
		run(ptsname(ours), arguments + 1);
	while ((size = read(ours, text, sizeof(text))) > 0)
		fwrite(text, 1, size, stdout);
	waitpid(child, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
