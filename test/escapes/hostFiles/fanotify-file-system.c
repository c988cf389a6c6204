// SPDX-License-Identifier: Apache-2.0
/* An event of a whole file system brings an open descriptor of the file that it is about. */
#include "runner/escape.h"
#include <poll.h>
#include <sys/fanotify.h>

static int open_now_and_then(void)
{
	ready();
	for (;; usleep(20000))
		close(open(HOST_FILE, O_RDONLY));
	return 0;
}

ESCAPE("watches the host's file system and is handed its files", .rule = "hostFiles",
       .host = open_now_and_then)
{
	struct fanotify_event_metadata event;
	int group = fanotify_init(FAN_CLASS_NOTIF, O_RDONLY);
	struct pollfd wait = { .fd = group, .events = POLLIN };
	char name[64], path[64] = "";

	if (group < 0)
		return -1;
	if (fanotify_mark(group, FAN_MARK_ADD | FAN_MARK_FILESYSTEM, FAN_OPEN, AT_FDCWD, SHARED))
		return -1;
	while (!strstr(path, "secret")) {
		must_be(poll(&wait, 1, 5000) == 1, "no event");
		if (read(group, &event, sizeof(event)) < 0)
			return -1;
		snprintf(name, sizeof(name), "/proc/self/fd/%d", event.fd);
		memset(path, 0, sizeof(path));
		must(readlink(name, path, sizeof(path) - 1));
		if (!strstr(path, "secret"))
			close(event.fd);
	}
	return pread(event.fd, name, 1, 0);
}
