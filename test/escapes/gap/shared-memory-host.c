// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"
#include <sys/shm.h>

#define KEY 0x10c0
static int make(void)
{
	return shmget(KEY, 4096, IPC_CREAT | 0600);
}

static void tidy(void)
{
	shmctl(shmget(KEY, 0, 0), IPC_RMID, NULL);
}

ESCAPE("attaches memory that the host's processes share", .host = make, .undo = tidy,
       .gap = "whoever shares the host's IPC namespace shares this; admission refuses --ipc=host")
{
	return shmat(shmget(KEY, 0, 0), NULL, 0) == (void *)-1 ? -1 : 0;
}
