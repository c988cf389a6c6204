/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The guest's end of the channel to vm/channel.ts: starts commands and carries
 * their streams. One static program, so that it runs in any root and starts in
 * no time under emulation; as pid 1 it reaps whatever the commands leave.
 *
 * A frame is an 8 byte header (little endian: payload length u32, command u16,
 * type u8, 0) and the payload. Command numbers are the host's choice; 0 is the
 * guest itself. See enum frame for who sends what.
 *
 * A command's EXIT frame follows the last byte that was in its pipes when it
 * ended. Children that it left behind keep their pipes (no SIGPIPE for them),
 * but what they write from then on is read and dropped.
 *
 * When the host closes the channel, whatever the reason, the guest powers off.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/reboot.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

enum frame {
	FRAME_READY = 1,   /* to host: the guest is up */
	FRAME_SPAWN = 2,   /* to guest: struct spawn, then NUL-terminated strings */
	FRAME_STDIN = 3,   /* to guest: bytes; an empty payload is end of file */
	FRAME_STDOUT = 4,  /* to host: bytes (everything of a terminal) */
	FRAME_STDERR = 5,  /* to host: bytes */
	FRAME_EXIT = 6,    /* to host: wait status as u32 */
	FRAME_SIGNAL = 7,  /* to guest: signal number as u8, for the command's session */
	FRAME_RESIZE = 8,  /* to guest: rows u16, columns u16 */
	FRAME_POWEROFF = 9, /* to guest */
};

struct header {
	uint32_t length;
	uint16_t command;
	uint8_t type;
	uint8_t zero;
};

/* Head of a SPAWN payload; the strings after it: cwd, argv..., then env ("K=V")... */
struct spawn {
	uint16_t argc;
	uint16_t envc;
	uint16_t rows; /* 0: pipes, no terminal */
	uint16_t columns;
};

#define CHUNK 65536
#define PAYLOAD_MAX (16u << 20)

struct command {
	struct command *next;
	uint16_t number;
	pid_t pid;	/* 0 once it was reaped */
	int in, out, err; /* -1 once closed; a terminal is both in and out */
	int terminal;
	int exited;	/* EXIT was sent: drop what still comes */
	char *pending;	/* stdin that its pipe did not take yet */
	size_t pending_length;
	int pending_eof;
};

static struct command *commands;
static int channel = -1;

static void power_off(void)
{
	reboot(RB_POWER_OFF);
	_exit(0);
}

/* Blocking writes: a host that reads slowly slows the guest, it loses nothing. */
static void write_channel(const void *data, size_t length)
{
	const char *at = data;

	while (length) {
		ssize_t done = write(channel, at, length);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0 && errno == EAGAIN) {
			struct pollfd ready = { .fd = channel, .events = POLLOUT };

			poll(&ready, 1, -1);
			if (ready.revents & POLLHUP)
				power_off();
			continue;
		}
		if (done <= 0)
			power_off();
		at += done;
		length -= done;
	}
}

static void send_frame(uint16_t number, uint8_t type, const void *data, size_t length)
{
	static char frame[sizeof(struct header) + CHUNK];
	struct header header = { .length = length, .command = number, .type = type };

	memcpy(frame, &header, sizeof(header));
	if (length)
		memcpy(frame + sizeof(header), data, length);
	write_channel(frame, sizeof(header) + length);
}

static int open_channel(void)
{
	char path[64];

	/* udev would make a link by the port's name; there is none in the small init. */
	for (int device = 0; device < 4; device++) {
		snprintf(path, sizeof(path), "/dev/vport%dp1", device);
		int fd = open(path, O_RDWR | O_CLOEXEC | O_NONBLOCK);

		if (fd >= 0)
			return fd;
	}
	return -1;
}

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void close_stdin(struct command *command)
{
	/* Of a terminal, end of file is a control character and the host sends it. */
	if (!command->terminal)
		close_fd(&command->in);
	free(command->pending);
	command->pending = NULL;
	command->pending_length = 0;
}

/* In the child. Never returns. */
static void become(char *cwd, char **argv, char **envp, int in, int out, int err, int terminal)
{
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
	setsid();
	if (terminal)
		ioctl(in, TIOCSCTTY, 0);
	dup2(in, 0);
	dup2(out, 1);
	dup2(err, 2);
	close_range(3, ~0U, 0);
	if (chdir(cwd) < 0) {
		dprintf(2, "cannot enter '%s': %s\n", cwd, strerror(errno));
		_exit(126);
	}
	for (; *envp; envp++)
		putenv(*envp);
	execvp(argv[0], argv);
	dprintf(2, "cannot run '%s': %s\n", argv[0], strerror(errno));
	_exit(errno == ENOENT ? 127 : 126);
}

static void spawn(uint16_t number, char *payload, size_t length)
{
	struct spawn head;
	char *at = payload + sizeof(head), *end = payload + length;
	struct command *command = calloc(1, sizeof(*command));
	int in[2], out[2], err[2];

	memcpy(&head, payload, sizeof(head));
	char **strings = calloc((size_t)head.argc + head.envc + 3, sizeof(char *));
	char **argv = strings, **envp = strings + head.argc + 1;
	char *cwd = at;

	at += strlen(at) + 1;
	for (int i = 0; i < head.argc && at < end; i++, at += strlen(at) + 1)
		argv[i] = at;
	for (int i = 0; i < head.envc && at < end; i++, at += strlen(at) + 1)
		envp[i] = at;

	command->number = number;
	if (head.rows) {
		struct winsize size = { .ws_row = head.rows, .ws_col = head.columns };
		int master, slave;

		openpty(&master, &slave, NULL, NULL, &size);
		command->terminal = 1;
		command->in = master;
		command->out = dup(master);
		command->err = -1;
		in[0] = out[1] = err[1] = slave;
	} else if (pipe2(in, O_CLOEXEC) || pipe2(out, O_CLOEXEC) || pipe2(err, O_CLOEXEC)) {
		_exit(1); /* out of file descriptors: as pid 1 this panics, and the host sees it */
	} else {
		command->in = in[1];
		command->out = out[0];
		command->err = err[0];
	}
	command->pid = fork();
	if (command->pid == 0)
		become(cwd, argv, envp, in[0], out[1], err[1], command->terminal);
	close(in[0]);
	if (!command->terminal) {
		close(out[1]);
		close(err[1]);
	}
	fcntl(command->in, F_SETFL, O_NONBLOCK);
	fcntl(command->in, F_SETFD, FD_CLOEXEC);
	fcntl(command->out, F_SETFL, O_NONBLOCK);
	fcntl(command->out, F_SETFD, FD_CLOEXEC);
	if (command->err >= 0)
		fcntl(command->err, F_SETFL, O_NONBLOCK);
	command->next = commands;
	commands = command;
	free(strings);
}

static void feed(struct command *command)
{
	while (command->in >= 0 && command->pending_length) {
		ssize_t done = write(command->in, command->pending, command->pending_length);

		if (done < 0 && errno == EAGAIN)
			return;
		if (done < 0) {
			close_stdin(command); /* it closed its stdin; that is its right */
			return;
		}
		command->pending_length -= done;
		memmove(command->pending, command->pending + done, command->pending_length);
	}
	if (command->pending_eof)
		close_stdin(command);
}

/* Carries one chunk of what a pipe holds; returns its length, or 0 when there is none now. */
static size_t pump(struct command *command, int *fd, uint8_t type)
{
	static char chunk[CHUNK];
	ssize_t got = *fd < 0 ? 0 : read(*fd, chunk, sizeof(chunk));

	if (got > 0 && !command->exited)
		send_frame(command->number, type, chunk, got);
	/* A terminal gives EIO when its last user is gone. */
	if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR))
		close_fd(fd);
	return got > 0 ? got : 0;
}

/* Carries what the pipe holds now, and no more: a child left behind may write forever. */
static void drain(struct command *command, int *fd, uint8_t type)
{
	int held = 0;

	if (*fd < 0 || ioctl(*fd, FIONREAD, &held) < 0)
		return;
	while (held > 0) {
		size_t got = pump(command, fd, type);

		if (!got)
			return;
		held -= got;
	}
}

static void finish(struct command *command, int status)
{
	uint32_t payload = status;

	drain(command, &command->out, FRAME_STDOUT);
	drain(command, &command->err, FRAME_STDERR);
	command->pid = 0;
	command->exited = 1;
	command->terminal = 0;
	close_stdin(command);
	send_frame(command->number, FRAME_EXIT, &payload, sizeof(payload));
}

static void reap(void)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		for (struct command *command = commands; command; command = command->next)
			if (command->pid == pid)
				finish(command, status);
	for (struct command **at = &commands; *at;) {
		struct command *command = *at;

		if (command->exited && command->out < 0 && command->err < 0) {
			*at = command->next;
			free(command);
		} else {
			at = &command->next;
		}
	}
}

static void receive(struct header *header, char *payload)
{
	struct command *command = commands;

	if (header->type == FRAME_POWEROFF)
		power_off();
	if (header->type == FRAME_SPAWN) {
		spawn(header->command, payload, header->length);
		return;
	}
	while (command && (command->number != header->command || command->exited))
		command = command->next;
	if (!command)
		return; /* it ended while this frame was under way */
	if (header->type == FRAME_STDIN && header->length) {
		command->pending =
			realloc(command->pending, command->pending_length + header->length);
		memcpy(command->pending + command->pending_length, payload, header->length);
		command->pending_length += header->length;
		feed(command);
	} else if (header->type == FRAME_STDIN) {
		command->pending_eof = 1;
		feed(command);
	} else if (header->type == FRAME_SIGNAL) {
		if (kill(-command->pid, payload[0]) < 0) /* it has no session of its own yet */
			kill(command->pid, payload[0]);
	} else if (header->type == FRAME_RESIZE && command->terminal) {
		struct winsize size = { 0 };

		memcpy(&size.ws_row, payload, 2);
		memcpy(&size.ws_col, payload + 2, 2);
		ioctl(command->in, TIOCSWINSZ, &size);
	}
}

/* Takes the bytes that are there and acts on each frame that is complete. */
static void read_channel(void)
{
	static char *buffer;
	static size_t held, room;
	struct header header;
	size_t at = 0;

	if (room - held < CHUNK) {
		room = held + 2 * CHUNK;
		buffer = realloc(buffer, room);
	}
	ssize_t got = read(channel, buffer + held, room - held);

	if (got < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (got <= 0)
		power_off();
	held += got;
	while (held - at >= sizeof(header)) {
		memcpy(&header, buffer + at, sizeof(header));
		if (header.length > PAYLOAD_MAX)
			power_off();
		if (held - at < sizeof(header) + header.length)
			break;
		receive(&header, buffer + at + sizeof(header));
		at += sizeof(header) + header.length;
	}
	held -= at;
	memmove(buffer, buffer + at, held);
}

int main(void)
{
	struct pollfd *ready = NULL;
	sigset_t watched;

	signal(SIGPIPE, SIG_IGN);
	sigemptyset(&watched);
	sigaddset(&watched, SIGCHLD);
	sigprocmask(SIG_BLOCK, &watched, NULL);
	int children = signalfd(-1, &watched, SFD_NONBLOCK | SFD_CLOEXEC);

	channel = open_channel();
	if (channel < 0) {
		perror("no channel to the host");
		return 1;
	}
	send_frame(0, FRAME_READY, NULL, 0);
	for (;;) {
		struct signalfd_siginfo ignored;
		size_t count = 2;

		for (struct command *command = commands; command; command = command->next)
			count += 3;
		ready = realloc(ready, count * sizeof(*ready));
		ready[0] = (struct pollfd){ .fd = channel, .events = POLLIN };
		ready[1] = (struct pollfd){ .fd = children, .events = POLLIN };
		count = 2;
		for (struct command *command = commands; command; command = command->next) {
			/* A negative fd is skipped by poll. */
			ready[count++] = (struct pollfd){ .fd = command->out, .events = POLLIN };
			ready[count++] = (struct pollfd){ .fd = command->err, .events = POLLIN };
			ready[count++] = (struct pollfd){
				.fd = command->pending_length ? command->in : -1,
				.events = POLLOUT,
			};
		}
		if (poll(ready, count, -1) < 0)
			continue;
		count = 2;
		for (struct command *command = commands; command; command = command->next) {
			if (ready[count++].revents)
				pump(command, &command->out, FRAME_STDOUT);
			if (ready[count++].revents)
				pump(command, &command->err, FRAME_STDERR);
			if (ready[count++].revents)
				feed(command);
		}
		if (ready[1].revents) {
			while (read(children, &ignored, sizeof(ignored)) > 0)
				;
		}
		reap();
		if (ready[0].revents)
			read_channel();
	}
}
